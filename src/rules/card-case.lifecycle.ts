import { isHandedIn, type CustodyState } from './card-custody.lifecycle.js';
import type { CertificateState } from './certificate.lifecycle.js';
import { Lifecycle } from './lifecycle.js';
import type { Sanction } from './bars.rules.js';

/** Cases that a movement opens for a card, each with its clock. BR-62, 75 to 79, 85. */
export const CARD_CASE_STATES = ['OPEN', 'ESCALATED', 'CLOSED'] as const;
export type CardCaseState = (typeof CARD_CASE_STATES)[number];
export type CardCaseCommand = 'escalate' | 'close' | 'keep';

export const cardCaseLifecycle = new Lifecycle<CardCaseState, CardCaseCommand>('OPEN', CARD_CASE_STATES, {
  escalate: { from: ['OPEN'], to: 'ESCALATED' },
  close: { from: ['OPEN', 'ESCALATED'], to: 'CLOSED' },
  keep: { from: ['OPEN', 'ESCALATED'], to: 'CLOSED' },
});

export const CARD_CASE_CAUSES = [
  'LEFT_SERVICE',
  'TRANSFERRED',
  'SUBJECT_ABOLISHED',
  'DELEGATION_ENDED',
  'SANCTIONED',
  'DISMISSED',
  'CONVICTED',
  'REVOKED',
  'CANCELLED',
  'REPLACED',
] as const;
export type CardCaseCause = (typeof CARD_CASE_CAUSES)[number];

/** CANCEL and REVOKE: end the certificate and take the card back. DECIDE: suspend, revoke or keep. RETURN: take the card back. */
export const REQUIRED_ACTS = ['CANCEL', 'REVOKE', 'DECIDE', 'RETURN'] as const;
export type RequiredAct = (typeof REQUIRED_ACTS)[number];

/** What each cause asks for, and the setting that says by when (null: the same day, BR-85). */
export const CASE_RULES: Readonly<
  Record<CardCaseCause, { readonly act: RequiredAct; readonly period: string | null }>
> = {
  LEFT_SERVICE: { act: 'CANCEL', period: 'cert.returnDays' },
  TRANSFERRED: { act: 'CANCEL', period: 'cert.returnDays' },
  SUBJECT_ABOLISHED: { act: 'CANCEL', period: 'cert.returnDays' },
  DELEGATION_ENDED: { act: 'CANCEL', period: 'cert.returnDays' },
  SANCTIONED: { act: 'DECIDE', period: 'clock.check' },
  DISMISSED: { act: 'REVOKE', period: null },
  CONVICTED: { act: 'REVOKE', period: null },
  REVOKED: { act: 'RETURN', period: 'cert.returnDays' },
  CANCELLED: { act: 'RETURN', period: 'cert.returnDays' },
  REPLACED: { act: 'RETURN', period: 'cert.returnDays' },
};

export interface CaseFacts {
  readonly act: RequiredAct;
  readonly certificate: CertificateState;
  readonly isSuspended: boolean;
  readonly custody: CustodyState;
}

/** Takes what a case asks for and how things stand. Gives whether nothing is left to do. */
export function isFulfilled({ act, certificate, isSuspended, custody }: CaseFacts): boolean {
  const isEnded = certificate !== 'VALID' && certificate !== 'RESERVED';
  if (act === 'DECIDE') return isSuspended || isEnded;
  return isEnded && (isHandedIn(custody) || certificate === 'LOST');
}

/** A case may be closed by saying that the certificate is kept only where the law leaves the choice. */
export const mayKeep = (act: RequiredAct): boolean => act === 'DECIDE';

/** 公职人员政务处分法 7 and 14; BR-85: 开除 and a conviction end the qualification, lesser sanctions are weighed. */
export const SANCTION_KINDS = [
  'WARNING',
  'DEMERIT',
  'MAJOR_DEMERIT',
  'DEMOTION',
  'REMOVAL',
  'DISMISSAL',
  'CONVICTION',
] as const;
export type SanctionKind = (typeof SANCTION_KINDS)[number];

export const isEndingSanction = (kind: SanctionKind): kind is 'DISMISSAL' | 'CONVICTION' =>
  kind === 'DISMISSAL' || kind === 'CONVICTION';

/** Takes a kind of sanction. Gives the case that it opens for each live card; null for a mere warning. */
export function caseOfSanction(kind: SanctionKind): CardCaseCause | null {
  if (kind === 'WARNING') return null;
  if (kind === 'DISMISSAL') return 'DISMISSED';
  return kind === 'CONVICTION' ? 'CONVICTED' : 'SANCTIONED';
}

/** The sanctions that have a period of their own (公职人员政务处分法 8). */
export const asPeriodSanction = (kind: SanctionKind): Sanction | null => (isEndingSanction(kind) ? null : kind);
