import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Problem } from '../kernel/problem.js';
import { Actors } from './actors.js';
import { LoginFailures } from './login-failures.js';
import { PasswordDesk } from './password-desk.js';
import { DUMMY_HASH, verifyPassword } from './passwords.js';
import { Sessions } from './sessions.js';

interface AccountRow {
  readonly id: string;
  readonly password_hash: string;
  readonly password_initial: number;
  readonly status: string;
  readonly locked_until: Date | null;
  readonly password_since: Date;
}

/** What a log-in gives: the token leaves once. */
export interface SignedIn {
  readonly token: string;
  readonly expiresAt: number;
  readonly actor: Actor;
  readonly mustChangePassword: boolean;
}

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
    private readonly failures: LoginFailures,
    private readonly passwords: PasswordDesk,
    private readonly sessions: Sessions,
    private readonly actors: Actors,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 401 LOGIN_FAILED, 429 LOGIN_THROTTLED */
  async execute(username: string, password: string): Promise<SignedIn> {
    const now = await this.clock.now();
    await this.failures.refuseThrottled(now);
    const account = await this.db.row<AccountRow>(
      `SELECT a.id, a.password_hash, a.password_initial, a.status, a.locked_until, COALESCE((SELECT MAX(f.recorded_at)
         FROM former_passwords f WHERE f.account_id = a.id), a.created_at) AS password_since FROM accounts a WHERE a.username = ?`,
      [username],
    );
    const locked = (account?.locked_until?.getTime() ?? 0) > now;
    const right = await verifyPassword(account?.password_hash ?? DUMMY_HASH, password);
    const actor =
      account && right && !locked && account.status === 'ACTIVE' ? await this.actors.ofAccount(account.id) : null;
    if (!account || !actor) {
      await this.failures.count(account && !locked ? account.id : null, now);
      throw refused();
    }
    const isOld = await this.passwords.isTooOld(account.password_since.getTime(), now);
    const mustChange = account.password_initial === 1 || isOld;
    const session = await this.uow.run(async () => {
      const started = await this.clock.now();
      // The guard asks at every request whether somebody has to change the password; here it is noted that its time is over.
      await this.db.execute(
        'UPDATE accounts SET failed_logins = 0, locked_until = NULL, password_initial = ? WHERE id = ? AND password_hash = ?',
        [mustChange, account.id, account.password_hash],
      );
      this.audit.record(actor, 'session.start', { type: 'account', id: account.id });
      return this.sessions.start(account.id, started);
    });
    return { ...session, actor, mustChangePassword: mustChange };
  }
}
