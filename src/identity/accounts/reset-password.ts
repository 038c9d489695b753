import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { refuseOwnAccount } from '../accounts.js';
import { PasswordDesk } from '../password-desk.js';
import { Sessions } from '../sessions.js';
import type { ResetPasswordDto } from './accounts.dto.js';
import { AccountQueries } from './accounts.queries.js';
import type { AccountWithPasswordView } from './accounts.view.js';

/** Gives somebody who forgot it another first password, and ends the sessions and the lock of the account. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly accounts: AccountQueries,
    private readonly passwords: PasswordDesk,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 422 */
  async execute(actor: Actor, id: string, given: ResetPasswordDto): Promise<AccountWithPasswordView> {
    const { username } = await this.accounts.row(actor, id);
    refuseOwnAccount(actor, id);
    const password = given.password ?? this.passwords.initial();
    const hash = await this.passwords.hashOfNew(password, username, id, await this.clock.now());
    const account = await this.uow.run(async () => {
      await this.accounts.lock(actor, id);
      const now = await this.clock.now();
      await this.passwords.replace(id, hash, true, now);
      await this.sessions.endAll(id, now);
      this.audit.record(actor, 'account.reset-password', { type: 'account', id });
      return this.accounts.read(actor, id);
    });
    return given.password === undefined ? { ...account, initialPassword: password } : account;
  }
}
