import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { LegalDate } from '../rules/calendar.js';
import type { ExamSubject } from '../rules/exam-pass.rules.js';
import { EligibilityQueries, type PersonFacts } from './eligibility.queries.js';
import { ExamEntries } from './exam-entries.js';
import type { ExamRow, PaperRow } from './exam.rows.js';
import { ExamsQueries } from './exams.queries.js';

export interface PaperSought {
  readonly subject: ExamSubject;
  readonly domain: string | null;
}

/** An exam that an officer is registered for and whose results are not released, or one that would take the officer. */
export interface ExamForOfficer {
  readonly id: string;
  readonly title: string;
  readonly heldOn: LegalDate;
  /** What the officer sits in it. */
  readonly papers: readonly PaperSought[];
  readonly isEntered: boolean;
  readonly ownerName: string;
  readonly ownerPath: string;
}

interface Row extends Pick<ExamRow, 'id' | 'title' | 'held_on' | 'status' | 'resit_of' | 'owner_name'> {
  readonly owner_path: string;
  readonly registration_id: string | null;
}

/** Open exams that lie before an officer, for other rooms; the caller has checked the scope. */
@Injectable()
export class ExamsForOfficer {
  constructor(
    private readonly db: Db,
    private readonly eligibility: EligibilityQueries,
    private readonly exams: ExamsQueries,
    private readonly entries: ExamEntries,
  ) {}

  /**
   * The open exams that the officer is registered for, and those to come of the officer's unit and the bodies above it that would
   * register the officer, by date; only such as the officer sits one of the papers sought in, and for each paper no more than `most`.
   */
  async of(
    officerId: string,
    sought: readonly PaperSought[],
    { now, on, most }: { readonly now: number; readonly on: LegalDate; readonly most: number },
  ): Promise<ExamForOfficer[]> {
    const person = (await this.eligibility.of([officerId], { at: now })).get(officerId);
    if (!person || sought.length === 0) return [];
    const missing = new Map(sought.map((paper) => [nameOf(paper), most]));
    const isMissing = (paper: Named): boolean => (missing.get(nameOf(paper)) ?? 0) > 0;
    const found: ExamForOfficer[] = [];
    const rows = await this.open(officerId, person.unitId, on);
    const papers = await this.exams.papers(rows.map(({ id }) => id));
    for (const row of rows) {
      const own = papers.filter(({ exam_id }) => exam_id === row.id);
      if (!own.some(isMissing)) continue;
      const sat =
        row.registration_id === null
          ? await this.papersIfTaken(row, own, person, now)
          : await this.papersOf(row.registration_id);
      const helping = sat.filter(isMissing);
      if (helping.length === 0) continue;
      for (const paper of helping) missing.set(nameOf(paper), (missing.get(nameOf(paper)) ?? 0) - 1);
      found.push({
        id: row.id,
        title: row.title,
        heldOn: row.held_on,
        papers: sat,
        isEntered: row.registration_id !== null,
        ownerName: row.owner_name,
        ownerPath: row.owner_path,
      });
    }
    return found;
  }

  private open(officerId: string, unitId: string, on: LegalDate): Promise<Row[]> {
    return this.db.rows<Row>(
      `SELECT e.id, e.title, e.held_on, e.status, e.resit_of, w.name AS owner_name, w.path AS owner_path, r.id AS registration_id
       FROM exams e JOIN subjects w ON w.id = e.owner_subject_id JOIN subjects u ON u.id = ?
         LEFT JOIN exam_registrations r ON r.exam_id = e.id AND r.officer_id = ?
       WHERE e.status = 'OPEN' AND (r.id IS NOT NULL OR (e.held_on >= ? AND u.path LIKE CONCAT(w.path, '%')))
       ORDER BY e.held_on, e.id`,
      [unitId, officerId, on],
    );
  }

  /** What the officer would sit; nothing where a registration would be refused. */
  private async papersIfTaken(
    row: Row,
    papers: readonly PaperRow[],
    person: PersonFacts,
    now: number,
  ): Promise<readonly PaperSought[]> {
    const prepared = await this.entries.prepare(row, papers, now);
    const ruling = (await this.entries.judge(prepared, [person])).get(person.officerId);
    return ruling?.verdict.allowed ? ruling.papers : [];
  }

  /** What the officer is registered for. Results that are not released are nobody's to know. */
  private papersOf(registrationId: string): Promise<PaperSought[]> {
    return this.db.rows<PaperSought>(
      `SELECT p.subject, NULLIF(p.domain, '') AS domain FROM exam_registration_papers g JOIN exam_papers p ON p.id = g.paper_id
       WHERE g.registration_id = ? ORDER BY p.subject, p.domain`,
      [registrationId],
    );
  }
}

interface Named {
  readonly subject: string;
  readonly domain: string | null;
}

const nameOf = ({ subject, domain }: Named): string => `${subject}:${domain ?? ''}`;
