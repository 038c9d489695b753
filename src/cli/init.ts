import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Accounts } from '../identity/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import type { Role } from '../kernel/permissions.js';
import { normaliseCreditCode } from '../rules/codes/credit-code.js';
import { explain } from '../rules/refusal-texts.js';
import { decideSubject } from '../rules/subject.rules.js';

export interface InitOptions {
  readonly name: string;
  readonly uscc: string;
  readonly division: string;
  readonly adminUsername: string;
  readonly securityUsername: string;
}

/** First passwords where the operator brings his own; without them they are made and shown once. */
export interface FirstPasswords {
  readonly admin?: string | undefined;
  readonly security?: string | undefined;
}

/**
 * `cli init`: the root body (to be confirmed by an approver) and the two administrators that everything else begins with. Only in an
 * empty database.
 */
export async function init(
  app: INestApplicationContext,
  options: InitOptions,
  passwords: FirstPasswords,
): Promise<string> {
  const uscc = normaliseCreditCode(options.uscc);
  const draft = { name: options.name, kind: 'ADMIN_ORGAN', divisionCode: options.division, legalBases: [] } as const;
  const { verdict } = decideSubject({ ...draft, creditCode: uscc, creditCodeInUse: false });
  if (!verdict.allowed) throw new Error(verdict.reasons.map((reason) => explain(reason).en).join('\n'));
  const people = [
    person(options.adminUsername, '系统管理员', 'SYSTEM_ADMIN', passwords.admin),
    person(options.securityUsername, '安全管理员', 'SECURITY_ADMIN', passwords.security),
  ];
  const db = app.get(Db);
  await app.get(UnitOfWork).run(async () => {
    await db.row('SELECT seq FROM audit_head WHERE id = 1 FOR UPDATE');
    if (await db.row('SELECT id FROM subjects LIMIT 1')) throw new Error('this database is in use already');
    const now = await app.get(Clock).now();
    const id = newId();
    await db.insert('subjects', {
      id,
      name: options.name,
      uscc,
      active_uscc: uscc,
      kind: draft.kind,
      division_code: options.division,
      path: `/${id}/`,
      created_at: new Date(now),
    });
    const accounts = app.get(Accounts, { strict: false });
    for (const { username, displayName, role, password } of people) {
      const account = await accounts.create({ username, displayName, password, homeSubjectId: id, roles: [role] }, now);
      await db.execute('UPDATE accounts SET password_initial = 1 WHERE id = ?', [account]);
    }
    app
      .get(AuditTrail, { strict: false })
      .record(null, 'installation.init', { type: 'subject', id }, { after: { name: options.name, uscc } });
  });
  return people
    .map(
      ({ username, password, isMade }) => `account ${username}${isMade ? `, password (shown once): ${password}` : ''}`,
    )
    .join('\n');
}

function person(username: string, displayName: string, role: Role, given: string | undefined) {
  if (given !== undefined && given.length < 10) throw new Error(`the password of ${username} needs 10 characters`);
  return {
    username,
    displayName,
    role,
    isMade: given === undefined,
    password: given ?? `${randomBytes(15).toString('base64url')}-7a`,
  };
}
