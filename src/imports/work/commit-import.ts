import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { RowOutcome } from '../../kernel/import-definition.js';
import { Problem } from '../../kernel/problem.js';
import { ImportCounts } from '../import-counts.js';
import type { ImportProblem, ImportRecord } from '../import-record.js';
import { ImportRows } from '../rows/import-rows.js';
import { RIGHT_WITHDRAWN } from './acting.js';
import { CommitChunk } from './commit-chunk.js';
import { ImportEnding } from './import-ending.js';
import { LeaseLost, Leases, type Lease } from './leases.js';

/** Takes the whole unit back: nothing of an ALL_OR_NOTHING import may stay. */
class TakenBack extends Error {
  constructor(
    readonly why: 'CANCELLED' | 'RIGHT_WITHDRAWN' | 'ROWS_FAILED',
    readonly failed: readonly RowOutcome[] = [],
  ) {
    super(why);
  }
}

/** The commit: chunk by chunk, each with cursor and rights of its moment, or all chunks in one unit. */
@Injectable()
export class CommitImport {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly leases: Leases,
    private readonly chunk: CommitChunk,
    private readonly rows: ImportRows,
    private readonly counts: ImportCounts,
    private readonly ending: ImportEnding,
    private readonly audit: AuditTrail,
  ) {}

  /** One chunk of the import as it was found, or everything. */
  async execute(lease: Lease, found: ImportRecord): Promise<void> {
    try {
      if (found.policy === 'ALL_OR_NOTHING') await this.everything(lease);
      else await this.oneChunk(lease, found);
    } catch (error) {
      // The room refuses the import as a whole (an exam was released meanwhile): that is an answer, not a fault.
      if (!(error instanceof Problem) || error.kind === 'undetermined') throw error;
      const problem = { code: error.code, detail: error.message };
      await this.uow.run(async () => this.ending.fail(await this.leases.hold(lease, 'COMMITTING'), problem));
    }
  }

  /** Lays what was read ahead aside. */
  leave(importId: string): void {
    this.chunk.leave(importId);
  }

  private async oneChunk(lease: Lease, found: ImportRecord): Promise<void> {
    const read = await this.chunk.readAhead(lease, found);
    await this.uow.run(async () => {
      const record = await this.leases.hold(lease, 'COMMITTING');
      if (record.version !== found.version || record.afterRow !== found.afterRow) throw new LeaseLost();
      if (await this.isCancelled(record)) return this.cancel(record);
      const result = await this.chunk.execute(record, read);
      if (result.what === 'RIGHT_WITHDRAWN') return this.ending.fail(record, RIGHT_WITHDRAWN);
      if (result.what === 'NOTHING_LEFT') return this.complete(record);
      await this.leases.advance(lease, { afterRow: result.lastRow, doneRows: record.doneRows + result.rows });
    });
  }

  private async everything(lease: Lease): Promise<void> {
    try {
      await this.uow.run(async () => {
        const record = await this.leases.hold(lease, 'COMMITTING');
        const failed: RowOutcome[] = [];
        let afterRow = 0;
        let done = 0;
        for (;;) {
          if (await this.isCancelled(record)) throw new TakenBack('CANCELLED');
          const result = await this.chunk.execute(record, await this.chunk.read(record, afterRow));
          if (result.what === 'RIGHT_WITHDRAWN') throw new TakenBack('RIGHT_WITHDRAWN');
          if (result.what === 'NOTHING_LEFT') break;
          failed.push(...result.failed);
          afterRow = result.lastRow;
          done += result.rows;
          await this.leases.tell(lease, done);
        }
        if (failed.length > 0) throw new TakenBack('ROWS_FAILED', failed);
        await this.complete(record);
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
      await this.afterTakingBack(lease, error);
    }
  }

  private async afterTakingBack(lease: Lease, { why, failed }: TakenBack): Promise<void> {
    await this.uow.run(async () => {
      const record = await this.leases.hold(lease, 'COMMITTING');
      if (why === 'CANCELLED') return this.cancel(record);
      if (why === 'RIGHT_WITHDRAWN') return this.ending.fail(record, RIGHT_WITHDRAWN);
      for (let start = 0; start < failed.length; start += 1000) {
        await this.rows.keepOutcomes(record.id, record.round, failed.slice(start, start + 1000));
      }
      await this.ending.fail(record, rowsRefused(failed.length));
    });
  }

  private async complete(record: ImportRecord): Promise<void> {
    const counts = await this.counts.refuseLoss(record.id, record.totalRows);
    if (counts.valid + counts.warning > 0) throw new Error('sound rows were left out of a commit');
    const whole = counts.invalid + counts.failed === 0;
    await this.ending.move(record, whole ? 'complete' : 'completePartially');
    this.audit.record(null, 'import.complete', { type: 'import', id: record.id }, { after: { counts } });
  }

  private async cancel(record: ImportRecord): Promise<void> {
    await this.ending.move(record, 'cancel');
    this.audit.record(null, 'import.stop', { type: 'import', id: record.id }, { after: { status: 'CANCELLED' } });
  }

  /** Asked without the lock of the import: a wish may arrive while a long unit holds it. */
  private async isCancelled({ id, round }: ImportRecord): Promise<boolean> {
    const row = await this.db.row('SELECT 1 AS found FROM import_cancellations WHERE import_id = ? AND round = ?', [
      id,
      round,
    ]);
    return row !== null;
  }
}

const rowsRefused = (rows: number): ImportProblem => ({
  code: 'ROWS_FAILED',
  detail: `按“有错就全部不导入”，提交时有 ${rows} 行未通过，全部没有导入。请下载错误清单修改后重新上传。`,
  detailEn: `${rows} rows failed at the commit, so nothing was imported, as was asked for.`,
});
