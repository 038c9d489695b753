import { ReasonView } from '../infrastructure/http/reason.view.js';
import { explain } from '../rules/refusal-texts.js';
import type { DutyDecision } from '../rules/duty-reasons.js';
import type { Reason } from '../rules/verdict.js';

export class MemberDecisionView {
  officerId: string | null;
  name: string | null;
  certificateNo: string | null;
  cleared: boolean;
  reasons: ReasonView[];
  warnings: ReasonView[];
}

export class ViaView {
  /** OWN_POWER or DELEGATION */
  kind: string;
  id: string;
}

export class DutyDecisionView {
  cleared: boolean;
  subjectReasons: ReasonView[];
  teamReasons: ReasonView[];
  members: MemberDecisionView[];
  via: ViaView | null;
  rulesVersion: string;
  decidedAt: string;
  knownAt: string;
}

export class DutyCheckView extends DutyDecisionView {
  /** Of the recorded check; absent with record: false. */
  checkId?: string;
}

export class DutyCheckRecordView {
  id: string;
  subjectId: string;
  matterCode: string;
  cleared: boolean;
  decidedBy: string;
  decidedAt: string;
  request: unknown;
  decision: DutyDecisionView;
}

export class DutyCheckSummaryView {
  id: string;
  subjectId: string;
  matterCode: string;
  cleared: boolean;
  decidedAt: string;
}

export class DutyReplayView {
  checkId: string;
  /** The answer as it was recorded. */
  original: DutyDecisionView;
  /** Decided again from the facts stored with the check. */
  fromStoredFacts: DutyDecisionView;
  /** The same question, by what is known today. */
  fromTodaysKnowledge: DutyDecisionView;
  /** True when the stored facts gave the recorded answer again. */
  reproduced: boolean;
}

export class RecallView {
  at: string;
  cause: string | null;
  decision: DutyDecisionView;
}

export class DeploymentView {
  id: string;
  title: string;
  subjectId: string;
  matterCode: string;
  divisionCode: string | null;
  from: string;
  to: string;
  /** PLANNED, ACTIVE, COMPLETED, CANCELLED or RECALLED */
  status: string;
  via: ViaView;
  members: { officerId: string; certificateId: string | null }[];
  ownerId: string;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** The newest decision that cleared it. */
  decision: DutyDecisionView | null;
  recall: RecallView | null;
  /** What may be done with it now. */
  commands: string[];
  version: number;
}

export class DeploymentSummaryView {
  id: string;
  title: string;
  subjectId: string;
  matterCode: string;
  from: string;
  to: string;
  status: string;
}

const views = (reasons: readonly Reason[]): ReasonView[] => reasons.map((reason) => ({ ...explain(reason) }));

/** The decision as the API gives it: sentences added, times in RFC 3339. */
export const decisionView = (decision: DutyDecision): DutyDecisionView => ({
  cleared: decision.cleared,
  subjectReasons: views(decision.subjectReasons),
  teamReasons: views(decision.teamReasons),
  members: decision.members.map((member) => ({
    officerId: member.officerId,
    name: member.name,
    certificateNo: member.certificateNo,
    cleared: member.cleared,
    reasons: views(member.reasons),
    warnings: views(member.warnings),
  })),
  via: decision.via === null ? null : { kind: decision.via.kind, id: decision.via.id },
  rulesVersion: decision.rulesVersion,
  decidedAt: new Date(decision.decidedAt).toISOString(),
  knownAt: new Date(decision.knownAt).toISOString(),
});
