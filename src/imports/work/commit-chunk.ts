import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { canonicalJson, sha256 } from '../../infrastructure/crypto/canonical.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { RowOutcome, RowProblem } from '../../kernel/import-definition.js';
import { Clock } from '../../kernel/clock.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { ImportRecord } from '../import-record.js';
import { ImportStore } from '../import-store.js';
import { examineCells, examineRead, type ExaminedRow } from '../rows/examine-rows.js';
import { changesOf, ImportRows } from '../rows/import-rows.js';
import { RowReader, type ReadRow } from '../rows/row-reader.js';
import { Acting } from './acting.js';
import type { Lease } from './leases.js';
import { ReadAhead } from './read-ahead.js';
import { CHUNK_ROWS } from './validate-import.js';

/** A sound row with what somebody was shown that the commit would do. */
export interface WaitingRow extends ReadRow {
  readonly planned: string | null;
  readonly changesJson: string | null;
  readonly targetId: string | null;
  readonly problemsJson: string | null;
}

type Existing = 'UPDATE' | 'SKIP' | 'REFUSE';

/** What a chunk came to. */
export type ChunkResult =
  | { readonly what: 'NOTHING_LEFT' }
  | { readonly what: 'RIGHT_WITHDRAWN' }
  | { readonly what: 'DONE'; readonly lastRow: number; readonly rows: number; readonly failed: readonly RowOutcome[] };

/** Carries the next sound rows into their room, inside the open unit: examined again, applied, accounted for, audited. */
@Injectable()
export class CommitChunk {
  private readonly ahead = new ReadAhead<readonly WaitingRow[]>();
  /** Imports that met with what nobody was shown. */
  private readonly wary = new Set<string>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly acting: Acting,
    private readonly store: ImportStore,
    private readonly rows: ImportRows,
    private readonly audit: AuditTrail,
  ) {}

  /** The next sound rows; while they are being written those after them are read. Not inside a unit. */
  async readAhead(lease: Lease, found: ImportRecord): Promise<readonly WaitingRow[]> {
    if (this.uow.isOpen) throw new Error('a unit has one connection: nothing is read ahead on it');
    const keyFrom = (afterRow: number): string => `${lease.epoch}.${found.version}.${afterRow}`;
    const rows = await this.ahead.take(found.id, keyFrom(found.afterRow), () => this.read(found, found.afterRow));
    const last = rows.at(-1)?.rowNumber;
    if (last !== undefined) this.ahead.begin(found.id, keyFrom(last), () => this.read(found, last));
    return rows;
  }

  /** Lays what was read ahead aside. */
  leave(importId: string): void {
    this.ahead.forget(importId);
  }

  /** The next rows that were found sound at the validation. */
  async read(record: ImportRecord, afterRow: number): Promise<readonly WaitingRow[]> {
    const staged = await this.rows.toCommit(record.id, afterRow, CHUNK_ROWS);
    const today = legalDateOf(await this.clock.now()) ?? '';
    const reader = new RowReader(this.store.definitionOf(record), record.mapping, record.layout, today);
    return staged.map((row) => {
      const { planned, changesJson, targetId, problemsJson } = row;
      return { ...reader.read(row), planned, changesJson, targetId, problemsJson };
    });
  }

  async execute(record: ImportRecord, read: readonly WaitingRow[]): Promise<ChunkResult> {
    if (!this.uow.isOpen) throw new Error('a chunk is committed inside a unit');
    const who = await this.acting.of(record);
    if (!who) return { what: 'RIGHT_WITHDRAWN' };
    const { actor, definition } = who;
    const [first, last] = [read[0], read.at(-1)];
    if (!first || !last) {
      this.wary.delete(record.id);
      return { what: 'NOTHING_LEFT' };
    }
    const context = { actor, importId: record.id, parameters: record.parameters };
    const existing = await this.store.existingPolicy(record.id);
    const trusting = definition.examinesInApply === true && existing === 'UPDATE' && !this.wary.has(record.id);
    const examined = trusting ? examineCells(read) : await examineRead(definition, context, read);
    const shown = new Map(read.map((row) => [row.rowNumber, row]));
    const held = heldBack(examined, shown, existing);
    const sound = examined.filter(
      ({ rowNumber, state }) => (state === 'VALID' || state === 'WARNING') && !held.has(rowNumber),
    );
    const applied =
      sound.length === 0
        ? []
        : await definition.apply(
            context,
            sound.map(({ rowNumber, values }) => ({ rowNumber, values })),
          );
    refuseOtherRows(definition.kind, sound, applied);
    if (applied.some((outcome) => isSurprise(outcome, shown.get(outcome.rowNumber), existing))) {
      // Taken back with its unit; the next try looks at each row before it applies any.
      this.wary.add(record.id);
      throw new Error('something was recorded since the preview');
    }
    const outcomes = settled(examined, [...applied, ...held.values()]);
    await this.rows.keepCommitted(record.id, record.round, outcomes, shown);
    this.audit.record(
      actor,
      'import.commit-rows',
      { type: 'import', id: record.id },
      {
        after: {
          kind: record.kind,
          from: first.rowNumber,
          to: last.rowNumber,
          states: statesOf(outcomes),
          digest: sha256(canonicalJson(outcomes.map(({ rowNumber, state, targetId }) => [rowNumber, state, targetId]))),
        },
      },
    );
    const failed = outcomes.filter(({ state }) => state === 'FAILED');
    return { what: 'DONE', lastRow: last.rowNumber, rows: read.length, failed };
  }
}

