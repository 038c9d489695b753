import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Sweeps, type Sweeper } from '../discovery/marks.js';
import { FileStore } from '../files/file-store.js';
import { IDEMPOTENCY_HOURS } from '../http/idempotency.js';
import { Db } from './db.js';
import { UnitOfWork } from './unit-of-work.js';

const HOUR = 3_600_000;
/** Rows deleted per round: short locks. */
const ROUND = 1000;

/** A decrypted file is lent for less than this; an older one belongs to a process that was killed. */
const LENT_AT_MOST_MS = 300_000;

/** Every minute: forgets idempotency keys and throttle windows that no longer bind anybody, and what a killed process left on disk. */
@Sweeps({ everyMs: 60_000 })
@Injectable()
export class Housekeeping implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly files: FileStore,
  ) {}

  async sweep(): Promise<number> {
    const now = await this.clock.now();
    const keys = await this.uow.run(() =>
      this.db.execute(`DELETE FROM idempotency_keys WHERE created_at < ? LIMIT ${ROUND}`, [
        new Date(now - IDEMPOTENCY_HOURS * HOUR),
      ]),
    );
    const throttles = await this.uow.run(() =>
      this.db.execute(`DELETE FROM login_throttles WHERE window_start < ? LIMIT ${ROUND}`, [new Date(now - HOUR)]),
    );
    return keys + throttles + (await this.files.removeLeftovers(LENT_AT_MOST_MS));
  }
}
