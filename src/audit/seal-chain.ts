import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../infrastructure/discovery/marks.js';
import { logger } from '../infrastructure/logging/logger.js';
import { Clock } from '../kernel/clock.js';
import { GENESIS } from './audit-chain.js';
import { AuditQueries } from './audit.queries.js';
import type { CheckpointRow } from './audit.rows.js';
import { CheckpointSeal } from './checkpoint-seal.js';
import { VerifyChain } from './verify-chain.js';
import { Witness } from './witness.js';

/** Every minute: signs the newest entry when entries were added, in the table and at the witness (R28). */
@Sweeps({ everyMs: 60_000 })
@Injectable()
export class SealChain implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly chain: AuditQueries,
    private readonly seal: CheckpointSeal,
    private readonly witness: Witness,
    private readonly verify: VerifyChain,
  ) {}

  async sweep(): Promise<number> {
    const written = await this.write();
    // Also those that a crash kept from the witness.
    const beyond = await this.chain.checkpointsBetween(await this.witness.lastSeq(), Number.MAX_SAFE_INTEGER);
    if (beyond.length > 0) {
      await this.witness.add(
        beyond.map((row) => ({
          seq: row.seq,
          entryHash: row.entry_hash,
          createdAt: row.created_at.toISOString(),
          signature: row.signature,
          keyId: row.key_id,
        })),
      );
    }
    return written;
  }

  private async write(): Promise<number> {
    const { headSeq, headHash, lastCheckpoint } = await this.chain.ends();
    if (headSeq <= lastCheckpoint) return 0;
    const last = await this.db.row<CheckpointRow>(
      'SELECT seq, entry_hash, created_at, signature, key_id FROM audit_checkpoints WHERE seq = ?',
      [lastCheckpoint],
    );
    // Nothing is vouched for that does not fit: a signature must not cover up what somebody altered.
    const start = { seq: lastCheckpoint, hash: last?.entry_hash ?? GENESIS };
    const fault = await this.verify.faultAfter(start, headSeq);
    if (fault) {
      logger.error({ seq: fault.seq, why: fault.why }, 'the audit trail is not whole; it is not sealed');
      return 0;
    }
    const now = await this.clock.now();
    const { entryHash, signature, keyId } = this.seal.seal(headSeq, headHash, new Date(now).toISOString());
    try {
      await this.uow.run(() =>
        this.db.insert('audit_checkpoints', {
          seq: headSeq,
          entry_hash: entryHash,
          created_at: new Date(now),
          signature,
          key_id: keyId,
        }),
      );
      return 1;
    } catch (error) {
      // Another process sealed the same entry.
      if (isDuplicateOf(error, 'PRIMARY') || isDuplicateOf(error, 'audit_checkpoints')) return 0;
      throw error;
    }
  }
}
