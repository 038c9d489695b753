import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { ExamPass, ExamSubject } from '../rules/exam-pass.rules.js';

export interface PassRow extends ExamPass {
  readonly paperId: string;
  readonly examId: string;
  readonly examTitle: string;
  readonly score: number;
}

interface Row {
  readonly officer_id: string;
  readonly paper_id: string;
  readonly exam_id: string;
  readonly title: string;
  readonly held_on: string;
  readonly subject: ExamSubject;
  readonly domain: string;
  readonly score: string;
}

/** MariaDB makes a subquery of a list of 1,000 constants or more. */
const CHUNK = 500;

/** Papers passed in released exams; what is not released does not count. The day of a pass is the day of the exam. */
@Injectable()
export class PassesQueries {
  constructor(private readonly db: Db) {}

  async of(officerIds: readonly string[]): Promise<ReadonlyMap<string, readonly PassRow[]>> {
    const passes = new Map<string, PassRow[]>();
    for (let start = 0; start < officerIds.length; start += CHUNK) {
      for (const row of await this.rows(officerIds.slice(start, start + CHUNK))) {
        const pass = passIn(row);
        const known = passes.get(row.officer_id);
        if (known) known.push(pass);
        else passes.set(row.officer_id, [pass]);
      }
    }
    return passes;
  }

  private rows(officerIds: readonly string[]): Promise<Row[]> {
    return this.db.rows<Row>(
      // From the people on: MariaDB, left to itself, begins with the few papers and reads everybody's results of them.
      `SELECT x.officer_id, x.paper_id, e.id AS exam_id, e.title, e.held_on, p.subject, p.domain, x.score
       FROM exam_results x STRAIGHT_JOIN exams e ON e.id = x.exam_id STRAIGHT_JOIN exam_papers p ON p.id = x.paper_id
       WHERE x.officer_id IN (${marks(officerIds)}) AND x.passed = 1 AND e.status = 'RELEASED'
         AND NOT EXISTS (SELECT 1 FROM exam_pass_voids v WHERE v.officer_id = x.officer_id AND v.paper_id = x.paper_id)
       ORDER BY x.officer_id, x.paper_id`,
      officerIds,
    );
  }
}

const passIn = (row: Row): PassRow => ({
  subject: row.subject,
  domain: row.domain === '' ? null : row.domain,
  passedOn: row.held_on,
  paperId: row.paper_id,
  examId: row.exam_id,
  examTitle: row.title,
  score: Number(row.score),
});
