import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { gradeRegistration, type ResultOutcome } from '../rules/exam-grading.rules.js';

interface Row {
  readonly registration_id: string;
  readonly paper_id: string;
  readonly outcome: ResultOutcome;
  readonly score: string | null;
  readonly pass_mark: string;
}

/** A result that lost its worth because of another paper. */
export interface VoidedResult {
  readonly registrationId: string;
  readonly paperId: string;
  readonly outcome: ResultOutcome;
  readonly score: number | null;
}

/** BR-49: who cheated in one paper has nothing in the others either. Under the lock of the exam, before it is released. */
@Injectable()
export class VoidCheaters {
  constructor(private readonly db: Db) {}

  /** Gives what was voided, as it stood before. */
  async execute(examId: string): Promise<VoidedResult[]> {
    const rows = await this.db.rows<Row>(
      `SELECT x.registration_id, x.paper_id, x.outcome, x.score, p.pass_mark
       FROM exam_results x JOIN exam_papers p ON p.id = x.paper_id
       WHERE x.exam_id = ? AND x.registration_id IN
         (SELECT c.registration_id FROM exam_results c WHERE c.exam_id = ? AND c.outcome = 'VOID')
       ORDER BY x.registration_id, x.paper_id`,
      [examId, examId],
    );
    const registrations = new Map<string, Row[]>();
    for (const row of rows) {
      registrations.set(row.registration_id, [...(registrations.get(row.registration_id) ?? []), row]);
    }
    const voided: VoidedResult[] = [];
    for (const [registrationId, papers] of registrations) {
      const graded = gradeRegistration(
        papers.map(({ paper_id, outcome, score, pass_mark }) => ({
          paperId: paper_id,
          outcome,
          score: score === null ? null : Number(score),
          passMark: Number(pass_mark),
        })),
      );
      for (const [index, { paperId, outcome, score, passed }] of graded.papers.entries()) {
        const before = papers[index];
        if (!before || before.outcome === outcome) continue;
        voided.push({
          registrationId,
          paperId,
          outcome: before.outcome,
          score: before.score === null ? null : Number(before.score),
        });
        await this.db.execute(
          `UPDATE exam_results SET outcome = ?, score = ?, passed = ?, version = version + 1
           WHERE registration_id = ? AND paper_id = ?`,
          [outcome, score, passed, registrationId, paperId],
        );
      }
    }
    return voided;
  }
}
