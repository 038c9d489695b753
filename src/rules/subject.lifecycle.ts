import { Lifecycle } from './lifecycle.js';

/** BR-01. Only a confirmed and announced body acts; the periods of these states are facts of the duty decision. */
export const SUBJECT_STATES = ['REGISTERED', 'CONFIRMED', 'SUSPENDED', 'ABOLISHED'] as const;
export type SubjectState = (typeof SUBJECT_STATES)[number];
export type SubjectCommand = 'confirm' | 'suspend' | 'restore' | 'abolish';

export const subjectLifecycle = new Lifecycle<SubjectState, SubjectCommand>('REGISTERED', SUBJECT_STATES, {
  confirm: { from: ['REGISTERED'], to: 'CONFIRMED' },
  suspend: { from: ['CONFIRMED'], to: 'SUSPENDED' },
  restore: { from: ['SUSPENDED'], to: 'CONFIRMED' },
  abolish: { from: ['REGISTERED', 'CONFIRMED', 'SUSPENDED'], to: 'ABOLISHED' },
});
