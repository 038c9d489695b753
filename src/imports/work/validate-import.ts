import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import { ImportCounts } from '../import-counts.js';
import { examineRows } from '../rows/examine-rows.js';
import { ImportRows } from '../rows/import-rows.js';
import { RowReader } from '../rows/row-reader.js';
import { Acting, RIGHT_WITHDRAWN } from './acting.js';
import { ImportEnding } from './import-ending.js';
import { Leases, type Lease } from './leases.js';
import { MarkDuplicates } from './mark-duplicates.js';

export const CHUNK_ROWS = 1000;

/** Examines the staged lines, a thousand a transaction, then looks for rows that mean the same. Writes nothing outside. */
@Injectable()
export class ValidateImport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly leases: Leases,
    private readonly acting: Acting,
    private readonly rows: ImportRows,
    private readonly duplicates: MarkDuplicates,
    private readonly counts: ImportCounts,
    private readonly ending: ImportEnding,
  ) {}

  /** One chunk. */
  async execute(lease: Lease): Promise<void> {
    try {
      await this.chunk(lease);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind === 'undetermined') throw error;
      const problem = { code: error.code, detail: error.message };
      await this.uow.run(async () => this.ending.fail(await this.leases.hold(lease, 'VALIDATING'), problem));
    }
  }

  private async chunk(lease: Lease): Promise<void> {
    await this.uow.run(async () => {
      const record = await this.leases.hold(lease, 'VALIDATING');
      if (record.stage === 'DUPLICATES') {
        const last = await this.duplicates.mark(record.id, record.afterRow, CHUNK_ROWS);
        if (last !== null) return this.leases.advance(lease, { afterRow: last, doneRows: record.doneRows });
        await this.counts.refuseLoss(record.id, record.totalRows);
        await this.ending.move(record, 'finishValidation');
        return;
      }
      const who = await this.acting.of(record);
      if (!who) return this.ending.fail(record, RIGHT_WITHDRAWN);
      const staged = await this.rows.toExamine(record.id, record.afterRow, CHUNK_ROWS);
      const last = staged.at(-1);
      if (!last) return this.leases.advance(lease, { afterRow: 0, doneRows: record.doneRows, stage: 'DUPLICATES' });
      const { actor, definition } = who;
      const today = legalDateOf(await this.clock.now()) ?? '';
      const context = { actor, importId: record.id, parameters: record.parameters };
      const reader = new RowReader(definition, record.mapping, record.layout, today);
      await this.rows.keepExamined(record.id, await examineRows(definition, context, reader, staged));
      await this.leases.advance(lease, { afterRow: last.rowNumber, doneRows: record.doneRows + staged.length });
    });
  }
}
