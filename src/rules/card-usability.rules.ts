import { endOfDay, instantText, startOfDay } from './calendar.js';
import { standingOf, type CertificateStanding, type CertificateTimes } from './certificate.lifecycle.js';
import { isCertifiable } from './duty-member.rules.js';
import type { AssignmentFact, InstantPeriod, SubjectStatusPeriod } from './duty-facts.js';
import type { MemberCode, CertificateCode, SubjectCode } from './duty-reasons.js';
import { covers, firstTouching, takesEffectBefore, touches } from './periods.js';
import type { Reason } from './verdict.js';

/** What anybody who meets a card has to know: may its holder act now? BR-68 as far as it does not depend on the act. */
export const CARD_VERDICTS = [
  'USABLE',
  'NOT_USABLE',
  'NOT_YET_VALID',
  'SUSPENDED',
  'EXPIRED',
  'LOST',
  'REVOKED',
  'CANCELLED',
  'REPLACED',
] as const;
export type CardVerdict = (typeof CARD_VERDICTS)[number];

export interface CardFacts extends CertificateTimes {
  readonly validFrom: string;
  readonly certificateNo: string;
  readonly subjectName: string;
  /** The body that the card was issued for. */
  readonly subjectId: string;
  readonly assignments: readonly AssignmentFact[];
  readonly leftFrom: number | null;
  readonly offPost: readonly InstantPeriod[];
  readonly subjectStatuses: readonly SubjectStatusPeriod[];
  /** FAILED and OVERDUE; empty where the review is switched off. */
  readonly failedReviews: readonly InstantPeriod[];
  readonly overdueReviews: readonly InstantPeriod[];
}

export type UsabilityCode = MemberCode | CertificateCode | SubjectCode;

export interface CardJudgement {
  readonly verdict: CardVerdict;
  readonly standing: CertificateStanding;
  /** Why a card that is valid by itself may not be used; for the staff, never for the public. */
  readonly reasons: readonly Reason<UsabilityCode>[];
}

/**
 * Takes a card with its holder and an instant. Gives how it stood. USABLE only when card, holder and body all say so; what
 * can't be read never helps. 河南省行政执法条例 21, 24; BR-67, BR-68.
 */
export function judgeCard(facts: CardFacts, at: number): CardJudgement {
  const standing = standingOf(facts, at);
  if (standing === 'RESERVED') return { verdict: 'CANCELLED', standing, reasons: [] };
  if (standing !== 'VALID') return { verdict: standing, standing, reasons: [] };
  const begins = startOfDay(facts.validFrom);
  if (begins === null || begins > at) return { verdict: 'NOT_YET_VALID', standing, reasons: [] };
  const reasons = [...holderReasons(facts, at), ...bodyReasons(facts, at), ...reviewReasons(facts, at)];
  return { verdict: reasons.length === 0 ? 'USABLE' : 'NOT_USABLE', standing, reasons };
}

function holderReasons(facts: CardFacts, at: number): Reason<UsabilityCode>[] {
  const reasons: Reason<UsabilityCode>[] = [];
  const here = facts.assignments.filter(({ subjectId }) => subjectId === facts.subjectId);
  const barred = here.find(
    (one) => touches(one, at, at + 1) && (!isCertifiable(one.staffCategory) || one.onEstablishment !== true),
  );
  if (barred) {
    const { staffCategory, onEstablishment } = barred;
    reasons.push({ code: 'STAFF_CATEGORY_BARRED', facts: { staffCategory, onEstablishment } });
  }
  if (!covers(here, at, at + 1)) {
    const moment = { begins: instantText(at), ends: instantText(at) };
    reasons.push({ code: 'NOT_ASSIGNED_TO_SUBJECT', facts: { subjectId: facts.subjectId, ...moment } });
  }
  if (takesEffectBefore(facts.leftFrom, at + 1))
    reasons.push({ code: 'LEFT_SERVICE', facts: { since: instantText(facts.leftFrom) } });
  const off = firstTouching(facts.offPost, at, at + 1);
  if (off !== null)
    reasons.push({ code: 'OFF_POST', facts: { since: instantText(off.from), until: instantText(off.to) } });
  return reasons;
}

function bodyReasons({ subjectStatuses, subjectName: subject }: CardFacts, at: number): Reason<UsabilityCode>[] {
  const reasons: Reason<UsabilityCode>[] = [];
  for (const status of ['SUSPENDED', 'ABOLISHED'] as const) {
    const periods = subjectStatuses.filter((period) => period.status === status);
    const period = firstTouching(periods, at, at + 1);
    if (period === null) continue;
    const times = { since: instantText(period.from), until: instantText(period.to) };
    reasons.push({ code: `SUBJECT_${status}`, facts: { subject, ...times } });
  }
  const confirmed = subjectStatuses.filter(({ status }) => status === 'CONFIRMED');
  // A status that this version does not know may be a restriction, so it counts as one.
  const other = subjectStatuses.some((period) => period.status !== 'CONFIRMED' && touches(period, at, at + 1));
  if (reasons.length === 0 && (other || !covers(confirmed, at, at + 1))) {
    const moment = { begins: instantText(at), ends: instantText(at) };
    reasons.push({ code: 'SUBJECT_NOT_CONFIRMED', facts: { subject, ...moment } });
  }
  return reasons;
}

function reviewReasons(facts: CardFacts, at: number): Reason<UsabilityCode>[] {
  const { certificateNo } = facts;
  const failed = firstTouching(facts.failedReviews, at, at + 1);
  const overdue = firstTouching(facts.overdueReviews, at, at + 1);
  const reasons: Reason<UsabilityCode>[] = [];
  if (failed !== null)
    reasons.push({ code: 'ANNUAL_REVIEW_FAILED', facts: { certificateNo, since: instantText(failed.from) } });
  if (overdue !== null)
    reasons.push({ code: 'ANNUAL_REVIEW_OVERDUE', facts: { certificateNo, since: instantText(overdue.from) } });
  return reasons;
}

export interface VerdictFrom {
  readonly from: number;
  readonly verdict: CardVerdict;
}

/** Takes a card and a span. Gives each verdict with the instant from which it holds: what an offline roster carries. */
export function verdictsWithin(facts: CardFacts, from: number, to: number): VerdictFrom[] {
  const edges = new Set<number>([from]);
  const add = (instant: number | null): void => {
    if (instant !== null && instant > from && instant < to) edges.add(instant);
  };
  const periods: readonly InstantPeriod[] = [
    ...facts.suspensions,
    ...facts.assignments,
    ...facts.offPost,
    ...facts.subjectStatuses,
    ...facts.failedReviews,
    ...facts.overdueReviews,
  ];
  for (const period of periods) {
    add(period.from);
    add(period.to);
  }
  add(facts.endedFrom);
  add(facts.leftFrom);
  add(startOfDay(facts.validFrom));
  add(endOfDay(facts.validTo));
  const verdicts: VerdictFrom[] = [];
  for (const edge of [...edges].sort((a, b) => a - b)) {
    const { verdict } = judgeCard(facts, edge);
    if (verdicts.at(-1)?.verdict !== verdict) verdicts.push({ from: edge, verdict });
  }
  return verdicts;
}
