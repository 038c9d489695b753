import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { ResultOutcome } from '../rules/exam-grading.rules.js';
import type { ExamSubject } from '../rules/exam-pass.rules.js';

export interface RecordedResult {
  readonly outcome: ResultOutcome;
  readonly score: number | null;
  readonly passed: boolean;
  readonly importId: string | null;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly version: number;
}

export interface SatPaper {
  readonly paperId: string;
  readonly subject: ExamSubject;
  /** '' for common law. */
  readonly domain: string;
  readonly passMark: number;
  readonly result: RecordedResult | null;
}

/** One candidate of an exam: who he is, what he sits, what is recorded of it. */
export interface Sitting {
  readonly registrationId: string;
  readonly admissionNo: string;
  readonly officerId: string;
  readonly name: string;
  readonly idNumberIndex: string;
  readonly papers: SatPaper[];
}

interface PersonRow {
  readonly registration_id: string;
  readonly admission_no: string;
  readonly officer_id: string;
  readonly name: string;
  readonly id_number_index: string;
}

interface PaperRow {
  readonly id: string;
  readonly subject: ExamSubject;
  readonly domain: string;
  readonly pass_mark: string;
}

interface SatRow {
  readonly registration_id: string;
  readonly paper_id: string;
  readonly outcome: ResultOutcome | null;
  readonly score: string | null;
  readonly passed: number | null;
  readonly import_id: string | null;
  readonly recorded_at: Date | null;
  readonly recorded_by: string | null;
  readonly version: number | null;
}

export interface SheetRow {
  readonly registration_id: string;
  readonly officer_id: string;
  readonly admission_no: string;
  readonly name: string;
  readonly id_number_cipher: string;
  readonly unit_name: string;
  readonly subject: ExamSubject;
  readonly domain: string;
  /** Of the recorded result; null where there is none. */
  readonly version: number | null;
}

/** MariaDB makes a subquery of a list of 1,000 constants or more and then reads the whole table. A portion of an import has fewer people. */
const NUMBERS_AT_ONCE = 900;

@Injectable()
export class SittingsQueries {
  constructor(private readonly db: Db) {}

  /** The candidates of an exam behind admission numbers, with papers and results: a few statements for a whole chunk. */
  async byAdmissionNo(examId: string, admissionNos: readonly string[]): Promise<ReadonlyMap<string, Sitting>> {
    const wanted = [...new Set(admissionNos)];
    const papers = new Map(
      (
        await this.db.rows<PaperRow>('SELECT id, subject, domain, pass_mark FROM exam_papers WHERE exam_id = ?', [
          examId,
        ])
      ).map((paper) => [paper.id, paper]),
    );
    const sittings = new Map<string, Sitting>();
    for (let start = 0; start < wanted.length; start += NUMBERS_AT_ONCE) {
      const people = await this.people(examId, wanted.slice(start, start + NUMBERS_AT_ONCE));
      const byRegistration = new Map(people.map((person) => [person.registration_id, sittingOf(person)]));
      for (const row of await this.sat([...byRegistration.keys()])) {
        const paper = papers.get(row.paper_id);
        if (paper) byRegistration.get(row.registration_id)?.papers.push(satPaperOf(paper, row));
      }
      for (const sitting of byRegistration.values()) sittings.set(sitting.admissionNo, sitting);
    }
    return sittings;
  }

  /** The order of the joins is written down: right after a mass registration the server's own guess is hopeless. */
  private people(examId: string, admissionNos: readonly string[]): Promise<PersonRow[]> {
    return this.db.rows<PersonRow>(
      `SELECT STRAIGHT_JOIN r.id AS registration_id, r.admission_no, r.officer_id, o.name, o.id_number_index
       FROM exam_registrations r FORCE INDEX (uq_exam_registrations_admission) JOIN officers o ON o.id = r.officer_id
       WHERE r.exam_id = ? AND r.admission_no IN (${marks(admissionNos)})`,
      [examId, ...admissionNos],
    );
  }

  /** The papers of a registration are few and those of an exam fewer: they are not joined for every candidate. */
  private sat(registrationIds: readonly string[]): Promise<SatRow[]> {
    return this.db.rows<SatRow>(
      `SELECT STRAIGHT_JOIN rp.registration_id, rp.paper_id, x.outcome, x.score, x.passed, x.import_id, x.recorded_at, x.recorded_by,
              x.version
       FROM exam_registration_papers rp LEFT JOIN exam_results x ON x.registration_id = rp.registration_id AND x.paper_id = rp.paper_id
       WHERE rp.registration_id IN (${marks(registrationIds)})`,
      registrationIds,
    );
  }

  /** Candidates with their papers, in the order of registration, after the given one; whole candidates only. */
  async sheet(examId: string, afterRegistration: string, candidates: number): Promise<SheetRow[]> {
    const people = await this.db.rows<Omit<SheetRow, 'subject' | 'domain' | 'version'>>(
      `SELECT STRAIGHT_JOIN r.id AS registration_id, r.officer_id, r.admission_no, o.name, o.id_number_cipher, u.name AS unit_name
       FROM exam_registrations r FORCE INDEX (ix_exam_registrations_exam) JOIN officers o ON o.id = r.officer_id
       JOIN subjects u ON u.id = o.subject_id
       WHERE r.exam_id = ? AND r.id > ? ORDER BY r.id LIMIT ?`,
      [examId, afterRegistration, candidates],
    );
    const ids = people.map(({ registration_id }) => registration_id);
    const papers = await this.db.rows<Pick<SheetRow, 'registration_id' | 'subject' | 'domain' | 'version'>>(
      `SELECT STRAIGHT_JOIN rp.registration_id, p.subject, p.domain, x.version
       FROM exam_registration_papers rp JOIN exam_papers p ON p.id = rp.paper_id
       LEFT JOIN exam_results x ON x.registration_id = rp.registration_id AND x.paper_id = rp.paper_id
       WHERE rp.registration_id IN (${marks(ids)}) ORDER BY rp.registration_id, p.subject, p.domain`,
      ids,
    );
    const of = new Map(people.map((person) => [person.registration_id, person]));
    return papers.flatMap(({ registration_id, subject, domain, version }) => {
      const person = of.get(registration_id);
      return person ? [{ ...person, subject, domain, version }] : [];
    });
  }
}

const sittingOf = (row: PersonRow): Sitting => ({
  registrationId: row.registration_id,
  admissionNo: row.admission_no,
  officerId: row.officer_id,
  name: row.name,
  idNumberIndex: row.id_number_index,
  papers: [],
});

const satPaperOf = (paper: PaperRow, row: SatRow): SatPaper => ({
  paperId: paper.id,
  subject: paper.subject,
  domain: paper.domain,
  passMark: Number(paper.pass_mark),
  result: recordedIn(row),
});

function recordedIn(row: SatRow): RecordedResult | null {
  if (row.outcome === null || row.recorded_at === null || row.recorded_by === null) return null;
  return {
    outcome: row.outcome,
    score: row.score === null ? null : Number(row.score),
    passed: row.passed === 1,
    importId: row.import_id,
    recordedAt: row.recorded_at.toISOString(),
    recordedBy: row.recorded_by,
    version: Number(row.version),
  };
}
