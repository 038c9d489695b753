import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { canonicalJson, sha256 } from '../../infrastructure/crypto/canonical.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { RowOutcome } from '../../kernel/import-definition.js';
import { Clock } from '../../kernel/clock.js';
import { legalDateOf } from '../../rules/calendar.js';
import { ImportDefinitions } from '../import-definitions.js';
import type { ImportRecord } from '../import-record.js';
import { examineCells, examineRead, type ExaminedRow } from '../rows/examine-rows.js';
import { ImportRows } from '../rows/import-rows.js';
import { RowReader, type ReadRow } from '../rows/row-reader.js';
import { Acting } from './acting.js';
import type { Lease } from './leases.js';
import { ReadAhead } from './read-ahead.js';
import { CHUNK_ROWS } from './validate-import.js';

/** What a chunk came to. */
export type ChunkResult =
  | { readonly what: 'NOTHING_LEFT' }
  | { readonly what: 'RIGHT_WITHDRAWN' }
  | { readonly what: 'DONE'; readonly lastRow: number; readonly rows: number; readonly failed: readonly RowOutcome[] };

/** Carries the next sound rows into their room, inside the open unit: examined again, applied, accounted for, audited. */
@Injectable()
export class CommitChunk {
  private readonly ahead = new ReadAhead<readonly ReadRow[]>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly definitions: ImportDefinitions,
    private readonly acting: Acting,
    private readonly rows: ImportRows,
    private readonly audit: AuditTrail,
  ) {}

  /** The next sound rows; while they are being written those after them are read. Not inside a unit. */
  async readAhead(lease: Lease, found: ImportRecord): Promise<readonly ReadRow[]> {
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
  async read(record: ImportRecord, afterRow: number): Promise<readonly ReadRow[]> {
    const staged = await this.rows.toCommit(record.id, afterRow, CHUNK_ROWS);
    const today = legalDateOf(await this.clock.now()) ?? '';
    const reader = new RowReader(this.definitions.of(record.kind), record.mapping, record.layout, today);
    return staged.map((row) => reader.read(row));
  }

  async execute(record: ImportRecord, read: readonly ReadRow[]): Promise<ChunkResult> {
    if (!this.uow.isOpen) throw new Error('a chunk is committed inside a unit');
    const who = await this.acting.of(record);
    if (!who) return { what: 'RIGHT_WITHDRAWN' };
    const { actor, definition } = who;
    const [first, last] = [read[0], read.at(-1)];
    if (!first || !last) return { what: 'NOTHING_LEFT' };
    const context = { actor, importId: record.id, parameters: record.parameters };
    const examined =
      definition.examinesInApply === true ? examineCells(read) : await examineRead(definition, context, read);
    const sound = examined.filter(({ state }) => state === 'VALID' || state === 'WARNING');
    const applied =
      sound.length === 0
        ? []
        : await definition.apply(
            context,
            sound.map(({ rowNumber, values }) => ({ rowNumber, values })),
          );
    refuseOtherRows(definition.kind, sound, applied);
    const outcomes = settled(examined, applied);
    await this.rows.keepOutcomes(record.id, record.round, outcomes);
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
