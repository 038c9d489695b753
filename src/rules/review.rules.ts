import { activeBarGrounds, runningBar, type BarFact } from './bars.rules.js';
import { addMonths, addYears, instantText, legalDate, startOfDay, yearOf, type LegalDate } from './calendar.js';
import type { CertificateStanding } from './certificate.lifecycle.js';
import type { InstantPeriod, StaffCategory } from './duty-facts.js';
import { isCertifiable } from './duty-member.rules.js';
import {
  moveOfReview,
  reviewStepAwaited,
  ROLE_OF_REVIEW_STEP,
  type ReviewDecision,
  type ReviewState,
  type ReviewStep,
} from './review.lifecycle.js';
import { judge, unless, type Reason, type Verdict } from './verdict.js';

/** Annual review by exception. BR-36, BR-71 to BR-74; the file of a card is put together by the system and sorted here. */
export type ReviewCode =
  | 'REVIEW_LEFT_SERVICE'
  | 'REVIEW_NOT_ON_POST'
  | 'REVIEW_OFF_POST'
  | 'REVIEW_STAFF_CATEGORY'
  | 'REVIEW_BARRED'
  | 'REVIEW_NOT_IN_VALIDITY'
  | 'REVIEW_SUSPENDED'
  | 'REVIEW_HOURS_SHORT'
  | 'REVIEW_TEST_FAILED'
  | 'REVIEW_TEST_MISSING'
  | 'REVIEW_IDLE'
  | 'REVIEW_SANCTIONED'
  | 'REVIEW_NEW_CARD';

export const REVIEW_SORTINGS = ['FAILS', 'NEEDS_EXPLANATION', 'PASSES', 'LISTED'] as const;
export type ReviewSorting = (typeof REVIEW_SORTINGS)[number];

export interface ReviewFacts {
  /** The year that is reviewed, and the day on which the file is put together. */
  readonly year: number;
  readonly on: LegalDate;
  readonly validFrom: LegalDate;
  readonly standing: CertificateStanding;
  readonly leftFrom: number | null;
  readonly at: number;
  readonly isAssigned: boolean;
  readonly isOffPost: boolean;
  readonly staffCategory: StaffCategory;
  readonly onEstablishment: boolean;
  readonly bars: readonly BarFact[];
  /** Sanctions with effect in the year reviewed or since. */
  readonly sanctions: number;
  readonly hours: number;
  /** Months in which the officer was assigned in the year; the target is counted by them (BR-37). */
  readonly monthsInPost: number;
  /** The last paper sat in a released exam since the card is in use; null: none. */
  readonly lastTest: { readonly on: LegalDate; readonly passed: boolean } | null;
  /** The last day on which the officer was deployed; null: never. */
  readonly lastActOn: LegalDate | null;
  /** The first day of which acts are on record here at all: before it nobody is idle. Null: no act of anybody is. */
  readonly actsRecordedFrom: LegalDate | null;
}

export interface ReviewSettings {
  /** `hours.annual` */
  readonly annualHours: number;
  /** `hours.proRata` */
  readonly proRata: boolean;
  /** `review.hoursGate` is BLOCK; anything that is not WARN blocks. */
  readonly hoursBlock: boolean;
  /** `review.newCardMonths` */
  readonly newCardMonths: number;
  /** `review.testAfterYears` */
  readonly testAfterYears: number;
  /** `review.idleMonths` */
  readonly idleMonths: number;
  /** `eligibility.bars` */
  readonly bars: unknown;
}

export interface ReviewFinding extends Reason<ReviewCode> {
  /** FAILS alone is enough to fail; NEEDS_EXPLANATION is weighed by people. */
  readonly weight: 'FAILS' | 'NEEDS_EXPLANATION' | 'NOTE';
}

export interface ReviewResult {
  readonly sorting: ReviewSorting;
  readonly findings: readonly ReviewFinding[];
}

/** Takes the file of a card. Gives every finding, and where the file belongs. */
export function sortReview(facts: ReviewFacts, settings: ReviewSettings): ReviewResult {
  if (isNewCard(facts, settings)) {
    const note = finding('NOTE', 'REVIEW_NEW_CARD', { validFrom: facts.validFrom, year: facts.year });
    return { sorting: 'LISTED', findings: [note] };
  }
  const findings = [
    ...postFindings(facts, settings),
    ...hourFindings(facts, settings),
    ...useFindings(facts, settings),
  ];
  const has = (weight: ReviewFinding['weight']): boolean => findings.some((one) => one.weight === weight);
  return { sorting: has('FAILS') ? 'FAILS' : has('NEEDS_EXPLANATION') ? 'NEEDS_EXPLANATION' : 'PASSES', findings };
}

const finding = (weight: ReviewFinding['weight'], code: ReviewCode, facts: Reason['facts']): ReviewFinding => ({
  weight,
  code,
  facts,
});

