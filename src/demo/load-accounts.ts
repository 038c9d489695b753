import { Accounts, Actors } from '../identity/index.js';
import type { Role } from '../kernel/permissions.js';
import type { BodyKey } from './bodies.data.js';
import type { Stage } from './stage.js';

interface AccountPlan {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly home: BodyKey;
}

/** api.md, Roles: one account per role at the district, and an HR of another unit. */
const AT_THE_DISTRICT: readonly AccountPlan[] = [
  { username: 'hr', displayName: '人事管理员', role: 'HR', home: 'government' },
  { username: 'exam-officer', displayName: '考务管理员', role: 'EXAM_OFFICER', home: 'government' },
  { username: 'reviewer', displayName: '区司法局经办人', role: 'REVIEWER', home: 'government' },
  { username: 'approver', displayName: '区司法局负责人', role: 'APPROVER', home: 'government' },
  { username: 'supervisor', displayName: '执法监督员', role: 'SUPERVISOR', home: 'government' },
  { username: 'auditor', displayName: '审计管理员', role: 'AUDITOR', home: 'government' },
  { username: 'system-admin', displayName: '系统管理员', role: 'SYSTEM_ADMIN', home: 'government' },
  { username: 'security-admin', displayName: '安全管理员', role: 'SECURITY_ADMIN', home: 'government' },
];

/** Before the other bodies: who recorded them must exist. */
export const loadDistrictAccounts = (stage: Stage, password: string): Promise<void> =>
  create(stage, AT_THE_DISTRICT, password);

/** An HR of another unit, and the account of one officer, whose record must exist. */
export async function loadOtherAccounts(stage: Stage, password: string): Promise<void> {
  await create(
    stage,
    [{ username: 'hr-2', displayName: '农业农村局人事员', role: 'HR', home: 'agriculture' }],
    password,
  );
  const officer = stage.officers.find(({ body, fate }) => body === 'urban' && fate === 'ALLOCATED');
  if (!officer) throw new Error('nobody can be the officer of the demonstration');
  const plan = { username: 'officer', displayName: officer.name, role: 'OFFICER', home: 'government' } as const;
  await create(stage, [plan], password, officer.id);
}

async function create(
  stage: Stage,
  plans: readonly AccountPlan[],
  password: string,
  officerId?: string,
): Promise<void> {
  const accounts = stage.app.get(Accounts, { strict: false });
  const actors = stage.app.get(Actors, { strict: false });
  const made = stage.time.now;
  for (const { username, displayName, role, home } of plans) {
    const homeSubjectId = stage.body(home).id;
    const account = { username, displayName, password, homeSubjectId, roles: [role] };
    const id = await accounts.create(officerId === undefined ? account : { ...account, officerId }, made);
    const actor = await actors.ofAccount(id);
    if (!actor) throw new Error(`the account ${username} is not there`);
    stage.actors.set(username, actor);
  }
}
