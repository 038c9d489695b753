import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { refuseOwnAccount } from '../accounts.js';
import { Sessions } from '../sessions.js';
import type { AccountStatus } from './accounts.dto.js';
import { AccountQueries } from './accounts.queries.js';
import type { AccountView } from './accounts.view.js';

/** Closes and opens accounts. A closed one is out with its next request (R25). */
@Injectable()
export class SwitchAccount {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly accounts: AccountQueries,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409, 422 OWN_ACCOUNT */
  execute(actor: Actor, id: string, status: AccountStatus): Promise<AccountView> {
    return this.uow.run(async () => {
      const account = await this.accounts.lock(actor, id);
      const now = await this.clock.now();
      refuseOwnAccount(actor, id);
      if (account.status === status) {
        throw new Problem('conflict', 'ACCOUNT_STATE', `The account is ${status} already.`, {
          extensions: { state: account.status },
        });
      }
      await this.db.execute(
        'UPDATE accounts SET status = ?, failed_logins = 0, locked_until = NULL, version = version + 1 WHERE id = ?',
        [status, id],
      );
      await this.sessions.endAll(id, now);
      const verb = status === 'DISABLED' ? 'account.disable' : 'account.enable';
      this.audit.record(
        actor,
        verb,
        { type: 'account', id },
        { before: { status: account.status }, after: { status } },
      );
      return this.accounts.read(actor, id);
    });
  }
}
