import { addDays, isLegalDate, legalDateOf, type LegalDate } from './calendar.js';
import type { CertificateStanding } from './certificate.lifecycle.js';
import { condition, type Condition } from './conditions.js';
import type { CertificateType } from './duty-facts.js';

/** What a renewal, an exchange or a reissue needs of the card before it. BR-56, 69, 75, 79. */
export type PreviousCode =
  | 'PREVIOUS_CERTIFICATE_MISSING'
  | 'RENEWAL_TOO_EARLY'
  | 'HOURS_SHORT'
  | 'VOID_NOTICE_MISSING'
  | 'ANNUAL_REVIEW_NOT_PASSED';

export interface HeldCertificate {
  readonly number: string;
  readonly type: CertificateType;
  readonly standing: CertificateStanding;
  readonly domains: readonly string[];
  readonly validFrom: LegalDate;
  readonly validTo: LegalDate;
  /** How its annual review stands against it, where the review is switched on; left out or null: it does not. */
  readonly review?: 'FAILED' | 'OVERDUE' | null;
}

export interface PreviousSettings {
  /** `cert.renewBeforeDays` */
  readonly renewBeforeDays: number;
  /** `hours.annual` */
  readonly annualHours: number;
}

export interface PreviousFacts {
  readonly at: number;
  readonly type: 'FIRST' | 'RENEW' | 'EXCHANGE' | 'REISSUE';
  readonly certificateType: 'ENFORCEMENT' | 'SUPERVISION';
  readonly certificates: readonly HeldCertificate[];
  readonly hoursLastYear: number | null;
  readonly hasVoidNotice: boolean | null;
}

/** A transfer cancels the old card and is followed by an exchange (BR-79); a card that was revoked leads to nothing. */
const NEEDED: Readonly<Record<Exclude<PreviousFacts['type'], 'FIRST'>, readonly CertificateStanding[]>> = {
  RENEW: ['VALID', 'EXPIRED'],
  EXCHANGE: ['VALID', 'CANCELLED'],
  REISSUE: ['LOST'],
};

/** Takes an application. Gives the card that it renews, exchanges or replaces: the one that lasts longest; null for a first one. */
export function previousCertificate({
  type,
  certificateType,
  certificates,
}: Pick<PreviousFacts, 'type' | 'certificateType' | 'certificates'>): HeldCertificate | null {
  if (type === 'FIRST') return null;
  return certificates
    .filter((held) => held.type === certificateType && NEEDED[type].includes(held.standing))
    .reduce<HeldCertificate | null>(
      (latest, held) => (latest === null || held.validTo > latest.validTo ? held : latest),
      null,
    );
}

/** Takes an application. Gives the conditions on the card before it; a first certificate has none. */
export function previousConditions(facts: PreviousFacts, settings: PreviousSettings): Condition<PreviousCode>[] {
  const { type, certificateType } = facts;
  if (type === 'FIRST') return [];
  const previous = previousCertificate(facts);
  const conditions: Condition<PreviousCode>[] = [
    condition(previous !== null, 'PREVIOUS_CERTIFICATE_MISSING', {
      applicationType: type,
      certificateType,
      certificateNo: previous?.number ?? null,
    }),
  ];
  if (type === 'RENEW') conditions.push(...renewalConditions(facts, settings, previous));
  if (type === 'REISSUE') conditions.push(condition(facts.hasVoidNotice, 'VOID_NOTICE_MISSING'));
  if (previous !== null) {
    const { number: certificateNo, review = null } = previous;
    conditions.push(condition(!isHeldUp(previous), 'ANNUAL_REVIEW_NOT_PASSED', { certificateNo, review }));
  }
  return conditions;
}

/**
 * BR-72, BR-74: a new card is no way round the review of the old one. What failed holds up every successor; what is merely overdue only
 * while the card can still be reviewed.
 */
const isHeldUp = ({ review, standing }: HeldCertificate): boolean =>
  review === 'FAILED' || (review === 'OVERDUE' && standing === 'VALID');

/** BR-69. */
const renewalOpensOn = ({ validTo }: HeldCertificate, renewBeforeDays: number): LegalDate | null =>
  isLegalDate(validTo) ? addDays(validTo, -renewBeforeDays) : null;

function isReached(day: LegalDate | null, at: number): boolean {
  const on = legalDateOf(at);
  return on !== null && day !== null && on >= day;
}

/** What the last card of a type leads to; REVOKED leads to nothing but a first one, REPLACED is never the last. */
const FOLLOWS: Readonly<Partial<Record<CertificateStanding, PreviousFacts['type']>>> = {
  LOST: 'REISSUE',
  EXPIRED: 'RENEW',
  CANCELLED: 'EXCHANGE',
};

/**
 * Takes what a person holds. Gives the type of application to think of first: a renewal or an exchange of the live card, else what the
 * last card leads to. Whether it may be handed in is for the conditions to say.
 */
export function fittingType(
  { at, certificateType, certificates }: Pick<PreviousFacts, 'at' | 'certificateType' | 'certificates'>,
  { renewBeforeDays }: Pick<PreviousSettings, 'renewBeforeDays'>,
): PreviousFacts['type'] {
  const own = certificates.filter(({ type }) => type === certificateType);
  const live = own.find(({ standing }) => standing === 'VALID' || standing === 'SUSPENDED');
  if (live) return isReached(renewalOpensOn(live, renewBeforeDays), at) ? 'RENEW' : 'EXCHANGE';
  const last = own
    .filter(({ standing }) => standing !== 'RESERVED' && standing !== 'REPLACED')
    .reduce<HeldCertificate | null>((latest, one) => (latest && latest.validTo >= one.validTo ? latest : one), null);
  return (last && FOLLOWS[last.standing]) ?? 'FIRST';
}

function renewalConditions(
  { at, hoursLastYear }: PreviousFacts,
  { renewBeforeDays, annualHours }: PreviousSettings,
  previous: HeldCertificate | null,
): Condition<PreviousCode>[] {
  const opensOn = previous === null ? null : renewalOpensOn(previous, renewBeforeDays);
  const hours = condition(hoursLastYear === null ? null : hoursLastYear >= annualHours, 'HOURS_SHORT', {
    done: hoursLastYear,
    required: annualHours,
  });
  if (previous === null) return [hours];
  const facts = { certificateNo: previous.number, validTo: previous.validTo, opensOn };
  return [condition(isReached(opensOn, at), 'RENEWAL_TOO_EARLY', facts), hours];
}
