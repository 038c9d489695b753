import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Problem } from '../../kernel/problem.js';
import { ImportCounts } from '../import-counts.js';
import type { ImportRecord } from '../import-record.js';
import { examineRows, type ExaminedRow } from '../rows/examine-rows.js';
import { ImportRows } from '../rows/import-rows.js';
import { RowDigests } from '../rows/row-digests.js';
import { RowReader } from '../rows/row-reader.js';
import { Acting, RIGHT_WITHDRAWN } from './acting.js';
import { ImportEnding } from './import-ending.js';
import { LeaseLost, Leases, type Lease } from './leases.js';
import { MarkDuplicates } from './mark-duplicates.js';
import { ReadAhead } from './read-ahead.js';

export const CHUNK_ROWS = 1000;

/** Examines the staged lines, a thousand a transaction, then looks for rows that mean the same. Writes nothing outside. */
@Injectable()
export class ValidateImport {
  private readonly ahead = new ReadAhead<readonly ExaminedRow[] | null>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly leases: Leases,
    private readonly acting: Acting,
    private readonly rows: ImportRows,
    private readonly duplicates: MarkDuplicates,
    private readonly counts: ImportCounts,
    private readonly ending: ImportEnding,
    private readonly digests: RowDigests,
  ) {}

  /** One chunk of the import as it was found. */
  async execute(lease: Lease, found: ImportRecord): Promise<void> {
    try {
      if (found.stage === 'DUPLICATES') await this.markDuplicates(lease);
      else await this.chunk(lease, found);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind === 'undetermined') throw error;
      const problem = { code: error.code, detail: error.message };
      await this.uow.run(async () => this.ending.fail(await this.leases.hold(lease, 'VALIDATING'), problem));
    }
  }

  /** Lays what was read ahead aside. */
  leave(importId: string): void {
    this.ahead.forget(importId);
  }

  private async markDuplicates(lease: Lease): Promise<void> {
    await this.uow.run(async () => {
      const record = await this.leases.hold(lease, 'VALIDATING');
      const last = await this.duplicates.mark(record.id, record.afterRow, CHUNK_ROWS);
      if (last !== null) return this.leases.advance(lease, { afterRow: last, doneRows: record.doneRows });
      await this.counts.refuseLoss(record.id, record.totalRows);
      await this.ending.move(record, 'finishValidation');
    });
  }

  /** The rows are examined outside the unit, which reads only, and while the rows before them are written. */
  private async chunk(lease: Lease, found: ImportRecord): Promise<void> {
    const keyFrom = (afterRow: number): string => `${lease.epoch}.${found.version}.${afterRow}`;
    const { id } = found;
    const examined = await this.ahead.take(id, keyFrom(found.afterRow), () => this.examine(found, found.afterRow));
    const last = examined?.at(-1);
    if (last) this.ahead.begin(id, keyFrom(last.rowNumber), () => this.examine(found, last.rowNumber));
    await this.uow.run(async () => {
      const record = await this.leases.hold(lease, 'VALIDATING');
      if (record.version !== found.version || record.afterRow !== found.afterRow) throw new LeaseLost();
      if (!examined || !(await this.acting.of(record))) return this.ending.fail(record, RIGHT_WITHDRAWN);
      if (!last) return this.leases.advance(lease, { afterRow: 0, doneRows: record.doneRows, stage: 'DUPLICATES' });
      await this.rows.keepExamined(record.id, examined);
      await this.keepDigests(record, examined);
      await this.leases.advance(lease, { afterRow: last.rowNumber, doneRows: record.doneRows + examined.length });
    });
  }

  /** So that these rows are known again, in whatever file they come. */
  private async keepDigests(record: ImportRecord, examined: readonly ExaminedRow[]): Promise<void> {
    const { id: importId, round } = record;
    if (record.afterRow === 0) await this.digests.drop(importId, round);
    const definition = this.acting.definitionOf(record);
    await this.digests.keep(
      { importId, round, definition },
      examined.filter(({ state }) => state !== 'IGNORED'),
    );
  }

  /** Null when the right to do so is gone. */
  private async examine(record: ImportRecord, afterRow: number): Promise<readonly ExaminedRow[] | null> {
    const who = await this.acting.of(record);
    if (!who) return null;
    const staged = await this.rows.toExamine(record.id, afterRow, CHUNK_ROWS);
    const context = { actor: who.actor, importId: record.id, parameters: record.parameters };
    const reader = new RowReader(who.definition, record.mapping, record.layout, await this.acting.today());
    return examineRows(who.definition, context, reader, staged);
  }
}
