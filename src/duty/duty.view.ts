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

export class CheckMemberView {
  officerId?: string;
  certificateNo?: string;
}

export class CheckRequestView {
  subjectId: string;
  matterCode: string;
  divisionCode: string | null;
  from: string;
  to: string;
  members: CheckMemberView[];
}

export class DutyCheckRecordView {
  id: string;
  subjectId: string;
  subjectName: string;
  matterCode: string;
  matterName: string;
  actType: string;
  cleared: boolean;
  decidedBy: string;
  /** Name of who asked. */
  decidedByName: string | null;
  decidedAt: string;
  request: CheckRequestView;
  decision: DutyDecisionView;
}

export class DutyCheckSummaryView {
  id: string;
  subjectId: string;
  subjectName: string;
  matterCode: string;
  matterName: string;
  /** How many people were named. */
  memberCount: number;
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

export class DeploymentMemberView {
  officerId: string;
  name: string;
  certificateId: string | null;
  certificateNo: string | null;
}

/** One decision about a deployment, as it is kept. */
export class DeploymentDecisionView {
  /** CREATE, START or RECALL */
  occasion: string;
  /** Of a recall: what was done or found. */
  cause: string | null;
  decidedAt: string;
  /** Name of who acted; null where the system did. */
  decidedByName: string | null;
  decision: DutyDecisionView;
}

export class DeploymentView {
  id: string;
  title: string;
  subjectId: string;
  subjectName: string;
  matterCode: string;
  matterName: string;
  actType: string;
  divisionCode: string | null;
  from: string;
  to: string;
  /** PLANNED, ACTIVE, COMPLETED, CANCELLED or RECALLED */
  status: string;
  via: ViaView;
  /** Document number of the delegation, or the article of the power. */
  viaText: string | null;
  members: DeploymentMemberView[];
  ownerId: string;
  ownerName: string | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** The newest decision that cleared it. */
  decision: DutyDecisionView | null;
  recall: RecallView | null;
  /** Every decision about it, oldest first. */
  decisions: DeploymentDecisionView[];
  /** What may be done with it now. */
  commands: string[];
  version: number;
}

export class DeploymentSummaryView {
  id: string;
  title: string;
  subjectId: string;
  subjectName: string;
  matterCode: string;
  matterName: string;
  from: string;
  to: string;
  /** PLANNED, ACTIVE, COMPLETED, CANCELLED or RECALLED */
  status: string;
  memberCount: number;
  endedAt: string | null;
  /** Of a recalled one: what was done or found. */
  recallCause: string | null;
  /** What may be done with it now. */
  commands: string[];
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
