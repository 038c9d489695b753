import { endOfDay } from './calendar.js';
import type { InstantPeriod } from './duty-facts.js';
import { Lifecycle } from './lifecycle.js';
import { touches } from './periods.js';

/** BR-67. A suspension is a row of its own: lifting one can undo neither another nor a revocation. */
export const CERTIFICATE_STATES = ['RESERVED', 'VALID', 'EXPIRED', 'LOST', 'REVOKED', 'CANCELLED', 'REPLACED'] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];
export type CertificateCommand = 'activate' | 'expire' | 'reportLoss' | 'revoke' | 'cancel' | 'replace';

export const certificateLifecycle = new Lifecycle<CertificateState, CertificateCommand>(
  'RESERVED',
  CERTIFICATE_STATES,
  {
    activate: { from: ['RESERVED'], to: 'VALID' },
    expire: { from: ['VALID'], to: 'EXPIRED' },
    reportLoss: { from: ['VALID'], to: 'LOST' },
    revoke: { from: ['VALID'], to: 'REVOKED' },
    cancel: { from: ['RESERVED', 'VALID'], to: 'CANCELLED' },
    replace: { from: ['VALID'], to: 'REPLACED' },
  },
);

/** What people and the API see. */
export const CERTIFICATE_STANDINGS = [...CERTIFICATE_STATES, 'SUSPENDED'] as const;
export type CertificateStanding = (typeof CERTIFICATE_STANDINGS)[number];

export interface CertificateTimes {
  readonly state: CertificateState;
  readonly validTo: string;
  /** Instant of the legal effect of LOST, REVOKED, CANCELLED or REPLACED; null in the other states. */
  readonly endedFrom: number | null;
  readonly suspensions: readonly InstantPeriod[];
}

/**
 * Takes a certificate and an instant. Gives how it stood then: expired by its date even when no sweeper has run, ended only from
 * the legal effect on, suspended until an explicit lift. A card whose validity has not begun is VALID here (its dates say from
 * when); an end date that cannot be read has passed.
 */
export function standingOf(certificate: CertificateTimes, at: number): CertificateStanding {
  const { state, endedFrom } = certificate;
  if (state === 'RESERVED') return 'RESERVED';
  const isEnded = state !== 'VALID' && state !== 'EXPIRED';
  if (isEnded && !(endedFrom !== null && endedFrom > at)) return state;
  const end = endOfDay(certificate.validTo);
  if (end === null || at >= end) return 'EXPIRED';
  if (certificate.suspensions.some((suspension) => touches(suspension, at, at + 1))) return 'SUSPENDED';
  return 'VALID';
}

/** Verbs of a certificate including those on its suspensions. */
export type CertificateVerb = CertificateCommand | 'suspend' | 'lift' | 'declareVoid';

/** Takes how a certificate stands. Gives the verbs that will work: a suspended one may be lifted and still be ended for good. */
export function certificateVerbs(standing: CertificateStanding): CertificateVerb[] {
  if (standing === 'SUSPENDED') return ['lift', ...certificateLifecycle.commandsFrom('VALID')];
  if (standing === 'LOST') return ['declareVoid'];
  const commands = certificateLifecycle.commandsFrom(standing);
  return standing === 'VALID' ? ['suspend', ...commands] : commands;
}
