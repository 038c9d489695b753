import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { staleVersion } from '../../infrastructure/http/if-match.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { Role } from '../../kernel/permissions.js';
import { refuseOwnAccount, refuseRoleMix } from '../accounts.js';
import { Sessions } from '../sessions.js';
import { AccountQueries } from './accounts.queries.js';
import { rolesOf, type AccountView } from './accounts.view.js';

/** Gives an account its roles. Its sessions end, so that nobody goes on as who he was (R25). */
@Injectable()
export class SetRoles {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly accounts: AccountQueries,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 412, 422 */
  execute(actor: Actor, id: string, version: number, roles: readonly Role[]): Promise<AccountView> {
    return this.uow.run(async () => {
      const account = await this.accounts.lock(actor, id);
      const now = await this.clock.now();
      if (account.version !== version) throw staleVersion(account.version);
      refuseOwnAccount(actor, id);
      refuseRoleMix(roles);
      await this.db.execute('DELETE FROM account_roles WHERE account_id = ?', [id]);
      await this.db.insert(
        'account_roles',
        roles.map((role) => ({ account_id: id, role })),
      );
      await this.db.execute('UPDATE accounts SET version = version + 1 WHERE id = ?', [id]);
      await this.sessions.endAll(id, now);
      this.audit.record(
        actor,
        'account.set-roles',
        { type: 'account', id },
        { before: { roles: rolesOf(account) }, after: { roles } },
      );
      return this.accounts.read(actor, id);
    });
  }
}
