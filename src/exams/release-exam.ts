import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Outbox } from '../infrastructure/outbox/outbox.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Problem } from '../kernel/problem.js';
import { examLifecycle } from '../rules/exam.lifecycle.js';
import { decideRelease } from '../rules/separation-of-duties.rules.js';
import { examReleased } from './exam-problems.js';
import type { ExamDetailView } from './exam.view.js';
import type { ExamRow } from './exam.rows.js';
import { ExamsQueries } from './exams.queries.js';
import { VoidCheaters } from './void-cheaters.js';

/** Makes the results of an exam final: from then on they count (BR-55), and cheating in one paper voids them all (BR-49). */
@Injectable()
export class ReleaseExam {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly exams: ExamsQueries,
    private readonly cheaters: VoidCheaters,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 with the state found, 422 who recorded may not release */
  execute(actor: Actor, examId: string): Promise<ExamDetailView> {
    return this.uow.run(async () => {
      const exam = await this.exams.lock(actor, examId);
      const committedBy = await this.committers(examId);
      const recorded = (await this.exams.counts(examId)).recorded;
      const now = await this.clock.now();
      this.refuse(exam, recorded, await this.runningImports(examId));
      const verdict = decideRelease({ accountId: actor.accountId, committedBy });
      if (!verdict.allowed) {
        throw new Problem('refused', 'SEPARATION_OF_DUTIES', 'Another person must release these results.', {
          reasons: verdict.reasons,
        });
      }
      const voided = await this.cheaters.execute(examId);
      const { from, to } = examLifecycle.move('release');
      await this.db.updateOne(
        `UPDATE exams SET status = ?, released_at = ?, released_by = ?, version = version + 1 WHERE id = ? AND status IN (?)`,
        [to, new Date(now), actor.accountId, examId, from],
        () => {
          throw examReleased(to);
        },
      );
      await this.outbox.put('exam.released', { examId });
      this.audit.record(
        actor,
        'exam.release',
        { type: 'exam', id: examId },
        { before: { status: exam.status, voided }, after: { status: to, recorded } },
      );
      return this.exams.read(actor, examId);
    });
  }

  private refuse(exam: ExamRow, recorded: number, importsRunning: number): void {
    if (!examLifecycle.allows(exam.status, 'release')) throw examReleased(exam.status);
    const because = (code: string, detail: string): Problem =>
      new Problem('conflict', code, detail, { extensions: { state: exam.status } });
    if (importsRunning > 0) {
      throw because('IMPORT_IN_PROGRESS', 'Results of this exam are being imported. Wait until the import has ended.');
    }
    if (recorded === 0) throw because('EXAM_WITHOUT_RESULTS', 'No result is recorded. Import the results first.');
  }

  /** Everybody who committed an import of this exam or whose results stand in it. */
  private async committers(examId: string): Promise<string[]> {
    const rows = await this.db.rows<{ account_id: string }>(
      `SELECT DISTINCT recorded_by AS account_id FROM exam_results WHERE exam_id = ?
       UNION SELECT committed_by FROM imports
       WHERE kind = 'EXAM_RESULTS' AND committed_by IS NOT NULL AND JSON_UNQUOTE(JSON_EXTRACT(parameters_json, '$.examId')) = ?`,
      [examId, examId],
    );
    return rows.map(({ account_id }) => account_id);
  }

  private async runningImports(examId: string): Promise<number> {
    const row = await this.db.row<{ running: number }>(
      `SELECT COUNT(*) AS running FROM imports WHERE kind = 'EXAM_RESULTS' AND status = 'COMMITTING'
         AND JSON_UNQUOTE(JSON_EXTRACT(parameters_json, '$.examId')) = ?`,
      [examId],
    );
    return Number(row?.running ?? 0);
  }
}
