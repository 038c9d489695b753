import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { ImportContext, RevertLock, RevertRow, UndoStep } from '../kernel/import-definition.js';
import { ExamsQueries } from './exams.queries.js';
import { RecordResults, type ResultBefore } from './record-results.js';

/** MariaDB makes a subquery of a list of 1,000 constants or more and then reads the whole table. */
const IDS_AT_ONCE = 500;

interface CurrentRow {
  readonly registration_id: string;
  readonly paper_id: string;
  readonly exam_id: string;
  readonly officer_id: string;
  readonly import_id: string | null;
  readonly version: number;
}

const locked = (code: string, detail: string, step: UndoStep): readonly RevertLock[] => [
  { column: null, code, level: 'ERROR', detail, steps: [step] },
];
export const RELEASED = locked('EXAM_RELEASED', '考试成绩已发布，不能再登记、更改或撤销。', {
  order: 30,
  code: 'RESULTS_ARE_FINAL',
  zh: '成绩已发布，是最终成绩，不能撤销；据此取得的证件如有错误，按注销、撤销程序办理。',
  en: 'Released results are final. A certificate that rests on a wrong one is revoked by its own procedure.',
});
const CHANGED_SINCE = locked('ALREADY_RECORDED', '该成绩在本次导入之后又被改过，不能撤销。', {
  order: 10,
  code: 'REVERT_LATER_IMPORT',
  zh: '先撤销之后改过这些成绩的那次导入，再撤销本次导入。',
  en: 'First take back the later import that changed these results, then this one.',
});

/** Takes back what an import recorded, as long as the exam is not released and nobody has changed it since. */
@Injectable()
export class RevertResults {
  constructor(
    private readonly db: Db,
    private readonly exams: ExamsQueries,
    private readonly record: RecordResults,
  ) {}

  /** Gives what can't be undone, and why, by row number. */
  async execute(
    { actor, importId }: ImportContext,
    examId: string,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    const exam = dryRun ? await this.exams.inScope(actor, examId) : await this.exams.lock(actor, examId);
    const written = rows.filter(
      ({ state, targetId }) => targetId !== null && (state === 'CREATED' || state === 'UPDATED'),
    );
    if (exam.status !== 'OPEN') return new Map(written.map(({ rowNumber }) => [rowNumber, RELEASED]));
    const current = await this.current(written);
    const problems = new Map<number, readonly RevertLock[]>();
    const created: CurrentRow[] = [];
    const updated: { readonly row: CurrentRow; readonly before: ResultBefore }[] = [];
    for (const { rowNumber, state, targetId, before } of written) {
      const row = current.get(targetId ?? '');
      if (row?.import_id !== importId) problems.set(rowNumber, CHANGED_SINCE);
      else if (state === 'CREATED') created.push(row);
      else updated.push({ row, before: before as ResultBefore });
    }
    if (dryRun) return problems;
    await this.remove(created, importId);
    await this.restore(updated);
    return problems;
  }

  private async current(written: readonly RevertRow[]): Promise<ReadonlyMap<string, CurrentRow>> {
    const ids = [...new Set(written.map(({ targetId }) => (targetId ?? '').split('.')[0] ?? ''))];
    const current = new Map<string, CurrentRow>();
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      const part = ids.slice(start, start + IDS_AT_ONCE);
      const rows = await this.db.rows<CurrentRow>(
        `SELECT registration_id, paper_id, exam_id, officer_id, import_id, version FROM exam_results FORCE INDEX (PRIMARY)
         WHERE registration_id IN (${marks(part)})`,
        part,
      );
      for (const row of rows) current.set(`${row.registration_id}.${row.paper_id}`, row);
    }
    return current;
  }

  private async remove(rows: readonly CurrentRow[], importId: string): Promise<void> {
    let removed = 0;
    for (const paperId of new Set(rows.map(({ paper_id }) => paper_id))) {
      const ids = rows.filter(({ paper_id }) => paper_id === paperId).map(({ registration_id }) => registration_id);
      for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
        const part = ids.slice(start, start + IDS_AT_ONCE);
        removed += await this.db.execute(
          `DELETE FROM exam_results WHERE registration_id IN (${marks(part)}) AND paper_id = ? AND import_id = ?`,
          [...part, paperId, importId],
        );
      }
    }
    if (removed !== rows.length) throw new Error('a result was changed without the lock of its exam');
  }

  private async restore(rows: readonly { readonly row: CurrentRow; readonly before: ResultBefore }[]): Promise<void> {
    await this.record.overwrite(
      rows.map(({ row, before }) => ({
        registration_id: row.registration_id,
        paper_id: row.paper_id,
        exam_id: row.exam_id,
        officer_id: row.officer_id,
        outcome: before.outcome,
        score: before.score,
        passed: before.passed,
        import_id: before.importId,
        recorded_at: new Date(before.recordedAt),
        recorded_by: before.recordedBy,
        version: row.version,
      })),
    );
  }
}
