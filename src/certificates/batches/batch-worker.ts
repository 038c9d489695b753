import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { AuditTrail } from '../../audit/index.js';
import { BatchLease, LeaseLost, type HeldBatch } from './batch-lease.js';
import { MarkChunk } from './mark-chunk.js';
import { ReserveChunk } from './reserve-chunk.js';

/** Items per transaction: big enough to be fast, small enough that nobody waits long for an officer's row. */
const CHUNK = 250;

/** Issues a batch, chunk by chunk. May be stopped and started again anywhere: what is done is in the tables. */
@Injectable()
export class BatchWorker {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly lease: BatchLease,
    private readonly reserve: ReserveChunk,
    private readonly mark: MarkChunk,
    private readonly audit: AuditTrail,
  ) {}

  /** Works until the batch is done. Gives false when there was nothing to do, or somebody else does it. */
  async advance(batchId: string): Promise<boolean> {
    const held = await this.lease.take(batchId);
    if (!held) return false;
    try {
      do {
        // First what an earlier run has left behind.
        while ((await this.markSome(held)) > 0);
      } while ((await this.reserveSome(held)) > 0);
      await this.finish(held);
    } catch (error) {
      if (error instanceof LeaseLost) return false;
      await this.lease.release(held).catch(() => undefined);
      throw error;
    }
    return true;
  }

  /** The intent of one chunk, in its own transaction. */
  async reserveSome(held: HeldBatch, size = CHUNK): Promise<number> {
    return this.uow.run(async () => this.reserve.execute(await this.lease.hold(held), size));
  }

  /** The mark of one chunk, in its own transaction. */
  async markSome(held: HeldBatch, size = CHUNK): Promise<number> {
    return this.uow.run(async () => this.mark.execute(await this.lease.hold(held), size));
  }

  private async finish(held: HeldBatch): Promise<void> {
    await this.uow.run(async () => {
      await this.lease.hold(held);
      await this.close(held.id, 'ISSUING');
    });
  }

  /** Closes a batch of which no item is open. Runs in the caller's unit, with the batch's row locked. */
  async close(batchId: string, from: 'ISSUING' | 'WAITING_FOR_NUMBERS'): Promise<void> {
    const left = await this.db.rows<{ status: string; items: number }>(
      'SELECT status, COUNT(*) AS items FROM certificate_batch_items WHERE batch_id = ? GROUP BY status',
      [batchId],
    );
    if (left.some(({ status }) => status === 'WAITING' || status === 'RESERVED')) return;
    const status = left.some((one) => one.status === 'REFUSED') ? 'PARTIALLY_COMPLETED' : 'COMPLETED';
    const now = await this.clock.now();
    const closed = await this.db.execute(
      `UPDATE certificate_batches SET status = ?, finished_at = ?, lease_until = NULL, version = version + 1 WHERE id = ? AND status = ?`,
      [status, new Date(now), batchId, from],
    );
    if (closed !== 1) return;
    const counts = Object.fromEntries(left.map((one) => [one.status, Number(one.items)]));
    this.audit.record(
      null,
      'certificate-batch.finish',
      { type: 'certificate-batch', id: batchId },
      { after: { status, counts } },
    );
  }
}
