import { endOfDay, isLegalDate, legalDateOf, startOfDay } from './calendar.js';
import type { InstantPeriod } from './duty-facts.js';
import { Lifecycle } from './lifecycle.js';
import { takesEffectBefore, touches } from './periods.js';

/**
 * BR-04, BR-05. What time does to a signed delegation is derived, and so are suspensions, which are rows. REVOKED says that a
 * revocation was entered, once and for all; from when it works stands in its row.
 */
export const DELEGATION_STATES = ['DRAFT', 'SIGNED', 'PUBLISHED', 'REVOKED'] as const;
export type DelegationState = (typeof DELEGATION_STATES)[number];
export type DelegationCommand = 'sign' | 'publish' | 'revoke';

export const delegationLifecycle = new Lifecycle<DelegationState, DelegationCommand>('DRAFT', DELEGATION_STATES, {
  sign: { from: ['DRAFT'], to: 'SIGNED' },
  publish: { from: ['SIGNED'], to: 'PUBLISHED' },
  revoke: { from: ['SIGNED', 'PUBLISHED'], to: 'REVOKED' },
});

export const DELEGATION_STANDINGS = [...DELEGATION_STATES, 'EFFECTIVE', 'SUSPENDED', 'EXPIRED'] as const;
export type DelegationStanding = (typeof DELEGATION_STANDINGS)[number];

export interface DelegationTimes {
  readonly state: DelegationState;
  readonly validFrom: string;
  readonly validTo: string;
  readonly delegatorPublishedOn: string | null;
  readonly delegateePublishedOn: string | null;
  readonly suspensions: readonly InstantPeriod[];
  readonly revokedFrom: number | null;
}

/** Takes a delegation and an instant. Gives how it stood then; the strongest restriction is named, unreadable dates restrict. */
export function delegationStandingOf(delegation: DelegationTimes, at: number): DelegationStanding {
  if (delegation.state === 'DRAFT') return 'DRAFT';
  const revokedFrom = delegation.revokedFrom;
  if (takesEffectBefore(revokedFrom, at + 1) || (delegation.state === 'REVOKED' && revokedFrom === null))
    return 'REVOKED';
  const end = endOfDay(delegation.validTo);
  if (end === null || at >= end) return 'EXPIRED';
  if (delegation.suspensions.some((suspension) => touches(suspension, at, at + 1))) return 'SUSPENDED';
  const day = legalDateOf(at);
  const done = (on: string | null): boolean => day !== null && isLegalDate(on) && on <= day;
  if (!done(delegation.delegatorPublishedOn) || !done(delegation.delegateePublishedOn)) return 'SIGNED';
  const start = startOfDay(delegation.validFrom);
  return start !== null && start <= at ? 'EFFECTIVE' : 'PUBLISHED';
}

export type DelegationVerb = DelegationCommand | 'suspend' | 'resume';

/** Takes the state and how the delegation stands. Gives the verbs that will work; a draft can only be signed. */
export function delegationVerbs(state: DelegationState, standing: DelegationStanding): DelegationVerb[] {
  if (standing === 'REVOKED' || standing === 'EXPIRED') return [];
  const commands: DelegationVerb[] = delegationLifecycle.commandsFrom(state);
  if (state === 'DRAFT' || state === 'REVOKED') return commands;
  return [...commands, standing === 'SUSPENDED' ? 'resume' : 'suspend'];
}
