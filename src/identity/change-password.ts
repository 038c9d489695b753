import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Problem } from '../kernel/problem.js';
import type { SignedIn } from './login.js';
import { LoginFailures } from './login-failures.js';
import { PasswordDesk } from './password-desk.js';
import { DUMMY_HASH, verifyPassword } from './passwords.js';
import { Sessions } from './sessions.js';

/** A person changes the own password: every session of the account ends, and a new one begins for who did it. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly failures: LoginFailures,
    private readonly passwords: PasswordDesk,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 422 PASSWORD_WRONG or what the policy says, 429 */
  async execute(actor: Actor, current: string, next: string): Promise<SignedIn> {
    const now = await this.clock.now();
    await this.failures.refuseThrottled(now);
    const account = await this.db.row<{ password_hash: string; locked_until: Date | null }>(
      'SELECT password_hash, locked_until FROM accounts WHERE id = ?',
      [actor.accountId],
    );
    const locked = (account?.locked_until?.getTime() ?? 0) > now;
    const right = await verifyPassword(account?.password_hash ?? DUMMY_HASH, current);
    if (!right || locked) {
      // Guessing here counts like guessing at the door.
      if (!locked) await this.failures.count(actor.accountId, now);
      throw new Problem('refused', 'PASSWORD_WRONG', 'The present password is not right.', {
        reasons: [{ code: 'PASSWORD_WRONG', facts: {} }],
      });
    }
    const hash = await this.passwords.hashOfNew(next, actor.username, actor.accountId, now);
    const session = await this.uow.run(async () => {
      await this.db.row('SELECT id FROM accounts WHERE id = ? FOR UPDATE', [actor.accountId]);
      const changed = await this.clock.now();
      await this.passwords.replace(actor.accountId, hash, false, changed);
      await this.sessions.endAll(actor.accountId, changed);
      this.audit.record(actor, 'password.change', { type: 'account', id: actor.accountId });
      return this.sessions.start(actor.accountId, changed);
    });
    return { ...session, actor, mustChangePassword: false };
  }
}
