import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { sha256 } from '../../infrastructure/crypto/canonical.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { requestContext } from '../../infrastructure/http/request-context.js';

/** Look-ups of one source within the window. */
const LIMIT = 30;
const WINDOW_MS = 60_000;

/** BR-96: counted in the database, so that every process counts alike. The source is kept as a hash, and not for long. */
@Sweeps({ everyMs: 600_000 })
@Injectable()
export class LookupThrottle implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 429 with the seconds to wait */
  async pass(): Promise<void> {
    const source = sha256(requestContext.getStore()?.ip ?? 'unknown');
    const now = await this.clock.now();
    const opened = new Date(now - WINDOW_MS);
    const row = await this.uow.run(async () => {
      await this.db.execute(
        `INSERT INTO public_lookup_throttles (source_hash, window_start, lookups) VALUES (?, ?, 1)
         ON DUPLICATE KEY UPDATE lookups = IF(window_start <= ?, 1, lookups + 1), window_start = IF(window_start <= ?, ?, window_start)`,
        [source, new Date(now), opened, opened, new Date(now)],
      );
      return this.db.row<{ lookups: number; window_start: Date }>(
        'SELECT lookups, window_start FROM public_lookup_throttles WHERE source_hash = ?',
        [source],
      );
    });
    if (!row || row.lookups <= LIMIT) return;
    throw new Problem('throttled', 'LOOKUP_THROTTLED', 'Too many look-ups from your address. Wait and try again.', {
      retryAfterSeconds: Math.max(1, Math.ceil((row.window_start.getTime() + WINDOW_MS - now) / 1000)),
    });
  }

  /** Forgets sources whose window is long over. */
  async sweep(): Promise<number> {
    const before = new Date((await this.clock.now()) - 60 * WINDOW_MS);
    return this.uow.run(() =>
      this.db.execute('DELETE FROM public_lookup_throttles WHERE window_start < ? LIMIT 1000', [before]),
    );
  }
}
