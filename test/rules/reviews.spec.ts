import { describe, expect, it } from '@jest/globals';
import { isFulfilled, SANCTION_KINDS } from '../../src/rules/card-case.lifecycle.js';
import { CUSTODY_STATES, custodyLifecycle } from '../../src/rules/card-custody.lifecycle.js';
import { barOf, barOfDisqualification } from '../../src/rules/disqualification.rules.js';
import { moveOfReview, REVIEW_STATES, reviewStepAwaited, reviewVerbs } from '../../src/rules/review.lifecycle.js';
import {
  decideExplained,
  decideOpening,
  decidePass,
  decideReviewStep,
  firstReviewState,
  monthsInPost,
  reviewPeriodOf,
  sortReview,
  type ReviewFacts,
  type ReviewSettings,
} from '../../src/rules/review.rules.js';

const SETTINGS: ReviewSettings = {
  annualHours: 60,
  proRata: true,
  hoursBlock: false,
  newCardMonths: 3,
  testAfterYears: 3,
  idleMonths: 24,
  bars: 'allOn',
};
const FACTS: ReviewFacts = {
  year: 2025,
  on: '2026-03-02',
  at: Date.parse('2026-03-02T00:00:00+08:00'),
  validFrom: '2024-06-01',
  standing: 'VALID',
  leftFrom: null,
  isAssigned: true,
  isOffPost: false,
  staffCategory: 'CIVIL_SERVANT',
  onEstablishment: true,
  bars: [],
  sanctions: 0,
  hours: 60,
  monthsInPost: 12,
  lastTest: null,
  lastActOn: '2026-01-10',
  actsRecordedFrom: '2022-01-01',
};

