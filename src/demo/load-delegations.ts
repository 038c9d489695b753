import { newId } from '../kernel/ids.js';
import { DELEGATIONS, type DelegationPlan } from './delegations.data.js';
import type { Stage } from './stage.js';

/** Delegations as the verbs of the room leave them, each at its own state. */
export async function loadDelegations(stage: Stage): Promise<void> {
  for (const plan of DELEGATIONS) {
    const id = newId();
    stage.delegations.set(plan.key, id);
    await insertLetter(stage, id, plan);
    await insertPublications(stage, id, plan);
    if (plan.suspended) {
      const { from, until, reason } = plan.suspended;
      await suspendDelegation(stage, id, { from, reason }, until);
    }
    if (plan.revoked) await insertRevocation(stage, id, plan.revoked);
    await insertRecords(stage, id, plan);
  }
}

async function insertLetter(stage: Stage, id: string, plan: DelegationPlan): Promise<void> {
  const { db, time } = stage;
  const [title, article, rank] = plan.basis;
  const drafted = time.at(time.day(plan.drafted), 9);
  await db.insert('delegations', {
    id,
    delegator_id: stage.body(plan.from).id,
    delegatee_id: stage.body(plan.to).id,
    jurisdiction_code: plan.area ?? '410102',
    authority: plan.authority,
    document_no: plan.documentNo(time.thisYear),
    basis_title: title,
    basis_article: article,
    basis_rank: rank,
    valid_from: time.day(plan.validFrom),
    valid_to: time.day(plan.validTo),
    signed_on: plan.signed === undefined ? null : time.day(plan.signed),
    signed_recorded_at: plan.signed === undefined ? null : new Date(time.at(time.day(plan.signed), 16)),
    stage: stageOf(plan),
    version: versionOf(plan),
    created_at: new Date(drafted),
    created_by: stage.by('reviewer'),
  });
  await db.insert(
    'delegation_matters',
    plan.matters.map((code) => ({ delegation_id: id, matter_code: code })),
  );
}

function stageOf({ signed, published, revoked }: DelegationPlan): string {
  if (revoked) return 'REVOKED';
  if (published !== undefined) return 'PUBLISHED';
  return signed === undefined ? 'DRAFT' : 'SIGNED';
}

/** One more for each verb. */
const versionOf = ({
  signed,
  published,
  suspended,
  revoked,
  supervisions = [],
  reports = [],
}: DelegationPlan): number =>
  1 +
  [signed, published, suspended, suspended?.until, revoked].filter((verb) => verb !== undefined).length +
  supervisions.length +
  reports.length;

async function insertPublications(stage: Stage, id: string, { published }: DelegationPlan): Promise<void> {
  if (published === undefined) return;
  const { db, time } = stage;
  const publishedOn = time.day(published);
  const recorded = stage.recorded(time.at(publishedOn, 17), 'reviewer');
  await db.insert(
    'delegation_publications',
    (['DELEGATOR', 'DELEGATEE'] as const).map((side) => ({
      id: newId(),
      delegation_id: id,
      side,
      reference: `https://zhongyuan.example.invalid/delegations/${side.toLowerCase()}/${publishedOn}`,
      published_on: publishedOn,
      ...recorded,
    })),
  );
}

/** Also while deployments are told: one of them is recalled by it. Days from today; open where there is no end. */
export async function suspendDelegation(
  stage: Stage,
  id: string,
  { from, reason }: { readonly from: number; readonly reason: string },
  until?: number,
): Promise<void> {
  const { db, time } = stage;
  const begun = time.at(time.day(from), 9);
  const resumed = until === undefined ? null : time.at(time.day(until), 9);
  const row = (end: number | null, recordedAt: number, supersededAt: number | null) => ({
    id: newId(),
    delegation_id: id,
    reason,
    effective_from: new Date(begun),
    effective_to: end === null ? null : new Date(end),
    recorded_at: new Date(recordedAt),
    superseded_at: supersededAt === null ? null : new Date(supersededAt),
    recorded_by: stage.by('approver'),
  });
  await db.insert(
    'delegation_suspensions',
    resumed === null ? [row(null, begun, null)] : [row(null, begun, resumed), row(resumed, resumed, null)],
  );
}

async function insertRevocation(
  stage: Stage,
  id: string,
  { from, reason }: { readonly from: number; readonly reason: string },
): Promise<void> {
  const { db, time } = stage;
  await db.insert('delegation_revocations', {
    id: newId(),
    delegation_id: id,
    reason,
    effective_from: new Date(time.start(time.day(from))),
    ...stage.recorded(time.at(time.day(from - 2), 10), 'approver'),
  });
}

async function insertRecords(
  stage: Stage,
  id: string,
  { supervisions = [], reports = [] }: DelegationPlan,
): Promise<void> {
  const { db, time } = stage;
  const record = (kind: 'SUPERVISION' | 'REPORT', on: number, summary: string, findings: string | null) => ({
    id: newId(),
    delegation_id: id,
    kind,
    happened_on: time.day(on),
    summary,
    findings,
    ...stage.recorded(time.at(time.day(on), 17), kind === 'SUPERVISION' ? 'reviewer' : 'hr'),
  });
  await db.insert('delegation_records', [
    ...supervisions.map(([on, summary, findings]) => record('SUPERVISION', on, summary, findings)),
    ...reports.map(([on, summary]) => record('REPORT', on, summary, null)),
  ]);
}
