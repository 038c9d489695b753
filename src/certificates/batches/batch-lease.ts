import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { NumberMode } from './batch-terms.js';

/** A batch that this worker holds. */
export interface HeldBatch {
  readonly id: string;
  readonly epoch: number;
}

export interface BatchRow {
  readonly id: string;
  readonly mode: NumberMode;
  readonly validFrom: string;
  readonly validTo: string;
  readonly ownerSubjectId: string;
  readonly createdBy: string;
  readonly createdAt: number;
}

/** Longer than any one transaction of a batch. */
const LEASE_MS = 30_000;

/** Raised when another worker took the batch over. The unit rolls back and nothing of it stays. */
export class LeaseLost extends Error {}

/** Lease and epoch of a batch (R16): two workers never work on one batch, and a late one writes nothing. */
@Injectable()
export class BatchLease {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Takes a batch that is to be issued and that nobody holds; null when there is no such batch. */
  async take(batchId: string): Promise<HeldBatch | null> {
    return this.uow.run(async () => {
      const row = await this.db.row<{ status: string; epoch: number; lease_until: Date | null }>(
        'SELECT status, epoch, lease_until FROM certificate_batches WHERE id = ? FOR UPDATE',
        [batchId],
      );
      const now = await this.clock.now();
      if (row?.status !== 'ISSUING' || (row.lease_until?.getTime() ?? 0) > now) return null;
      await this.db.execute('UPDATE certificate_batches SET epoch = epoch + 1, lease_until = ? WHERE id = ?', [
        new Date(now + LEASE_MS),
        batchId,
      ]);
      return { id: batchId, epoch: row.epoch + 1 };
    });
  }

  /** Makes the lease longer and locks the batch for the unit: before each round in one of its own, and to close the batch. @throws LeaseLost */
  async renew({ id, epoch }: HeldBatch): Promise<void> {
    await this.uow.run(async () =>
      this.db.updateOne(
        `UPDATE certificate_batches SET lease_until = ? WHERE id = ? AND epoch = ? AND status = 'ISSUING'`,
        [new Date((await this.clock.now()) + LEASE_MS), id, epoch],
        () => {
          throw new LeaseLost();
        },
      ),
    );
  }

  /**
   * First statement of every unit of a batch. Units of one holder share its row; who takes the batch over, or closes it, waits until
   * they have ended. @throws LeaseLost
   */
  async hold({ id, epoch }: HeldBatch): Promise<BatchRow> {
    const row = await this.db.row<{
      status: string;
      epoch: number;
      number_mode: NumberMode;
      valid_from: string;
      valid_to: string;
      owner_subject_id: string;
      created_by: string;
      created_at: Date;
    }>(
      `SELECT status, epoch, number_mode, valid_from, valid_to, owner_subject_id, created_by, created_at
       FROM certificate_batches WHERE id = ? LOCK IN SHARE MODE`,
      [id],
    );
    if (row?.status !== 'ISSUING' || row.epoch !== epoch) throw new LeaseLost();
    return {
      id,
      mode: row.number_mode,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      ownerSubjectId: row.owner_subject_id,
      createdBy: row.created_by,
      createdAt: row.created_at.getTime(),
    };
  }

  /** Lets go, so that the next try need not wait for the lease to run out. */
  async release({ id, epoch }: HeldBatch): Promise<void> {
    await this.uow.run(() =>
      this.db.execute('UPDATE certificate_batches SET lease_until = NULL WHERE id = ? AND epoch = ?', [id, epoch]),
    );
  }

  /** Batches to be issued that nobody holds. */
  async abandoned(): Promise<readonly string[]> {
    const rows = await this.db.rows<{ id: string }>(
      `SELECT id FROM certificate_batches WHERE status = 'ISSUING' AND (lease_until IS NULL OR lease_until <= ?) ORDER BY id`,
      [new Date(await this.clock.now())],
    );
    return rows.map(({ id }) => id);
  }
}