describe('the annual review by exception', () => {
  it.each<[string, Partial<ReviewFacts>, Partial<ReviewSettings>, string, string[]]>([
    ['everything in order', {}, {}, 'PASSES', []],
    ['issued in the last three months of the year', { validFrom: '2025-10-01' }, {}, 'LISTED', ['REVIEW_NEW_CARD']],
    ['issued the day before them', { validFrom: '2025-09-30' }, {}, 'PASSES', []],
    ['hours short in the first year', { hours: 59.5 }, {}, 'NEEDS_EXPLANATION', ['REVIEW_HOURS_SHORT']],
    ['hours short after it', { hours: 59.5 }, { hoursBlock: true }, 'FAILS', ['REVIEW_HOURS_SHORT']],
    ['half a year in post', { hours: 30, monthsInPost: 6 }, {}, 'PASSES', []],
    ['left', { leftFrom: FACTS.at }, {}, 'FAILS', ['REVIEW_LEFT_SERVICE']],
    ['leaves the moment after', { leftFrom: FACTS.at + 1 }, {}, 'PASSES', []],
    ['not assigned', { isAssigned: false }, {}, 'FAILS', ['REVIEW_NOT_ON_POST']],
    ['off post', { isOffPost: true }, {}, 'FAILS', ['REVIEW_OFF_POST']],
    ['a contract worker', { staffCategory: 'CONTRACT' }, {}, 'FAILS', ['REVIEW_STAFF_CATEGORY']],
    ['suspended', { standing: 'SUSPENDED' }, {}, 'NEEDS_EXPLANATION', ['REVIEW_SUSPENDED']],
    ['expired', { standing: 'EXPIRED' }, {}, 'FAILS', ['REVIEW_NOT_IN_VALIDITY']],
    ['a warning this year', { sanctions: 1 }, {}, 'NEEDS_EXPLANATION', ['REVIEW_SANCTIONED']],
    ['three years without a test', { validFrom: '2023-03-02' }, {}, 'NEEDS_EXPLANATION', ['REVIEW_TEST_MISSING']],
    [
      'the last test failed',
      { validFrom: '2023-03-02', lastTest: { on: '2025-05-01', passed: false } },
      {},
      'FAILS',
      ['REVIEW_TEST_FAILED'],
    ],
    [
      'idle for 24 months',
      { lastActOn: '2024-03-02', validFrom: '2024-01-01' },
      {},
      'NEEDS_EXPLANATION',
      ['REVIEW_IDLE'],
    ],
    ['idle for a day less', { lastActOn: '2024-03-03', validFrom: '2024-01-01' }, {}, 'PASSES', []],
    ['barred', { bars: [{ ground: 'SANCTION', from: '2026-01-01', to: null }] }, {}, 'FAILS', ['REVIEW_BARRED']],
  ])('%s', (_what, facts, settings, sorting, codes) => {
    const result = sortReview({ ...FACTS, ...facts }, { ...SETTINGS, ...settings });
    expect([result.sorting, result.findings.map(({ code }) => code)]).toEqual([sorting, codes]);
    expect(decidePass('PASS', result.findings).allowed).toBe(sorting !== 'FAILS');
  });

  it('begins where its sorting says, and every decision has one move', () => {
    expect((['LISTED', 'NEEDS_EXPLANATION', 'PASSES', 'FAILS'] as const).map(firstReviewState)).toEqual([
      'LISTED',
      'AWAITING_EXPLANATION',
      'READY',
      'READY',
    ]);
    expect(REVIEW_STATES.map((state) => [state, reviewStepAwaited(state), reviewVerbs(state)])).toEqual([
      ['LISTED', null, []],
      ['AWAITING_EXPLANATION', null, ['explain']],
      ['READY', 'REVIEW_CHECK', ['decide']],
      ['CHECKED', 'REVIEW_DECISION', ['decide']],
      ['PASSED', null, []],
      ['FAILED', null, ['reopen']],
    ]);
    expect(moveOfReview('REVIEW_CHECK', 'FAIL').to).toBe('CHECKED');
    expect(moveOfReview('REVIEW_DECISION', 'FAIL')).toEqual({ from: ['CHECKED'], to: 'FAILED' });
  });

  it('lets nobody pass what nobody has explained', () => {
    const { findings } = sortReview({ ...FACTS, hours: 0, sanctions: 1 }, SETTINGS);
    const open = (decision: 'PASS' | 'FAIL' | 'RETURN', explained: string[]): unknown =>
      decideExplained(decision, findings, new Set(explained)).reasons.map(({ facts }) => facts['finding']);
    expect(open('PASS', [])).toEqual(['REVIEW_SANCTIONED', 'REVIEW_HOURS_SHORT']);
    expect(open('PASS', ['REVIEW_HOURS_SHORT'])).toEqual(['REVIEW_SANCTIONED']);
    expect(open('PASS', ['REVIEW_HOURS_SHORT', 'REVIEW_SANCTIONED'])).toEqual([]);
    expect([open('FAIL', []), open('RETURN', [])]).toEqual([[], []]);
  });

  it('nobody is idle before acts are on record', () => {
    const idle = { lastActOn: null, validFrom: '2024-01-01' };
    const codes = (actsRecordedFrom: string | null): string[] =>
      sortReview({ ...FACTS, ...idle, actsRecordedFrom }, SETTINGS).findings.map(({ code }) => code);
    expect([codes('2024-03-02'), codes('2024-03-03'), codes(null)]).toEqual([['REVIEW_IDLE'], [], []]);
  });

  it('each step belongs to its role', () => {
    const asked = (state: Parameters<typeof decideReviewStep>[0], role: string): unknown => {
      const ruling = decideReviewStep(state, [role], 'PASS');
      return ruling.ok ? ruling.to : ruling.reason.code;
    };
    expect(REVIEW_STATES.map((state) => [asked(state, 'REVIEWER'), asked(state, 'APPROVER')])).toEqual([
      ['REVIEW_FILE_STATE', 'REVIEW_FILE_STATE'],
      ['REVIEW_FILE_STATE', 'REVIEW_FILE_STATE'],
      ['CHECKED', 'REVIEW_STEP_OF_ANOTHER_ROLE'],
      ['REVIEW_STEP_OF_ANOTHER_ROLE', 'PASSED'],
      ['REVIEW_FILE_STATE', 'REVIEW_FILE_STATE'],
      ['REVIEW_FILE_STATE', 'REVIEW_FILE_STATE'],
    ]);
  });

  it('is opened on its last day and not on the day after, for a year that is over', () => {
    const period = { from: '2026-03-01', to: '2026-04-30' };
    const codes = (more: Partial<Parameters<typeof decideOpening>[0]>): string[] =>
      decideOpening({ on: '2026-04-30', isEnabled: true, reviewedYear: 2025, period, ...more }).reasons.map(
        ({ code }) => code,
      );
    expect(codes({})).toEqual([]);
    expect(codes({ on: '2026-05-01' })).toEqual(['REVIEW_PERIOD_PAST']);
    expect(codes({ period: null })).toEqual(['REVIEW_PERIOD_PAST']);
    expect(codes({ reviewedYear: 2026, isEnabled: false })).toEqual(['REVIEW_NOT_ENABLED', 'REVIEW_YEAR_NOT_OVER']);
  });

  it('counts the months in which somebody was in post, for a day at least', () => {
    const at = (text: string): number => Date.parse(`${text}+08:00`);
    const months = (from: string, to: string | null, left: string | null = null): number =>
      monthsInPost([{ from: at(from), to: to === null ? null : at(to) }], left === null ? null : at(left), 2025);
    expect(months('2020-01-01T00:00:00', null)).toBe(12);
    expect(months('2025-06-30T23:59:59', null)).toBe(7);
    expect(months('2025-03-01T00:00:00', '2025-04-01T00:00:00')).toBe(1);
    expect(months('2020-01-01T00:00:00', null, '2025-07-01T00:00:00')).toBe(6);
    expect(months('2026-01-01T00:00:00', null)).toBe(0);
    expect(monthsInPost([], null, 2025)).toBe(0);
  });

  it('reads its period in the year after the one reviewed', () => {
    expect(reviewPeriodOf('03-01..04-30', 2025)).toEqual({ from: '2026-03-01', to: '2026-04-30' });
    for (const text of [null, 'x', '04-30..03-01', '02-30..03-01']) expect(reviewPeriodOf(text, 2025)).toBeNull();
  });
});

