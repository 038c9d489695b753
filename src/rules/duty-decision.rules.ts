import { contextOf } from './duty-context.js';
import { findPower } from './duty-delegation.rules.js';
import {
  ACT_TYPES,
  type ActType,
  type DutyFacts,
  type DutyMoment,
  type DutyRequest,
  type DutySettings,
} from './duty-facts.js';
import { duplicateOf, judgeMember, unknownMember } from './duty-member.rules.js';
import type { BodyReasonCode, DutyDecision, MemberDecision, TeamCode } from './duty-reasons.js';
import { subjectReasons } from './duty-subject.rules.js';
import type { Reason } from './verdict.js';

/** Stored with every decision. Raise it with every change that can change an answer. */
export const RULES_VERSION = 'duty-1';

/** 行政处罚法 42, 行政强制法 17-18, 河南省行政执法条例 24: never alone. BR-88. */
const NEVER_ALONE: readonly ActType[] = ['PENALTY', 'COERCIVE_MEASURE', 'COERCIVE_EXECUTION', 'INSPECTION'];
const LEGAL_MINIMUM = 2;

/**
 * Takes an act type and the settings. Gives how many cleared officers the act needs. The setting may raise the legal minimum of
 * two, never lower it; an act type that is not known needs as many as the strictest, a setting that cannot be read lets nobody act.
 */
export function minimumOfficers(actType: ActType, settings: Pick<DutySettings, 'minimumOfficers'>): number {
  if (ACT_TYPES.includes(actType) && !NEVER_ALONE.includes(actType)) return 1;
  const set = settings.minimumOfficers;
  return Number.isFinite(set) ? Math.max(LEGAL_MINIMUM, Math.ceil(set)) : Number.MAX_SAFE_INTEGER;
}

/**
 * May these people do this act, for this body, in this area, for this span of time? `duty-decision.md` in the design notes is the
 * norm. Takes facts that are known at `moment.knownAt` and a request with from < to. Gives the decision with every reason; never
 * throws on facts that it cannot read, but denies.
 */
export function decideDuty(facts: DutyFacts, request: DutyRequest, moment: DutyMoment): DutyDecision {
  const context = contextOf(facts, request);
  const power = findPower(facts, context);
  const bodyReasons: Reason<BodyReasonCode>[] = [...subjectReasons(facts.subject, context), ...power.reasons];

  const judged = new Map<string, MemberDecision>();
  let clearedMembers = 0;
  const members = request.members.map((asked): MemberDecision => {
    const officer = facts.officers.get(asked.key);
    if (officer === undefined || (asked.officerId !== undefined && asked.officerId !== officer.id))
      return unknownMember(asked);
    const earlier = judged.get(officer.id);
    if (earlier !== undefined) return duplicateOf(earlier);
    const decision = judgeMember(officer, context, power.warnings);
    judged.set(officer.id, decision);
    if (decision.cleared) clearedMembers += 1;
    return decision;
  });

  const teamReasons: Reason<TeamCode>[] = [];
  const minimum = minimumOfficers(facts.matter.actType, facts.settings);
  if (clearedMembers < minimum) {
    teamReasons.push({
      code: 'TEAM_TOO_SMALL',
      facts: { cleared: clearedMembers, minimum, actType: facts.matter.actType },
    });
  }
  if (clearedMembers < members.length) {
    teamReasons.push({ code: 'MEMBER_NOT_CLEARED', facts: { notCleared: members.length - clearedMembers } });
  }
  return {
    cleared: bodyReasons.length === 0 && teamReasons.length === 0,
    subjectReasons: bodyReasons,
    teamReasons,
    members,
    via: power.via,
    rulesVersion: RULES_VERSION,
    decidedAt: moment.decidedAt,
    knownAt: moment.knownAt,
  };
}
