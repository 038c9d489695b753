import { newId } from '../kernel/ids.js';
import { BODIES, CULTURE_SQUAD_SUSPENDED, SALT_ABOLISHED, type BodyKey, type BodyPlan } from './bodies.data.js';
import type { LoadedBody, Stage } from './stage.js';
import { syntheticCreditCode } from './synthetic-codes.js';

interface Period {
  readonly status: 'CONFIRMED' | 'SUSPENDED' | 'ABOLISHED';
  readonly from: number;
  readonly to: number | null;
  readonly document: string;
  readonly reason: string | null;
  readonly recordedAt: number;
  readonly supersededAt: number | null;
}

const CONFIRMED_SINCE = '2019-05-01';

/** The root, without anybody who could have recorded it. */
export async function loadRoot(stage: Stage): Promise<void> {
  const [root] = BODIES;
  if (!root) throw new Error('the story has no root');
  await insertBody(stage, root, 1);
  await insertPeriods(stage, root.key, [confirmed(stage)], null);
}

/** The bodies below the root, each with the history that led to where it stands. */
export async function loadBodies(stage: Stage): Promise<void> {
  for (const [i, plan] of BODIES.entries()) {
    if (plan.parent === null) continue;
    await insertBody(stage, plan, i + 1);
    await insertPeriods(stage, plan.key, periodsOf(stage, plan), stage.by('approver'));
  }
}

async function insertBody(stage: Stage, plan: BodyPlan, serial: number): Promise<void> {
  const { db, time } = stage;
  const id = newId();
  const parent = plan.parent === null ? null : stage.body(plan.parent);
  const path = `${parent?.path ?? '/'}${id}/`;
  const uscc = syntheticCreditCode(
    plan.kind === 'AUTHORIZED_ORG' || plan.kind === 'DELEGATED_ORG' ? '12' : '11',
    serial,
  );
  const moves = { REGISTERED: 0, CONFIRMED: 1, SUSPENDED: 2, ABOLISHED: 2 }[plan.fate ?? 'CONFIRMED'];
  await db.insert('subjects', {
    id,
    name: plan.name,
    uscc,
    active_uscc: plan.fate === 'ABOLISHED' ? null : uscc,
    kind: plan.kind,
    division_code: plan.division,
    parent_id: parent?.id ?? null,
    path,
    version: 1 + moves,
    created_at: new Date(plan.fate === 'REGISTERED' ? time.fromNow(-15) : time.at(time.adopted)),
  });
  const [title, article, rank] = plan.basis;
  await db.insert('subject_legal_bases', { id: newId(), subject_id: id, title, article, basis_rank: rank });
  const loaded: LoadedBody = { id, path, name: plan.name, division: plan.division };
  stage.bodies.set(plan.key, loaded);
}

const confirmed = ({ time }: Stage): Period => ({
  status: 'CONFIRMED',
  from: time.start(CONFIRMED_SINCE),
  to: null,
  document: '中原政文〔2019〕18号',
  reason: null,
  recordedAt: time.at(time.adopted, 9.5),
  supersededAt: null,
});

/** As `SubjectMoves` writes it: the new status supersedes the open period and closes it in a corrected row. */
function periodsOf(stage: Stage, { fate }: BodyPlan): readonly Period[] {
  const { time } = stage;
  if (fate === 'REGISTERED') return [];
  const first = confirmed(stage);
  if (fate === undefined) return [first];
  const [status, offset, document, reason] =
    fate === 'SUSPENDED'
      ? (['SUSPENDED', CULTURE_SQUAD_SUSPENDED, '中原政文〔暂停〕4号', '机构改革期间暂停以本机构名义执法'] as const)
      : (['ABOLISHED', SALT_ABOLISHED, '中原编〔撤销〕9号', '机构撤销，职能并入区市场监督管理局'] as const);
  const from = time.start(time.day(offset));
  const recordedAt = time.at(time.day(offset - 3), 15);
  return [
    { ...first, supersededAt: recordedAt },
    { ...first, to: from, recordedAt },
    { status, from, to: null, document, reason, recordedAt, supersededAt: null },
  ];
}

async function insertPeriods(
  stage: Stage,
  key: BodyKey,
  periods: readonly Period[],
  recordedBy: string | null,
): Promise<void> {
  const { id, name } = stage.body(key);
  await stage.db.insert(
    'subject_status_periods',
    periods.map((period) => ({
      id: newId(),
      subject_id: id,
      status: period.status,
      effective_from: new Date(period.from),
      effective_to: period.to === null ? null : new Date(period.to),
      document: period.document,
      announcement_reference: period.status === 'CONFIRMED' ? `中原区人民政府公告：${name}` : null,
      announced_on: period.status === 'CONFIRMED' ? '2019-04-25' : null,
      reason: period.reason,
      recorded_at: new Date(period.recordedAt),
      superseded_at: period.supersededAt === null ? null : new Date(period.supersededAt),
      recorded_by: recordedBy,
    })),
  );
}