describe('bars and cards', () => {
  it('a disqualification bars for its years, leap days included, or for ever', () => {
    expect(barOfDisqualification('2024-02-29', 2)).toMatchObject({ from: '2024-02-29', to: '2026-02-27' });
    expect(barOfDisqualification('2026-03-01', null).to).toBeNull();
  });
  it('a conviction bars without end until it is known when the sentence is served', () => {
    const from = '2026-03-01';
    expect(SANCTION_KINDS.map((kind) => barOf(kind, { from, servedOn: null }, 24)?.to ?? null)).toEqual([
      null,
      '2029-02-28',
      '2029-08-31',
      '2030-02-28',
      '2030-02-28',
      null,
      null,
    ]);
    expect(barOf('CONVICTION', { from, servedOn: '2027-03-01' }, 24)?.to).toBe('2029-02-28');
    expect(barOf('WARNING', { from, servedOn: null }, 24)).toBeNull();
  });
  it('a case is done when the certificate has ended and the card is not out', () => {
    const done = CUSTODY_STATES.filter((custody) =>
      isFulfilled({ act: 'CANCEL', certificate: 'CANCELLED', isSuspended: false, custody }),
    );
    expect(done).toEqual(['AT_DESK', 'RETURNED', 'LISTED', 'DESTROYED']);
    expect(isFulfilled({ act: 'CANCEL', certificate: 'VALID', isSuspended: true, custody: 'RETURNED' })).toBe(false);
    expect(isFulfilled({ act: 'DECIDE', certificate: 'VALID', isSuspended: true, custody: 'WITH_HOLDER' })).toBe(true);
    expect(CUSTODY_STATES.filter((state) => custodyLifecycle.isFinal(state))).toEqual(['DESTROYED']);
  });
});
