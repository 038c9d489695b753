import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import { EXCLUSIVE_ROLES, type Role } from '../kernel/permissions.js';
import { Problem } from '../kernel/problem.js';
import { judgeAdministration, judgeRoles } from '../rules/account.rules.js';
import { hashPassword } from './passwords.js';

export interface NewAccount {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
  readonly homeSubjectId: string;
  readonly roles: readonly Role[];
  readonly officerId?: string;
}

/** BR-131: the three administrators exclude each other and every business role. @throws Problem 422 */
export function refuseRoleMix(roles: readonly Role[]): void {
  const { allowed, reasons } = judgeRoles(roles, EXCLUSIVE_ROLES);
  if (allowed) return;
  throw new Problem(
    'refused',
    'ROLES_EXCLUDE_EACH_OTHER',
    'System, security and audit administrators hold no other role.',
    { reasons },
  );
}

/** Nobody administers himself. @throws Problem 422 */
export function refuseOwnAccount(actor: Actor, accountId: string): void {
  const { allowed, reasons } = judgeAdministration(actor.accountId, accountId);
  if (!allowed) throw new Problem('refused', 'OWN_ACCOUNT', 'Nobody administers his own account.', { reasons });
}

@Injectable()
export class Accounts {
  constructor(private readonly db: Db) {}

  /** Creates an account in the open unit of work and gives its id. The password is hashed before (it takes a while). */
  async create(account: NewAccount, now: number): Promise<string> {
    refuseRoleMix(account.roles);
    const id = newId();
    await this.db.insert('accounts', {
      id,
      username: account.username,
      display_name: account.displayName,
      password_hash: await hashPassword(account.password),
      status: 'ACTIVE',
      home_subject_id: account.homeSubjectId,
      officer_id: account.officerId ?? null,
      created_at: new Date(now),
    });
    await this.db.insert(
      'account_roles',
      account.roles.map((role) => ({ account_id: id, role })),
    );
    return id;
  }
}
