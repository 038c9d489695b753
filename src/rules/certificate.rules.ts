import { addDays, isLegalDate, lastDayOfYears, type LegalDate } from './calendar.js';
import type { CertificateStanding } from './certificate.lifecycle.js';
import type { Ruling } from './conditions.js';
import type { CertificateType } from './duty-facts.js';
import { judge, unless, type Verdict } from './verdict.js';

/** Numbers, validity and suspension of a certificate. BR-60 to 62, 67, 70, 80, 141. */

export type NumberRefusal = 'NUMBER_MALFORMED' | 'NUMBER_PATTERN_UNREADABLE' | 'NUMBER_TAKEN';
export type NumberWarning = 'NUMBER_PROVINCE_ORDINAL';

export interface NumberSettings {
  /** `cert.noPattern`; it is always matched as a whole. */
  readonly pattern: string;
  /** `cert.provinceOrdinal` */
  readonly provinceOrdinal: string | number;
}

/** Takes text. Gives it in half-width characters without blanks around it. A number is text, never arithmetic. */
export const normaliseCertificateNumber = (text: string): string => text.normalize('NFKC').trim();

/** Takes the setting `cert.noPattern`. Gives a matcher of whole numbers, or null when it is no pattern. */
export function numberMatcher(pattern: string): ((number: string) => boolean) | null {
  try {
    const whole = new RegExp(`^(?:${pattern})$`, 'u');
    return (number) => whole.test(number);
  } catch {
    return null;
  }
}

/** Takes a number and whether the ledger has it for this type already. Gives whether it may be used. BR-60. */
export function decideNumber(
  text: string,
  isTaken: boolean,
  settings: NumberSettings,
): Ruling<NumberRefusal, NumberWarning> {
  const number = normaliseCertificateNumber(text);
  const matches = numberMatcher(settings.pattern);
  const ordinal = String(settings.provinceOrdinal);
  const verdict = judge<NumberRefusal>(
    unless(matches !== null, 'NUMBER_PATTERN_UNREADABLE', { pattern: settings.pattern }),
    unless(matches === null || matches(number), 'NUMBER_MALFORMED', {
      certificateNo: number,
      pattern: settings.pattern,
    }),
    unless(!isTaken, 'NUMBER_TAKEN', { certificateNo: number }),
  );
  const warnings = judge<NumberWarning>(
    unless(number.startsWith(ordinal), 'NUMBER_PROVINCE_ORDINAL', { certificateNo: number, ordinal }),
  );
  return { verdict, warnings: warnings.reasons };
}

export type ValidityCheck =
  | { readonly ok: true; readonly validFrom: LegalDate; readonly validTo: LegalDate }
  | {
      readonly ok: false;
      readonly code: 'VALIDITY_INVERTED';
      readonly facts: { readonly validFrom: string; readonly validTo: string | null };
    };

/** Takes the first day, the batch's last day if it has one, and `cert.validYears`. Gives the validity. BR-61. */
export function validityOf(validFrom: LegalDate, batchValidTo: LegalDate | null, validYears: number): ValidityCheck {
  const validTo = batchValidTo ?? (isLegalDate(validFrom) ? lastDayOfYears(validFrom, validYears) : null);
  if (isLegalDate(validFrom) && isLegalDate(validTo) && validTo > validFrom) return { ok: true, validFrom, validTo };
  return { ok: false, code: 'VALIDITY_INVERTED', facts: { validFrom, validTo } };
}

/** Takes the cards of one person. Gives the ids of those that a new card of this type ends as REPLACED. BR-62. */
export const replacedBy = (
  held: readonly { readonly id: string; readonly type: CertificateType; readonly standing: CertificateStanding }[],
  type: CertificateType,
): string[] =>
  held
    .filter((card) => card.type === type && (card.standing === 'VALID' || card.standing === 'SUSPENDED'))
    .map(({ id }) => id);

export type SuspensionRefusal = 'SUSPENSION_PLAN_INVERTED' | 'SUSPENSION_TOO_LONG';

/** Takes a suspension to be ordered and `suspend.maxDays`. Gives whether its planned end is lawful. BR-80. */
export function decideSuspension(
  facts: { readonly begins: LegalDate; readonly plannedTo: LegalDate | null },
  maxDays: number,
): Verdict<SuspensionRefusal> {
  const { begins, plannedTo } = facts;
  if (plannedTo === null) return judge<SuspensionRefusal>();
  const isAfter = isLegalDate(begins) && isLegalDate(plannedTo) && plannedTo >= begins;
  return judge<SuspensionRefusal>(
    unless(isAfter, 'SUSPENSION_PLAN_INVERTED', { begins, plannedTo }),
    unless(!isAfter || plannedTo <= addDays(begins, maxDays), 'SUSPENSION_TOO_LONG', { begins, plannedTo, maxDays }),
  );
}

/** Takes the begin of a suspension and `suspend.defaultDays`. Gives the end to plan when none is named. Throws RangeError. */
export const defaultPlannedEnd = (begins: LegalDate, defaultDays: number): LegalDate => addDays(begins, defaultDays);