/** BR-71: issued in the review year, or in the last months of the year reviewed. */
function isNewCard({ year, validFrom }: ReviewFacts, { newCardMonths }: ReviewSettings): boolean {
  const yearsEnd = legalDate(year + 1, 1, 1) ?? '9999-12-31';
  return validFrom >= addMonths(yearsEnd, -newCardMonths);
}

/** BR-72: on post, category eligible, no bar, in validity. */
function postFindings(facts: ReviewFacts, settings: ReviewSettings): ReviewFinding[] {
  const { standing, on, leftFrom, at, staffCategory, onEstablishment } = facts;
  const bar = runningBar(facts.bars, activeBarGrounds(settings.bars), on);
  const checks: (ReviewFinding | null)[] = [
    leftFrom === null || leftFrom > at
      ? null
      : finding('FAILS', 'REVIEW_LEFT_SERVICE', { since: instantText(leftFrom) }),
    facts.isAssigned ? null : finding('FAILS', 'REVIEW_NOT_ON_POST', { on }),
    facts.isOffPost ? finding('FAILS', 'REVIEW_OFF_POST', { on }) : null,
    isCertifiable(staffCategory) && onEstablishment
      ? null
      : finding('FAILS', 'REVIEW_STAFF_CATEGORY', { staffCategory, onEstablishment }),
    bar === null ? null : finding('FAILS', 'REVIEW_BARRED', { ground: bar.ground, since: bar.from, until: bar.to }),
    standing === 'VALID' || standing === 'SUSPENDED'
      ? null
      : finding('FAILS', 'REVIEW_NOT_IN_VALIDITY', { state: standing }),
    standing === 'SUSPENDED' ? finding('NEEDS_EXPLANATION', 'REVIEW_SUSPENDED', { on }) : null,
    facts.sanctions > 0
      ? finding('NEEDS_EXPLANATION', 'REVIEW_SANCTIONED', { count: facts.sanctions, year: facts.year })
      : null,
  ];
  return checks.filter((one): one is ReviewFinding => one !== null);
}

/** BR-36, BR-37: the year's target, counted by the months in post. */
function hourFindings(
  { hours, monthsInPost, year }: ReviewFacts,
  { annualHours, proRata, hoursBlock }: ReviewSettings,
): ReviewFinding[] {
  const months = Math.max(0, Math.min(12, monthsInPost));
  const required = proRata ? Math.ceil((annualHours * months) / 12) : annualHours;
  if (hours >= required) return [];
  return [finding(hoursBlock ? 'FAILS' : 'NEEDS_EXPLANATION', 'REVIEW_HOURS_SHORT', { done: hours, required, year })];
}

/** BR-72, BR-73: a test after some years of use, and an explanation where nothing was done for long. */
function useFindings(
  { on, validFrom, lastTest, lastActOn, actsRecordedFrom }: ReviewFacts,
  { testAfterYears, idleMonths }: ReviewSettings,
): ReviewFinding[] {
  const findings: ReviewFinding[] = [];
  if (yearOf(validFrom) + testAfterYears < 9999 && addYears(validFrom, testAfterYears) <= on) {
    if (lastTest === null)
      findings.push(finding('NEEDS_EXPLANATION', 'REVIEW_TEST_MISSING', { validFrom, years: testAfterYears }));
    else if (!lastTest.passed) findings.push(finding('FAILS', 'REVIEW_TEST_FAILED', { heldOn: lastTest.on }));
  }
  const idleSince = addMonths(on, -idleMonths);
  const lastUse = lastActOn ?? validFrom;
  if (actsRecordedFrom !== null && lastUse <= idleSince && actsRecordedFrom <= idleSince)
    findings.push(finding('NEEDS_EXPLANATION', 'REVIEW_IDLE', { lastActOn, months: idleMonths }));
  return findings;
}

/** Takes how a file is sorted. Gives the state in which it begins. */
export const firstReviewState = (sorting: ReviewSorting): ReviewState =>
  sorting === 'LISTED' ? 'LISTED' : sorting === 'NEEDS_EXPLANATION' ? 'AWAITING_EXPLANATION' : 'READY';

/** Exceptions come first. */
export const rankOf = (sorting: ReviewSorting): number => REVIEW_SORTINGS.indexOf(sorting) + 1;

export type ReviewDeskCode =
  | 'REVIEW_NOT_ENABLED'
  | 'REVIEW_YEAR_NOT_OVER'
  | 'REVIEW_PERIOD_PAST'
  | 'REVIEW_FILE_UNKNOWN'
  | 'REVIEW_FILE_STATE'
  | 'REVIEW_STEP_OF_ANOTHER_ROLE'
  | 'REVIEW_HARD_FAIL'
  | 'REVIEW_UNEXPLAINED';

/**
 * Takes what the system found on this day and the decision. Gives whether a pass may be given: what fails by itself can't be passed by
 * anybody before it is mended.
 */
