import { Lifecycle, type Move } from './lifecycle.js';

/** BR-56, BR-58. An application that was returned or rejected is closed; the unit hands in a new one. */
export const APPLICATION_STATES = [
  'SUBMITTED',
  'DISTRICT_REVIEWED',
  'APPROVED',
  'IN_BATCH',
  'ISSUED',
  'RETURNED',
  'REJECTED',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];
export type ApplicationCommand = 'review' | 'approve' | 'return' | 'reject' | 'putInBatch' | 'takeOutOfBatch' | 'issue';

export const applicationLifecycle = new Lifecycle<ApplicationState, ApplicationCommand>(
  'SUBMITTED',
  APPLICATION_STATES,
  {
    review: { from: ['SUBMITTED'], to: 'DISTRICT_REVIEWED' },
    approve: { from: ['DISTRICT_REVIEWED'], to: 'APPROVED' },
    return: { from: ['SUBMITTED', 'DISTRICT_REVIEWED'], to: 'RETURNED' },
    reject: { from: ['SUBMITTED', 'DISTRICT_REVIEWED'], to: 'REJECTED' },
    putInBatch: { from: ['APPROVED'], to: 'IN_BATCH' },
    takeOutOfBatch: { from: ['IN_BATCH'], to: 'APPROVED' },
    issue: { from: ['IN_BATCH'], to: 'ISSUED' },
  },
);

/** States in which an application counts as the one open application per person and certificate type. */
export const OPEN_APPLICATION_STATES: readonly ApplicationState[] = APPLICATION_STATES.filter(
  (state) => !applicationLifecycle.isFinal(state),
);

export const APPLICATION_STEPS = ['DISTRICT_REVIEW', 'DISTRICT_APPROVAL'] as const;
export type ApplicationStep = (typeof APPLICATION_STEPS)[number];
export const APPLICATION_DECISIONS = ['APPROVE', 'RETURN', 'REJECT'] as const;
export type ApplicationDecision = (typeof APPLICATION_DECISIONS)[number];

/** The state in which an application waits for each step. */
export const STATE_BEFORE_STEP: Readonly<Record<ApplicationStep, ApplicationState>> = {
  DISTRICT_REVIEW: 'SUBMITTED',
  DISTRICT_APPROVAL: 'DISTRICT_REVIEWED',
};

/** Takes a state. Gives the step that it waits for, null when none. */
export const stepAwaited = (state: ApplicationState): ApplicationStep | null =>
  APPLICATION_STEPS.find((step) => STATE_BEFORE_STEP[step] === state) ?? null;

/** Takes a step and what was decided at it. Gives the move: a step acts only on what waits for it, also when it returns. */
export function moveOfDecision(step: ApplicationStep, decision: ApplicationDecision): Move<ApplicationState> {
  const commands = {
    APPROVE: step === 'DISTRICT_REVIEW' ? 'review' : 'approve',
    RETURN: 'return',
    REJECT: 'reject',
  } as const;
  return { from: [STATE_BEFORE_STEP[step]], to: applicationLifecycle.move(commands[decision]).to };
}
