import type { CertificateStanding } from './certificate.lifecycle.js';
import { Lifecycle } from './lifecycle.js';
import { judge, unless, type Verdict } from './verdict.js';

/**
 * Where the card is, from hand to hand (BR-75 to BR-78, BR-86). A card that this system issued begins at the desk; one that was taken
 * over is with its holder.
 */
export const CUSTODY_STATES = ['AT_DESK', 'WITH_HOLDER', 'RETURNED', 'MISSING', 'LISTED', 'DESTROYED'] as const;
export type CustodyState = (typeof CUSTODY_STATES)[number];
export const CUSTODY_COMMANDS = ['handOut', 'takeBack', 'giveBack', 'miss', 'list', 'unlist', 'destroy'] as const;
export type CustodyCommand = (typeof CUSTODY_COMMANDS)[number];

export const custodyLifecycle = new Lifecycle<CustodyState, CustodyCommand>('AT_DESK', CUSTODY_STATES, {
  handOut: { from: ['AT_DESK'], to: 'WITH_HOLDER' },
  takeBack: { from: ['AT_DESK', 'WITH_HOLDER', 'MISSING'], to: 'RETURNED' },
  giveBack: { from: ['RETURNED'], to: 'WITH_HOLDER' },
  miss: { from: ['AT_DESK', 'WITH_HOLDER'], to: 'MISSING' },
  list: { from: ['RETURNED'], to: 'LISTED' },
  unlist: { from: ['LISTED'], to: 'RETURNED' },
  destroy: { from: ['LISTED'], to: 'DESTROYED' },
});

/** Takes where the certificate came from. Gives where its card is while nothing is written down. */
export const firstCustody = (origin: string): CustodyState => (origin === 'LEGACY' ? 'WITH_HOLDER' : 'AT_DESK');

/** The card is no longer in the holder's hands. */
export const isHandedIn = (state: CustodyState): boolean => !['WITH_HOLDER', 'MISSING'].includes(state);

export type CustodyRefusal = 'CARD_OF_ENDED_CERTIFICATE' | 'OLD_CARD_NOT_RETURNED' | 'CARD_STILL_LIVE';

export interface CustodyFacts {
  readonly certificate: CertificateStanding;
  readonly certificateNo: string;
  /** The card that this one took the place of, where it is still in the holder's hands; null where none is. */
  readonly oldCardOut: string | null;
}

const LIVE: readonly CertificateStanding[] = ['RESERVED', 'VALID', 'SUSPENDED'];

/** Takes a move of a card and what is known of its certificate. Gives whether the card may move so. BR-76, BR-86. */
export function decideCustody(command: CustodyCommand, facts: CustodyFacts): Verdict<CustodyRefusal> {
  const { certificate, certificateNo, oldCardOut } = facts;
  const goesOut = command === 'handOut' || command === 'giveBack';
  return judge<CustodyRefusal>(
    unless(!goesOut || certificate === 'VALID', 'CARD_OF_ENDED_CERTIFICATE', { certificateNo, state: certificate }),
    unless(command !== 'handOut' || oldCardOut === null, 'OLD_CARD_NOT_RETURNED', { certificateNo: oldCardOut }),
    unless(command !== 'list' || !LIVE.includes(certificate), 'CARD_STILL_LIVE', { certificateNo }),
  );
}

/** BR-86: a list of cards to be destroyed; two people sign it. */
export const DESTRUCTION_STATES = ['PROPOSED', 'DESTROYED', 'WITHDRAWN'] as const;
export type DestructionState = (typeof DESTRUCTION_STATES)[number];
export const destructionLifecycle = new Lifecycle<DestructionState, 'sign' | 'withdraw'>(
  'PROPOSED',
  DESTRUCTION_STATES,
  { sign: { from: ['PROPOSED'], to: 'DESTROYED' }, withdraw: { from: ['PROPOSED'], to: 'WITHDRAWN' } },
);

/** Takes who signs and who drew up the list. Gives whether the second signature is another person's. BR-86. */
export const decideSecondSignature = (
  accountId: string,
  createdBy: string,
): Verdict<'SECOND_SIGNATURE_BY_SAME_PERSON'> =>
  judge(unless(accountId !== createdBy, 'SECOND_SIGNATURE_BY_SAME_PERSON'));
