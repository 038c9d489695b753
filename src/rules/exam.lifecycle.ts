import { Lifecycle } from './lifecycle.js';

/** BR-55. Results may be recorded in several imports and withdrawn again until somebody else releases them. */
export const EXAM_STATES = ['OPEN', 'RESULTS_RECORDED', 'RELEASED'] as const;
export type ExamState = (typeof EXAM_STATES)[number];
export type ExamCommand = 'recordResults' | 'withdrawResults' | 'release';

export const examLifecycle = new Lifecycle<ExamState, ExamCommand>('OPEN', EXAM_STATES, {
  recordResults: { from: ['OPEN', 'RESULTS_RECORDED'], to: 'RESULTS_RECORDED' },
  withdrawResults: { from: ['RESULTS_RECORDED'], to: 'OPEN' },
  release: { from: ['RESULTS_RECORDED'], to: 'RELEASED' },
});
