import { describe, expect, it } from '@jest/globals';
import { isFulfilled, SANCTION_KINDS } from '../../src/rules/card-case.lifecycle.js';
import { CUSTODY_STATES, custodyLifecycle } from '../../src/rules/card-custody.lifecycle.js';
import { barOf, barOfDisqualification } from '../../src/rules/disqualification.rules.js';
import { moveOfReview, REVIEW_STATES, reviewStepAwaited, reviewVerbs } from '../../src/rules/review.lifecycle.js';
import {
  decidePass,
  firstReviewState,
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
