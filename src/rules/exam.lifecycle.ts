import { Lifecycle } from './lifecycle.js';

/** BR-55. Results may be recorded and corrected while the exam is open; from the release on they are final and count. */
export const EXAM_STATES = ['OPEN', 'RELEASED'] as const;
export type ExamState = (typeof EXAM_STATES)[number];
export type ExamCommand = 'release';

export const examLifecycle = new Lifecycle<ExamState, ExamCommand>('OPEN', EXAM_STATES, {
  release: { from: ['OPEN'], to: 'RELEASED' },
});
