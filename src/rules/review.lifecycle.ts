import { Lifecycle, type Move } from './lifecycle.js';

/**
 * BR-71 to BR-74: one file per card and year. LISTED: a new card, nothing to decide. What needs an explanation waits for the unit; the
 * clerk checks, the head decides; a failed card may be reviewed again once what failed is mended.
 */
export const REVIEW_STATES = ['LISTED', 'AWAITING_EXPLANATION', 'READY', 'CHECKED', 'PASSED', 'FAILED'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
export type ReviewCommand = 'list' | 'ask' | 'explain' | 'check' | 'return' | 'pass' | 'fail' | 'reopen';

export const reviewLifecycle = new Lifecycle<ReviewState, ReviewCommand>('READY', REVIEW_STATES, {
  list: { from: ['READY'], to: 'LISTED' },
  ask: { from: ['READY'], to: 'AWAITING_EXPLANATION' },
  explain: { from: ['AWAITING_EXPLANATION'], to: 'READY' },
  check: { from: ['READY'], to: 'CHECKED' },
  return: { from: ['READY', 'CHECKED'], to: 'AWAITING_EXPLANATION' },
  pass: { from: ['CHECKED'], to: 'PASSED' },
  fail: { from: ['CHECKED'], to: 'FAILED' },
  reopen: { from: ['FAILED'], to: 'READY' },
});

export const REVIEW_STEPS = ['REVIEW_CHECK', 'REVIEW_DECISION'] as const;
export type ReviewStep = (typeof REVIEW_STEPS)[number];
export const REVIEW_DECISIONS = ['PASS', 'FAIL', 'RETURN'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

export const STATE_BEFORE_REVIEW_STEP: Readonly<Record<ReviewStep, ReviewState>> = {
  REVIEW_CHECK: 'READY',
  REVIEW_DECISION: 'CHECKED',
};
export const ROLE_OF_REVIEW_STEP = { REVIEW_CHECK: 'REVIEWER', REVIEW_DECISION: 'APPROVER' } as const;

/** Takes how a file stands. Gives the step that it waits for, null when none. */
export const reviewStepAwaited = (state: ReviewState): ReviewStep | null =>
  REVIEW_STEPS.find((step) => STATE_BEFORE_REVIEW_STEP[step] === state) ?? null;

/** Takes a step and what was decided at it. Gives the move. The check only proposes: PASS and FAIL both lead to CHECKED. */
export function moveOfReview(step: ReviewStep, decision: ReviewDecision): Move<ReviewState> {
  const from = [STATE_BEFORE_REVIEW_STEP[step]];
  if (decision === 'RETURN') return { from, to: reviewLifecycle.move('return').to };
  if (step === 'REVIEW_CHECK') return { from, to: reviewLifecycle.move('check').to };
  return { from, to: reviewLifecycle.move(decision === 'PASS' ? 'pass' : 'fail').to };
}

export const REVIEW_VERBS = ['explain', 'decide', 'reopen'] as const;
export type ReviewVerb = (typeof REVIEW_VERBS)[number];

/** Takes how a file stands. Gives the verbs of people that will work. */
export function reviewVerbs(state: ReviewState): ReviewVerb[] {
  return REVIEW_VERBS.filter((verb) =>
    verb === 'decide' ? reviewStepAwaited(state) !== null : reviewLifecycle.allows(state, verb),
  );
}

/** Nothing is left to decide: the card is not overdue. */
export const isReviewed = (state: ReviewState): boolean => state === 'LISTED' || state === 'PASSED';
