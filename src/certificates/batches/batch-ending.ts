import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db } from '../../infrastructure/database/db.js';
import { AuditTrail } from '../../audit/index.js';

/** Closes batches of which no item is open any more. */
@Injectable()
export class BatchEnding {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  /** Runs in the caller's unit, with the batch's row locked. */
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
