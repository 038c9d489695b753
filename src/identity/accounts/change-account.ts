import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { staleVersion } from '../../infrastructure/http/if-match.js';
import type { Actor } from '../../kernel/actor.js';
import type { ChangeAccountDto } from './accounts.dto.js';
import { AccountQueries } from './accounts.queries.js';
import type { AccountView } from './accounts.view.js';

/** Changes the name that is shown, or the home body. The scope is read anew with every request, so it holds at once. */
@Injectable()
export class ChangeAccount {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 412 */
  execute(actor: Actor, id: string, version: number, given: ChangeAccountDto): Promise<AccountView> {
    return this.uow.run(async () => {
      const account = await this.accounts.lock(actor, id);
      if (account.version !== version) throw staleVersion(account.version);
      if (given.homeSubjectId !== undefined) await this.accounts.requireSubject(actor, given.homeSubjectId);
      const displayName = given.displayName ?? account.display_name;
      const homeSubjectId = given.homeSubjectId ?? account.home_id;
      await this.db.execute(
        'UPDATE accounts SET display_name = ?, home_subject_id = ?, version = version + 1 WHERE id = ? AND version = ?',
        [displayName, homeSubjectId, id, version],
      );
      this.audit.record(
        actor,
        'account.change',
        { type: 'account', id },
        { before: { homeSubjectId: account.home_id }, after: { homeSubjectId } },
      );
      return this.accounts.read(actor, id);
    });
  }
}
