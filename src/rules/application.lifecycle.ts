import { Lifecycle, type Move } from './lifecycle.js';

/**
 * BR-56, BR-58. What was returned may be handed in again, or a new one in its place; what was rejected or withdrawn is closed. It may
 * be withdrawn until the next level has acted.
 */
export const APPLICATION_STATES = [
  'SUBMITTED',
  'DISTRICT_REVIEWED',
  'APPROVED',
  'IN_BATCH',
  'ISSUED',
  'RETURNED',
  'REJECTED',
  'WITHDRAWN',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];
export type ApplicationCommand =
  'review' | 'approve' | 'return' | 'reject' | 'resubmit' | 'withdraw' | 'putInBatch' | 'takeOutOfBatch' | 'issue';

export const applicationLifecycle = new Lifecycle<ApplicationState, ApplicationCommand>(
  'SUBMITTED',
  APPLICATION_STATES,
  {
    review: { from: ['SUBMITTED'], to: 'DISTRICT_REVIEWED' },
    approve: { from: ['DISTRICT_REVIEWED'], to: 'APPROVED' },
    return: { from: ['SUBMITTED', 'DISTRICT_REVIEWED'], to: 'RETURNED' },
    reject: { from: ['SUBMITTED', 'DISTRICT_REVIEWED'], to: 'REJECTED' },
    resubmit: { from: ['RETURNED'], to: 'SUBMITTED' },
    withdraw: { from: ['SUBMITTED'], to: 'WITHDRAWN' },
    putInBatch: { from: ['APPROVED'], to: 'IN_BATCH' },
    takeOutOfBatch: { from: ['IN_BATCH'], to: 'APPROVED' },
    issue: { from: ['IN_BATCH'], to: 'ISSUED' },
  },
);

/** States in which an application counts as the one open application per person and certificate type. */
export const OPEN_APPLICATION_STATES: readonly ApplicationState[] = APPLICATION_STATES.filter(
  (state) => state !== 'RETURNED' && !applicationLifecycle.isFinal(state),
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

/** Verbs of people on an application, as they stand in the path. */
export const APPLICATION_VERBS = ['resubmit', 'withdraw', 'decide'] as const;
export type ApplicationVerb = (typeof APPLICATION_VERBS)[number];

/** Takes how an application stands. Gives the verbs that will work; who may use which is another matter. */
export function applicationVerbs(state: ApplicationState): ApplicationVerb[] {
  return APPLICATION_VERBS.filter((verb) =>
    verb === 'decide' ? stepAwaited(state) !== null : applicationLifecycle.allows(state, verb),
  );
}

/** BR-59: the levels of the chain that have a clock, each with the setting that says how long it may take. */
export const CLOCKED_LEVELS = {
  DISTRICT_CHECK: 'clock.check',
  UPLOAD: 'clock.upload',
  PROVINCE: 'clock.province',
  COLLECTION: 'clock.collect',
} as const;
export type ClockedLevel = keyof typeof CLOCKED_LEVELS;

/** Takes how an application stands. Gives the level whose clock runs, null when none does. */
export function levelOf(state: ApplicationState): ClockedLevel | null {
  switch (state) {
    case 'SUBMITTED':
    case 'DISTRICT_REVIEWED':
      return 'DISTRICT_CHECK';
    case 'APPROVED':
      return 'UPLOAD';
    case 'IN_BATCH':
      return 'PROVINCE';
    case 'ISSUED':
      return 'COLLECTION';
    case 'RETURNED':
    case 'REJECTED':
    case 'WITHDRAWN':
      return null;
  }
}
