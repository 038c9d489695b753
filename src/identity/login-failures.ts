import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { sha256 } from '../infrastructure/crypto/canonical.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { requestContext } from '../infrastructure/http/request-context.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { Problem } from '../kernel/problem.js';
import { legalDateOf } from '../rules/calendar.js';

/** Failures from one source address within the window, over all accounts (E02). */
export const SOURCE_LIMIT = 100;
export const SOURCE_WINDOW_MS = 15 * 60_000;

const source = (): string => sha256(requestContext.getStore()?.ip ?? 'unknown');

/** Counts wrong passwords, by account and by source address, in the database: losing Redis resets nothing (R25). */
@Injectable()
export class LoginFailures {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly settings: Settings,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 429 LOGIN_THROTTLED */
  async refuseThrottled(now: number): Promise<void> {
    const row = await this.db.row<{ failures: number; window_start: Date }>(
      'SELECT failures, window_start FROM login_throttles WHERE throttle_key = ?',
      [source()],
    );
    if (!row || row.failures < SOURCE_LIMIT) return;
    const until = row.window_start.getTime() + SOURCE_WINDOW_MS;
    if (until <= now) return;
    throw new Problem(
      'throttled',
      'LOGIN_THROTTLED',
      'Too many failed log-ins from this address. Wait and try again.',
      { retryAfterSeconds: Math.ceil((until - now) / 1000) },
    );
  }

  /** @param accountId null where no account can be blamed: unknown, or locked already */
  async count(accountId: string | null, now: number): Promise<void> {
    const today = legalDateOf(now) ?? '';
    const limits = await this.settings.on(today, ['auth.maxFailures', 'auth.lockMinutes']);
    const maxFailures = Number(limits.get('auth.maxFailures'));
    const lockUntil = new Date(now + Number(limits.get('auth.lockMinutes')) * 60_000);
    const windowStart = new Date(now - SOURCE_WINDOW_MS);
    await this.uow.run(async () => {
      await this.db.execute(
        `INSERT INTO login_throttles (throttle_key, window_start, failures) VALUES (?, ?, 1)
         ON DUPLICATE KEY UPDATE failures = IF(window_start < ?, 1, failures + 1), window_start = IF(window_start < ?, ?, window_start)`,
        [source(), new Date(now), windowStart, windowStart, new Date(now)],
      );
      if (accountId === null) return;
      await this.db.execute(
        `UPDATE accounts SET locked_until = IF(failed_logins + 1 >= ?, ?, locked_until),
                             failed_logins = IF(failed_logins + 1 >= ?, 0, failed_logins + 1) WHERE id = ?`,
        [maxFailures, lockUntil, maxFailures, accountId],
      );
      this.audit.record(null, 'session.refuse', { type: 'account', id: accountId });
    });
  }
}
