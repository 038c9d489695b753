import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { ImportContext, RowOutcome, RowProblem } from '../kernel/import-definition.js';
import { planOf, type NewResult } from './exam-result-rows.js';
import type { RecordedResult, SatPaper, Sitting } from './sittings.queries.js';

export interface AcceptedRow {
  readonly rowNumber: number;
  readonly result: NewResult;
}

/** What stood there before; enough to put it back. */
export type ResultBefore = Omit<RecordedResult, 'version'>;

export const failed = (rowNumber: number, problems: readonly RowProblem[]): RowOutcome => ({
  rowNumber,
  state: 'FAILED',
  targetId: null,
  problems,
});

/** One result: the candidate's registration and the paper. */
export const resultKey = ({ sitting, paper }: { readonly sitting: Sitting; readonly paper: SatPaper }): string =>
  `${sitting.registrationId}.${paper.paperId}`;

const WRITTEN_TWICE: RowProblem = {
  column: null,
  code: 'DUPLICATE_IN_FILE',
  level: 'ERROR',
  detail: '本次导入已登记过该考生这一科目的另一个成绩。请保留其中一行。',
};

/** Writes the results of one chunk under the lock of the exam: one statement for the new ones, one for the changed ones. */
@Injectable()
export class RecordResults {
  constructor(private readonly db: Db) {}

  async execute(
    { actor, importId }: ImportContext,
    examId: string,
    rows: readonly AcceptedRow[],
    now: number,
  ): Promise<ReadonlyMap<number, RowOutcome>> {
    const outcomes = new Map<number, RowOutcome>();
    const created: NewResult[] = [];
    const updated: NewResult[] = [];
    for (const { rowNumber, result } of rows) {
      const before = result.paper.result;
      const targetId = resultKey(result);
      const { state, changes } = planOf(result);
      if (!before) {
        created.push(result);
        outcomes.set(rowNumber, { rowNumber, state: 'CREATED', targetId });
      } else if (state === 'UNCHANGED') {
        outcomes.set(rowNumber, { rowNumber, state: 'UNCHANGED', targetId });
      } else if (before.importId === importId) {
        outcomes.set(rowNumber, failed(rowNumber, [WRITTEN_TWICE]));
      } else {
        updated.push(result);
        outcomes.set(rowNumber, {
          rowNumber,
          state: 'UPDATED',
          targetId,
          before: beforeImage(before),
          ...(changes ? { changes } : {}),
        });
      }
    }
    const values = (result: NewResult) => ({
      registration_id: result.sitting.registrationId,
      paper_id: result.paper.paperId,
      exam_id: examId,
      officer_id: result.sitting.officerId,
      outcome: result.outcome,
      score: result.score,
      passed: result.passed,
      import_id: importId,
      recorded_at: new Date(now),
      recorded_by: actor.accountId,
      version: result.paper.result?.version ?? 1,
    });
    await this.db.insert('exam_results', created.map(values));
    await this.overwrite(updated.map(values));
    return outcomes;
  }

  /**
   * Puts results in the place of the recorded ones, of the version that was looked at only. `version` is assigned last: the
   * assignments before it still see the old one.
   */
  async overwrite(rows: readonly Record<string, string | number | boolean | Date | null>[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first);
    const changing = columns.filter((column) => !KEY_COLUMNS.includes(column));
    const slots = `(${columns.map(() => '?').join(', ')})`;
    const written = await this.db.execute(
      `INSERT INTO exam_results (${columns.join(', ')}) VALUES ${rows.map(() => slots).join(', ')}
       ON DUPLICATE KEY UPDATE
         ${changing.map((column) => `${column} = IF(version = VALUES(version), VALUES(${column}), ${column})`).join(', ')},
         version = IF(version = VALUES(version), version + 1, version)`,
      rows.flatMap((row) => columns.map((column) => row[column] ?? null)),
    );
    // The server counts two for a row that it changed, one for a row that it inserted or left as it was.
    if (written !== rows.length * 2) throw new Error('a result was changed without the lock of its exam');
  }
}

const KEY_COLUMNS: readonly string[] = ['registration_id', 'paper_id', 'exam_id', 'officer_id', 'version'];

const beforeImage = ({ version: _version, ...before }: RecordedResult): ResultBefore => before;
