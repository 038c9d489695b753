import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db, marks } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import type { OutcomeState, RevertLock, RevertRow, RowProblem } from '../kernel/import-definition.js';
import { Problem } from '../kernel/problem.js';
import { importLifecycle } from '../rules/import.lifecycle.js';
import type { ImportRecord } from './import-record.js';
import { ImportStore, wrongStatus } from './import-store.js';
import type { LockedRowView, RevertView, UndoStepView } from './import.view.js';
import { ImportRows } from './rows/import-rows.js';
import { ImportEnding } from './work/import-ending.js';

interface DoneRow {
  readonly row_no: number;
  readonly committed_round: number;
  readonly state: OutcomeState;
  readonly target_id: string | null;
  readonly before_json: string | null;
  readonly problems_json: string | null;
}

const CHUNK = 1000;
const LISTED = 1000;
const FIRST = { round: 2_147_483_647, rowNo: 2_147_483_647 };

/** Undoes what an import wrote, newest first, in one unit. Rows on which something rests stay, and say why. */
@Injectable()
export class RevertImport {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly rows: ImportRows,
    private readonly ending: ImportEnding,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409, 422 ALL_ROWS_LOCKED */
  async execute(actor: Actor, id: string, dryRun: boolean): Promise<RevertView> {
    return this.uow.run(async () => {
      const record = await this.store.lock(actor, id);
      if (!importLifecycle.allows(record.status, 'revert')) {
        throw wrongStatus(record.status, 'Only an import that is over can be taken back.');
      }
      const { reverted, locked, lockedRows, steps } = await this.undo(actor, record, dryRun);
      if (reverted + lockedRows === 0) {
        throw new Problem('conflict', 'NOTHING_TO_REVERT', 'This import wrote nothing that could be taken back.', {
          extensions: { state: record.status },
        });
      }
      const view = { dryRun, reverted, locked, lockedRows, steps };
      if (dryRun) return { ...view, status: record.status };
      if (reverted === 0) {
        throw new Problem('refused', 'ALL_ROWS_LOCKED', '所有行都已有后续业务，不能撤销。', {
          extensions: { locked, steps },
        });
      }
      const status = await this.ending.move(record, 'revert');
      this.audit.record(
        actor,
        'import.revert',
        { type: 'import', id },
        { before: { status: record.status }, after: { reverted, lockedRows } },
      );
      return { ...view, status };
    });
  }

  private async undo(
    actor: Actor,
    record: ImportRecord,
    dryRun: boolean,
  ): Promise<Pick<RevertView, 'reverted' | 'locked' | 'lockedRows' | 'steps'>> {
    const definition = this.store.definitionOf(record);
    const context = { actor, importId: record.id, parameters: record.parameters };
    const locked: LockedRowView[] = [];
    const steps = new Map<string, UndoStepView>();
    let reverted = 0;
    let lockedRows = 0;
    for (let before = FIRST; ;) {
      const done = await this.next(record.id, before);
      const last = done.at(-1);
      if (!last) return { reverted, locked, lockedRows, steps: inOrder(steps) };
      const stay = await definition.revert(context, done.map(revertRow), dryRun);
      const free = done.filter(({ row_no }) => !stay.has(row_no));
      reverted += free.length;
      lockedRows += done.length - free.length;
      for (const { row_no } of done) {
        const problems = stay.get(row_no);
        if (!problems) continue;
        countSteps(steps, problems);
        if (locked.length < LISTED) locked.push({ rowNumber: row_no, problems: problems.map(plainProblem) });
      }
      if (!dryRun) await this.keep(record.id, done, stay);
      before = { round: last.committed_round, rowNo: last.row_no };
    }
  }

  private async next(importId: string, before: typeof FIRST): Promise<readonly DoneRow[]> {
    return this.db.rows<DoneRow>(
      `SELECT row_no, committed_round, state, target_id, before_json, problems_json FROM import_results
       WHERE import_id = ? AND state IN (${marks(WRITTEN)}) AND committed_round IS NOT NULL
         AND (committed_round < ? OR (committed_round = ? AND row_no < ?))
       ORDER BY committed_round DESC, row_no DESC LIMIT ?`,
      [importId, ...WRITTEN, before.round, before.round, before.rowNo, CHUNK],
    );
  }

  private async keep(
    importId: string,
    done: readonly DoneRow[],
    stay: ReadonlyMap<number, readonly RevertLock[]>,
  ): Promise<void> {
    await this.rows.keepProblems(
      importId,
      done.map(({ row_no, state, problems_json }) => {
        const known = JSON.parse(problems_json ?? '[]') as RowProblem[];
        const why = stay.get(row_no);
        return {
          rowNumber: row_no,
          state: why ? state : 'REVERTED',
          problems: [...known, ...(why ?? []).map(plainProblem)],
        };
      }),
    );
  }
}

const plainProblem = ({ column, code, level, detail }: RevertLock): RowProblem => ({ column, code, level, detail });

/** Each row counts once under a step, however many of its locks name it. */
function countSteps(steps: Map<string, UndoStepView>, locks: readonly RevertLock[]): void {
  const named = new Map(locks.flatMap(({ steps: some = [] }) => some).map((step) => [step.code, step]));
  for (const [code, step] of named) {
    const known = steps.get(code);
    if (known) known.rows += 1;
    else steps.set(code, { ...step, rows: 1 });
  }
}

const inOrder = (steps: ReadonlyMap<string, UndoStepView>): UndoStepView[] =>
  [...steps.values()].sort((a, b) => a.order - b.order || (a.code < b.code ? -1 : 1));

/** What changed something; UNCHANGED and SKIPPED rows have nothing to take back. */
const WRITTEN: readonly OutcomeState[] = ['CREATED', 'UPDATED'];

const revertRow = ({ row_no, state, target_id, before_json }: DoneRow): RevertRow => ({
  rowNumber: row_no,
  state,
  targetId: target_id,
  before: before_json === null ? null : (JSON.parse(before_json) as unknown),
});
