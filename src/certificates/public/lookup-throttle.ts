import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { requestContext } from '../../infrastructure/http/request-context.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { legalDateOf } from '../../rules/calendar.js';

/** What is counted of one source, each for itself. */
const WINDOWS = {
  lookup: { setting: 'publish.lookupsPerMinute', ms: 60_000 },
  report: { setting: 'publish.reportsPerHour', ms: 3_600_000 },
} as const;
export type Counted = keyof typeof WINDOWS;

/** BR-96: counted in the database, so that every process counts alike. The source is kept as a keyed hash, and not for long. */
@Sweeps({ everyMs: 600_000 })
@Injectable()
export class LookupThrottle implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly secrets: PersonalData,
  ) {}

  /** Counts one more. Gives the seconds to wait, 0 when there is nothing to wait for. */
  async wait(what: Counted = 'lookup'): Promise<number> {
    const { setting, ms } = WINDOWS[what];
    const source = this.secrets.blindIndex(requestContext.getStore()?.ip ?? 'unknown', `throttle.${what}`);
    const now = await this.clock.now();
    const limit = await this.settings.number(legalDateOf(now) ?? '', setting);
    const opened = new Date(now - ms);
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
    if (!row || row.lookups <= limit) return 0;
    return Math.max(1, Math.ceil((row.window_start.getTime() + ms - now) / 1000));
  }

  /** @throws Problem 429 with the seconds to wait */
  async pass(): Promise<void> {
    const retryAfterSeconds = await this.wait('lookup');
    if (retryAfterSeconds === 0) return;
    throw new Problem('throttled', 'LOOKUP_THROTTLED', 'Too many look-ups from your address. Wait and try again.', {
      retryAfterSeconds,
    });
  }

  /** Forgets sources whose window is long over. */
  async sweep(): Promise<number> {
    const before = new Date((await this.clock.now()) - 2 * WINDOWS.report.ms);
    return this.uow.run(() =>
      this.db.execute('DELETE FROM public_lookup_throttles WHERE window_start < ? LIMIT 1000', [before]),
    );
  }
}
