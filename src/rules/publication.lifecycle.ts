import { Lifecycle } from './lifecycle.js';

/** BR-93, BR-95. Nobody is public before a second person has checked; what ended opens anew by itself when it may be public again. */
export const PUBLICATION_STATES = [
  'DUE',
  'PREPARED',
  'PUBLISHED',
  'WITHHELD',
  'TAKEN_DOWN',
  'REPLACED',
  'LAPSED',
] as const;
export type PublicationState = (typeof PUBLICATION_STATES)[number];
export type PublicationCommand = 'prepare' | 'publish' | 'return' | 'withhold' | 'takeDown' | 'replace' | 'lapse';

export const publicationLifecycle = new Lifecycle<PublicationState, PublicationCommand>('DUE', PUBLICATION_STATES, {
  prepare: { from: ['DUE', 'WITHHELD'], to: 'PREPARED' },
  publish: { from: ['PREPARED'], to: 'PUBLISHED' },
  return: { from: ['PREPARED'], to: 'DUE' },
  withhold: { from: ['PREPARED', 'PUBLISHED'], to: 'WITHHELD' },
  takeDown: { from: ['PUBLISHED'], to: 'TAKEN_DOWN' },
  replace: { from: ['PUBLISHED'], to: 'REPLACED' },
  lapse: { from: ['DUE', 'PREPARED', 'WITHHELD'], to: 'LAPSED' },
});

/** States in which a record holds the one pending place of its certificate. */
export const isPending = (state: PublicationState): boolean => ['DUE', 'PREPARED', 'WITHHELD'].includes(state);

export const PUBLICATION_DECISIONS = ['PUBLISH', 'RETURN', 'WITHHOLD'] as const;
export type PublicationDecision = (typeof PUBLICATION_DECISIONS)[number];

/** Takes what the second person decided. Gives the move. */
export const commandOfCheck = (decision: PublicationDecision): PublicationCommand =>
  (({ PUBLISH: 'publish', RETURN: 'return', WITHHOLD: 'withhold' }) as const)[decision];
