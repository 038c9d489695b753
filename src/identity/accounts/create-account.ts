import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { PasswordDesk } from '../password-desk.js';
import type { CreateAccountDto } from './accounts.dto.js';
import { AccountQueries } from './accounts.queries.js';
import type { AccountView } from './accounts.view.js';

/**
 * Opens an account without any role: those come from the security administrator, so that no administrator makes himself a clerk.
 * Where no first password is given there is none: nobody can sign in before reset-password made one.
 */
@Injectable()
export class CreateAccount {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly accounts: AccountQueries,
    private readonly passwords: PasswordDesk,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404 body or officer, 409 USERNAME_TAKEN, 422 */
  async execute(actor: Actor, given: CreateAccountDto): Promise<AccountView> {
    const hash =
      given.password === undefined
        ? await this.passwords.hashOfNobody()
        : await this.passwords.hashOfNew(given.password, given.username, null, await this.clock.now());
    try {
      return await this.uow.run(() => this.create(actor, given, hash));
    } catch (error) {
      if (!isDuplicateOf(error, 'uq_accounts_username')) throw error;
      throw new Problem('conflict', 'USERNAME_TAKEN', 'Another account has this user name.');
    }
  }

  private async create(actor: Actor, given: CreateAccountDto, hash: string): Promise<AccountView> {
    await this.accounts.requireSubject(actor, given.homeSubjectId);
    if (given.officerId !== undefined) await this.accounts.requireOfficer(actor, given.officerId);
    const id = newId();
    await this.db.insert('accounts', {
      id,
      username: given.username,
      display_name: given.displayName,
      password_hash: hash,
      password_initial: true,
      status: 'ACTIVE',
      home_subject_id: given.homeSubjectId,
      officer_id: given.officerId ?? null,
      created_at: new Date(await this.clock.now()),
    });
    const { username, homeSubjectId, officerId } = given;
    this.audit.record(
      actor,
      'account.create',
      { type: 'account', id },
      { after: { username, homeSubjectId, officerId } },
    );
    return this.accounts.read(actor, id);
  }
}