export const decidePass = (
  decision: 'PASS' | 'FAIL' | 'RETURN',
  findings: readonly ReviewFinding[],
): Verdict<'REVIEW_HARD_FAIL'> => {
  const hard = decision === 'PASS' ? findings.filter(({ weight }) => weight === 'FAILS') : [];
  return judge(
    ...hard.map(({ code }): Reason<'REVIEW_HARD_FAIL'> => ({ code: 'REVIEW_HARD_FAIL', facts: { finding: code } })),
  );
};

/**
 * BR-73. Takes what the system found on this day, the decision, and the codes that the unit has explained. Gives whether a pass may be
 * given: what needs an explanation and has none goes back to the unit first.
 */
export function decideExplained(
  decision: ReviewDecision,
  findings: readonly ReviewFinding[],
  explained: ReadonlySet<string>,
): Verdict<'REVIEW_UNEXPLAINED'> {
  const open = findings.filter(({ weight, code }) => weight === 'NEEDS_EXPLANATION' && !explained.has(code));
  const reasons = open.map(({ code }): Reason<'REVIEW_UNEXPLAINED'> => ({
    code: 'REVIEW_UNEXPLAINED',
    facts: { finding: code },
  }));
  return judge(...(decision === 'PASS' ? reasons : []));
}

export type ReviewStepRuling =
  | { readonly ok: true; readonly step: ReviewStep; readonly to: ReviewState }
  | { readonly ok: false; readonly reason: Reason<'REVIEW_FILE_STATE' | 'REVIEW_STEP_OF_ANOTHER_ROLE'> };

/** Takes how a file stands, the roles of who decides, and the decision. Gives the step and the new state, or why not. */
export function decideReviewStep(
  state: ReviewState,
  roles: readonly string[],
  decision: ReviewDecision,
): ReviewStepRuling {
  const step = reviewStepAwaited(state);
  if (step === null) return { ok: false, reason: { code: 'REVIEW_FILE_STATE', facts: { reviewState: state } } };
  const role = ROLE_OF_REVIEW_STEP[step];
  if (!roles.includes(role))
    return { ok: false, reason: { code: 'REVIEW_STEP_OF_ANOTHER_ROLE', facts: { step, role } } };
  return { ok: true, step, to: moveOfReview(step, decision).to };
}

/** BR-71. Takes the day, the switch, the year and its period. Gives whether the review of that year may be opened. */
export const decideOpening = (facts: {
  readonly on: LegalDate;
  readonly isEnabled: boolean;
  readonly reviewedYear: number;
  readonly period: { readonly from: LegalDate; readonly to: LegalDate } | null;
}): Verdict<'REVIEW_NOT_ENABLED' | 'REVIEW_YEAR_NOT_OVER' | 'REVIEW_PERIOD_PAST'> => {
  const { on, isEnabled, reviewedYear, period } = facts;
  return judge<'REVIEW_NOT_ENABLED' | 'REVIEW_YEAR_NOT_OVER' | 'REVIEW_PERIOD_PAST'>(
    unless(isEnabled, 'REVIEW_NOT_ENABLED', { on }),
    unless(reviewedYear < yearOf(on), 'REVIEW_YEAR_NOT_OVER', { year: reviewedYear, on }),
    unless(period !== null && period.from <= period.to && period.to >= on, 'REVIEW_PERIOD_PAST', {
      periodTo: period?.to ?? null,
      on,
    }),
  );
};

/** BR-37. Takes the periods of somebody's assignments and a year. Gives the months in which one of them ran, for a day at least. */
export function monthsInPost(assignments: readonly InstantPeriod[], leftFrom: number | null, year: number): number {
  let months = 0;
  for (let month = 1; month <= 12; month++) {
    const from = startOfDay(legalDate(year, month, 1) ?? '');
    const to = startOfDay((month === 12 ? legalDate(year + 1, 1, 1) : legalDate(year, month + 1, 1)) ?? '');
    if (from === null || to === null || (leftFrom !== null && leftFrom <= from)) continue;
    if (assignments.some((one) => one.from < to && (one.to === null || one.to > from))) months += 1;
  }
  return months;
}

/** Takes the setting `review.period` ('03-01..04-30') and the year after the one reviewed. Gives the days, or null. */
export function reviewPeriodOf(
  setting: unknown,
  reviewedYear: number,
): { readonly from: LegalDate; readonly to: LegalDate } | null {
  const found = typeof setting === 'string' ? /^(\d{2})-(\d{2})\.\.(\d{2})-(\d{2})$/.exec(setting) : null;
  if (!found) return null;
  const [, m1, d1, m2, d2] = found.map(Number);
  const from = legalDate(reviewedYear + 1, m1 ?? 0, d1 ?? 0);
  const to = legalDate(reviewedYear + 1, m2 ?? 0, d2 ?? 0);
  return from !== null && to !== null && from <= to ? { from, to } : null;
}
