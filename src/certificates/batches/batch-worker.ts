import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { BatchEnding } from './batch-ending.js';
import { BatchLease, LeaseLost, type HeldBatch } from './batch-lease.js';
import { MarkChunk } from './mark-chunk.js';
import { ReserveChunk } from './reserve-chunk.js';

/** Items per transaction: big enough to be fast, small enough that nobody waits long for an officer's row. */
const CHUNK = 500;

/** docs/issuance-cycle.md. Issues a batch, two chunks at a time. May be stopped and started again anywhere: what is done is in the tables. */
@Injectable()
export class BatchWorker {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lease: BatchLease,
    private readonly reserve: ReserveChunk,
    private readonly mark: MarkChunk,
    private readonly ending: BatchEnding,
  ) {}

  /** Works until the batch is done. Gives false when there was nothing to do, or somebody else does it. */
  async advance(batchId: string): Promise<boolean> {
    const held = await this.lease.take(batchId);
    if (!held) return false;
    try {
      while ((await this.round(held)) > 0);
      await this.finish(held);
    } catch (error) {
      if (error instanceof LeaseLost) return false;
      await this.lease.release(held).catch(() => undefined);
      throw error;
    }
    return true;
  }

  /**
   * Marks what was reserved, by this run or an earlier one, and reserves the next chunk meanwhile: two units on two connections that
   * touch different items. Gives how many items went a step on.
   */
  private async round(held: HeldBatch): Promise<number> {
    await this.lease.renew(held);
    const halves = await Promise.allSettled([this.markSome(held), this.reserveSome(held)]);
    // Only now: what failed must not let go of the batch while the other half still writes.
    for (const half of halves) if (half.status === 'rejected') throw half.reason;
    return halves.reduce((sum, half) => sum + (half.status === 'fulfilled' ? half.value : 0), 0);
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
      await this.lease.renew(held);
      await this.ending.close(held.id, 'ISSUING');
    });
  }
}
