import { IssuanceDesk, liveSlot, type CertificateRecord, type IssuanceRuling } from '../certificates/index.js';
import { canonicalJson } from '../infrastructure/crypto/canonical.js';
import { newId } from '../kernel/ids.js';
import { legalDateOf } from '../rules/calendar.js';
import type { ApplicationType } from '../rules/issuance.rules.js';
import type { Officer, Stage } from './stage.js';

export type StoryState = 'SUBMITTED' | 'DISTRICT_REVIEWED' | 'APPROVED' | 'ISSUED' | 'RETURNED' | 'REJECTED';

/** One decision at one of the two levels. */
export interface StoryStep {
  readonly step: 'DISTRICT_REVIEW' | 'DISTRICT_APPROVAL';
  readonly decision: 'APPROVE' | 'RETURN' | 'REJECT';
  readonly opinion: string;
  readonly at: number;
}

export interface StoryApplication {
  readonly officer: Officer;
  readonly type: ApplicationType;
  readonly submittedAt: number;
  readonly state: StoryState;
  readonly steps: readonly StoryStep[];
  /** The certificates of the officer at that time. */
  readonly held: readonly CertificateRecord[];
}

export interface LoadedApplication extends StoryApplication {
  readonly id: string;
  readonly ruling: IssuanceRuling;
}

/** State changes since the submission; the version counts them. */
const MOVES: Readonly<Record<StoryState, number>> = {
  SUBMITTED: 0,
  DISTRICT_REVIEWED: 1,
  APPROVED: 2,
  ISSUED: 4,
  RETURNED: 1,
  REJECTED: 1,
};
const OPEN: readonly StoryState[] = ['SUBMITTED', 'DISTRICT_REVIEWED', 'APPROVED'];

/** Enters applications with the facts that the law book looked at when they were handed in. */
export async function insertApplications(
  stage: Stage,
  applications: readonly StoryApplication[],
): Promise<readonly LoadedApplication[]> {
  const { db } = stage;
  const loaded: LoadedApplication[] = [];
  for (const submittedAt of new Set(applications.map((one) => one.submittedAt))) {
    const group = applications.filter((one) => one.submittedAt === submittedAt);
    const rulings = await judge(stage, group, submittedAt);
    for (const one of group) {
      const ruling = rulings.get(one.officer.id);
      if (!ruling) throw new Error('the law book says nothing about an application');
      loaded.push({ ...one, id: newId(), ruling });
    }
  }
  await db.insert(
    'certificate_applications',
    loaded.map((one) => applicationRow(stage, one)),
  );
  await db.insert(
    'certificate_application_steps',
    loaded.flatMap((one) => stepRows(stage, one)),
  );
  return loaded;
}

/** What the law book says about them at a moment, by officer. */
export function judge(
  stage: Stage,
  applications: readonly StoryApplication[],
  at: number,
): Promise<ReadonlyMap<string, IssuanceRuling>> {
  return stage.app.get(IssuanceDesk, { strict: false }).judge(
    applications.map(({ officer, type }) => ({
      key: officer.id,
      officerId: officer.id,
      type,
      certificateType: 'ENFORCEMENT',
      subjectId: stage.body(officer.body).id,
      domains: officer.domains,
      hasOpenApplication: false,
    })),
    applications.flatMap(({ held }) => held),
    at,
  );
}

function applicationRow(stage: Stage, { id, officer, type, state, steps, ruling, submittedAt }: LoadedApplication) {
  const twice = (state === 'RETURNED' || state === 'REJECTED') && steps.length > 1;
  return {
    id,
    application_no: `SL${(legalDateOf(submittedAt) ?? '').replaceAll('-', '')}-${id.slice(-12).toUpperCase()}`,
    type,
    certificate_type: 'ENFORCEMENT',
    officer_id: officer.id,
    subject_id: stage.body(officer.body).id,
    domains_json: JSON.stringify(officer.domains),
    state,
    open_slot: OPEN.includes(state) ? liveSlot(officer.id, 'ENFORCEMENT') : null,
    previous_certificate_id: ruling.previousCertificateId,
    facts_json: canonicalJson(ruling.evidence ?? {}),
    version: 1 + MOVES[state] + (twice ? 1 : 0),
    submitted_by: stage.by('hr'),
    submitted_at: new Date(submittedAt),
  };
}

function stepRows(stage: Stage, { id, steps, submittedAt }: LoadedApplication) {
  const row = (step: string, decision: string, opinion: string, actor: string, at: number) => ({
    id: newId(),
    application_id: id,
    step,
    decision,
    opinion,
    actor_id: stage.by(actor),
    decided_at: new Date(at),
  });
  return [
    row('SUBMISSION', 'SUBMIT', '', 'hr', submittedAt),
    ...steps.map(({ step, decision, opinion, at }) =>
      row(step, decision, opinion, step === 'DISTRICT_REVIEW' ? 'reviewer' : 'approver', at),
    ),
  ];
}
