import { Lifecycle } from './lifecycle.js';

/** BR-29. Hours are confirmed, and count, when the class is closed. */
export const TRAINING_CLASS_STATES = ['OPEN', 'CLOSED'] as const;
export type TrainingClassState = (typeof TRAINING_CLASS_STATES)[number];
export type TrainingClassCommand = 'close';

export const trainingClassLifecycle = new Lifecycle<TrainingClassState, TrainingClassCommand>(
  'OPEN',
  TRAINING_CLASS_STATES,
  {
    close: { from: ['OPEN'], to: 'CLOSED' },
  },
);