/**
 * Rows that would replace what is recorded, where that was not asked for: the choice was to skip or to refuse them, or what would be
 * replaced is no longer what was shown before the commit.
 */
function heldBack(
  examined: readonly ExaminedRow[],
  shown: ReadonlyMap<number, WaitingRow>,
  existing: Existing,
): ReadonlyMap<number, RowOutcome> {
  const held = new Map<number, RowOutcome>();
  for (const { rowNumber, plan } of examined) {
    if (plan?.state !== 'UPDATED') continue;
    const before = shown.get(rowNumber);
    const targetId = plan.targetId ?? null;
    if (existing === 'SKIP') held.set(rowNumber, { rowNumber, state: 'SKIPPED', targetId });
    else if (existing === 'REFUSE')
      held.set(rowNumber, { rowNumber, state: 'FAILED', targetId: null, problems: [RECORDED] });
    else if (before?.planned !== 'UPDATED' || before.changesJson !== changesOf(plan)) {
      held.set(rowNumber, { rowNumber, state: 'FAILED', targetId: null, problems: [CHANGED] });
    }
  }
  return held;
}

const RECORDED: RowProblem = {
  column: null,
  code: 'ALREADY_RECORDED',
  level: 'ERROR',
  detail: '系统中已有记录，且内容不同。按“报错”的选择没有导入。',
};
const CHANGED: RowProblem = {
  column: null,
  code: 'CHANGED_SINCE_PREVIEW',
  level: 'ERROR',
  detail: '预览之后，系统中的这条记录又被改过。为免覆盖，没有导入；请重新上传核对后再决定。',
};

/** Something recorded was replaced that nobody was shown, or that was to be left alone. */
function isSurprise(outcome: RowOutcome, shown: WaitingRow | undefined, existing: Existing): boolean {
  if (outcome.state !== 'UPDATED' || shown?.planned == null) return false;
  if (existing !== 'UPDATE' || shown.planned !== 'UPDATED') return true;
  return outcome.changes !== undefined && JSON.stringify(outcome.changes) !== shown.changesJson;
}

/** One outcome for each row, and none besides. */
function refuseOtherRows(kind: string, sound: readonly ExaminedRow[], applied: readonly RowOutcome[]): void {
  const asked = new Set(sound.map(({ rowNumber }) => rowNumber));
  const given = new Set(applied.map(({ rowNumber }) => rowNumber));
  if (applied.length !== sound.length || given.size !== asked.size || [...given].some((number) => !asked.has(number))) {
    throw new Error(`${kind}: rows and outcomes differ`);
  }
}

/** A row that was sound at validation and is no longer so fails; what was said about it before stays said. */
function settled(examined: readonly ExaminedRow[], applied: readonly RowOutcome[]): RowOutcome[] {
  const byRow = new Map(applied.map((outcome) => [outcome.rowNumber, outcome]));
  return examined.map(({ rowNumber, problems }) => {
    const outcome = byRow.get(rowNumber);
    if (!outcome) return { rowNumber, state: 'FAILED', targetId: null, problems };
    const said = new Set((outcome.problems ?? []).map(({ column, code }) => `${column ?? ''} ${code}`));
    const before = problems.filter(({ column, code }) => !said.has(`${column ?? ''} ${code}`));
    return { ...outcome, problems: [...before, ...(outcome.problems ?? [])] };
  });
}

const statesOf = (outcomes: readonly RowOutcome[]): Record<string, number> => {
  const states: Record<string, number> = {};
  for (const { state } of outcomes) states[state] = (states[state] ?? 0) + 1;
  return states;
};
