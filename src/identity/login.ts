import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { sha256 } from '../infrastructure/crypto/canonical.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { requestContext } from '../infrastructure/http/request-context.js';
import { Settings } from '../infrastructure/settings/settings.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Problem } from '../kernel/problem.js';
import { legalDateOf } from '../rules/calendar.js';
import { Actors } from './actors.js';
import { DUMMY_HASH, verifyPassword } from './passwords.js';
import { Sessions } from './sessions.js';

interface AccountRow {
  readonly id: string;
  readonly password_hash: string;
  readonly status: string;
  readonly failed_logins: number;
  readonly locked_until: Date | null;
}

/** Failures from one source address within the window, over all accounts (E02). */
const SOURCE_LIMIT = 100;
const SOURCE_WINDOW_MS = 15 * 60_000;

const refused = (): Problem =>
  new Problem(
    'unauthenticated',
    'LOGIN_FAILED',
    'User name or password is wrong, or the account is locked or disabled.',
  );

/** Sign-in: unknown account, wrong password, disabled and locked all answer alike; counters live in the database. */
@Injectable()
export class Login {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly sessions: Sessions,
    private readonly actors: Actors,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 401 LOGIN_FAILED, 429 LOGIN_THROTTLED */
  async execute(username: string, password: string): Promise<{ token: string; expiresAt: number; actor: Actor }> {
    const source = sha256(requestContext.getStore()?.ip ?? 'unknown');
    const now = await this.clock.now();
    await this.refuseThrottled(source, now);
    const account = await this.db.row<AccountRow>(
      'SELECT id, password_hash, status, failed_logins, locked_until FROM accounts WHERE username = ?',
      [username],
    );
    const locked = (account?.locked_until?.getTime() ?? 0) > now;
    const right = await verifyPassword(account?.password_hash ?? DUMMY_HASH, password);
    const actor =
      account && right && !locked && account.status === 'ACTIVE' ? await this.actors.ofAccount(account.id) : null;
    if (!account || !actor) {
      await this.failed(source, account && !locked ? account.id : null, now);
      throw refused();
    }
    const session = await this.uow.run(async () => {
      const started = await this.clock.now();
      await this.db.execute('UPDATE accounts SET failed_logins = 0, locked_until = NULL WHERE id = ?', [account.id]);
      this.audit.record(actor, 'session.start', { type: 'account', id: account.id });
      return this.sessions.start(account.id, started);
    });
    return { ...session, actor };
  }

  private async refuseThrottled(source: string, now: number): Promise<void> {
    const row = await this.db.row<{ failures: number; window_start: Date }>(
      'SELECT failures, window_start FROM login_throttles WHERE throttle_key = ?',
      [source],
    );
    if (!row || row.failures < SOURCE_LIMIT) return;
    const until = row.window_start.getTime() + SOURCE_WINDOW_MS;
    if (until <= now) return;
    throw new Problem(
      'throttled',
      'LOGIN_THROTTLED',
      'Too many failed log-ins from this address. Wait and try again.',
      {
        retryAfterSeconds: Math.ceil((until - now) / 1000),
      },
    );
  }

  private async failed(source: string, accountId: string | null, now: number): Promise<void> {
    const today = legalDateOf(now) ?? '';
    const limits = await this.settings.on(today, ['auth.maxFailures', 'auth.lockMinutes']);
    const maxFailures = Number(limits.get('auth.maxFailures'));
    const lockUntil = new Date(now + Number(limits.get('auth.lockMinutes')) * 60_000);
    await this.uow.run(async () => {
      await this.db.execute(
        `INSERT INTO login_throttles (throttle_key, window_start, failures) VALUES (?, ?, 1)
         ON DUPLICATE KEY UPDATE failures = IF(window_start < ?, 1, failures + 1), window_start = IF(window_start < ?, ?, window_start)`,
        [source, new Date(now), new Date(now - SOURCE_WINDOW_MS), new Date(now - SOURCE_WINDOW_MS), new Date(now)],
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
