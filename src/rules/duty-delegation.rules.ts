import { instantText, legalDateOf, startOfDay, endOfDay, isLegalDate, MS_PER_DAY } from './calendar.js';
import { byText, listOf, WARN_DAYS, type DutyContext } from './duty-context.js';
import { SUBJECT_KINDS, type ActType, type DelegationFact, type DutyFacts, type SubjectKind } from './duty-facts.js';
import type { BodyReasonCode, DelegationCode, DutyWarningCode, Via } from './duty-reasons.js';
import { isConfirmedThroughout, powerReason, sufficientPower } from './duty-subject.rules.js';
import { jurisdictionCovers } from './jurisdiction.js';
import { endForOrder, firstTouching, takesEffectBefore } from './periods.js';
import { unless, type Reason } from './verdict.js';

/** 行政许可法 24: a licence may be delegated to another administrative organ only. BR-09. */
const LICENCE_DELEGATEES: readonly SubjectKind[] = ['ADMIN_ORGAN', 'DISPATCHED_ORGAN'];

/** Takes the kind of a delegatee. Gives whether licences may be delegated to it. */
export const mayLicenseByDelegation = (kind: SubjectKind): boolean => LICENCE_DELEGATEES.includes(kind);

/** A kind of body that is not known receives nothing. */
const mayReceive = (kind: SubjectKind, actType: ActType | null): boolean =>
  SUBJECT_KINDS.includes(kind) && (actType !== 'LICENSE' || mayLicenseByDelegation(kind));

function isPublished(delegation: DelegationFact, from: number): boolean {
  const day = legalDateOf(from);
  const done = (on: string | null): boolean => day !== null && isLegalDate(on) && on <= day;
  return done(delegation.delegatorPublishedOn) && done(delegation.delegateePublishedOn);
}

/** Takes one delegation to the acting body. Gives every condition that it does not meet. BR-05 to BR-09; 行政处罚法 20-21. */
export function delegationReasons(
  delegation: DelegationFact,
  delegatee: { readonly name: string; readonly kind: SubjectKind },
  context: DutyContext,
): Reason<DelegationCode>[] {
  const { from, to, actType, division, matterCode } = context;
  const delegator = delegation.delegator;
  const start = startOfDay(delegation.validFrom);
  const end = endOfDay(delegation.validTo);
  const suspension = firstTouching(delegation.suspensions, from, to);
  const named = { documentNo: delegation.documentNo, delegator: delegator.name };

  const checks: (Reason<DelegationCode> | null)[] = [
    unless(isPublished(delegation, from), 'DELEGATION_NOT_PUBLISHED', {
      ...named,
      delegatorPublishedOn: delegation.delegatorPublishedOn,
      delegateePublishedOn: delegation.delegateePublishedOn,
      neededBy: legalDateOf(from),
    }),
    unless(start !== null && start <= from, 'DELEGATION_NOT_YET_EFFECTIVE', {
      ...named,
      validFrom: delegation.validFrom,
    }),
    unless(end !== null && end >= to, 'DELEGATION_EXPIRED', { ...named, validTo: delegation.validTo }),
    unless(suspension === null, 'DELEGATION_SUSPENDED', {
      ...named,
      since: instantText(suspension?.from),
      until: instantText(suspension?.to),
    }),
    unless(!takesEffectBefore(delegation.revokedFrom, to), 'DELEGATION_REVOKED', {
      ...named,
      since: instantText(delegation.revokedFrom),
    }),
    unless(jurisdictionCovers(delegation.jurisdictionCode, division), 'DELEGATION_AREA', {
      ...named,
      jurisdiction: delegation.jurisdictionCode,
      division,
    }),
    unless(actType !== null && actType !== 'COERCIVE_MEASURE', 'ACT_NOT_DELEGABLE', {
      ...named,
      matter: matterCode,
      actType,
    }),
    unless(mayReceive(delegatee.kind, actType), 'LICENSE_NEEDS_ORGAN', {
      ...named,
      subject: delegatee.name,
      kind: delegatee.kind,
    }),
    unless(isConfirmedThroughout(delegator, context), 'DELEGATOR_NOT_CONFIRMED', named),
    unless(sufficientPower(delegator, context) !== null, 'DELEGATOR_LACKS_POWER', { ...named, matter: matterCode }),
  ];
  return checks.filter((check) => check !== null);
}

interface Judged {
  readonly delegation: DelegationFact;
  readonly reasons: readonly Reason<DelegationCode>[];
}

/** Fewest reasons, then the latest end, then the smallest document number (and, for rows that share it, the smallest id). */
function compareJudged(a: Judged, b: Judged): number {
  if (a.reasons.length !== b.reasons.length) return a.reasons.length - b.reasons.length;
  const [endA, endB] = [endForOrder(a.delegation.validTo), endForOrder(b.delegation.validTo)];
  if (endA !== endB) return endA > endB ? -1 : 1;
  return byText(a.delegation.documentNo, b.delegation.documentNo) || byText(a.delegation.id, b.delegation.id);
}

export interface PowerFinding {
  readonly via: Via | null;
  readonly reasons: readonly Reason<BodyReasonCode>[];
  /** Warnings about the power that the act rests on; every member shows them. */
  readonly warnings: readonly Reason<DutyWarningCode>[];
}

/** Takes the facts. Gives the power that the act rests on (own before delegated), or the reasons why there is none. */
export function findPower({ subject, delegations }: DutyFacts, context: DutyContext): PowerFinding {
  const own = sufficientPower(subject, context);
  if (own !== null) return { via: { kind: 'OWN_POWER', id: own.id }, reasons: [], warnings: [] };

  let closest: Judged | null = null;
  for (const delegation of listOf(delegations)) {
    if (!listOf(delegation.matterCodes).includes(context.matterCode)) continue;
    const judged = { delegation, reasons: delegationReasons(delegation, subject, context) };
    if (closest === null || compareJudged(judged, closest) < 0) closest = judged;
  }
  if (closest === null) return { via: null, reasons: [powerReason(subject, context)], warnings: [] };
  if (closest.reasons.length > 0) return { via: null, reasons: closest.reasons, warnings: [] };
  const { delegation } = closest;
  const endsSoon = endForOrder(delegation.validTo) - context.to <= WARN_DAYS * MS_PER_DAY;
  const facts = {
    documentNo: delegation.documentNo,
    delegator: delegation.delegator.name,
    validTo: delegation.validTo,
  };
  return {
    via: { kind: 'DELEGATION', id: delegation.id },
    reasons: [],
    warnings: endsSoon ? [{ code: 'DELEGATION_EXPIRES_SOON', facts }] : [],
  };
}
