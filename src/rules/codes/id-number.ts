import { dayNumberOf, isLegalDate, type LegalDate } from '../calendar.js';
import { isProvincePrefix, isResidencePermitPrefix } from './division.js';

/** 公民身份号码 (GB 11643-1999). Residence permits and foreign permanent residents' cards share form and check digit. BR-15. */

export type IdNumberCode = 'ID_MALFORMED' | 'ID_BIRTH_DATE' | 'ID_CHECK_DIGIT' | 'ID_STORED_AS_NUMBER';
export type IdNumberWarning = 'ID_PROVINCE_UNKNOWN';
export type Gender = 'MALE' | 'FEMALE';

export type IdNumberCheck =
  | {
      readonly ok: true;
      readonly value: string;
      readonly birthDate: LegalDate;
      readonly gender: Gender;
      readonly kind: 'RESIDENT' | 'RESIDENCE_PERMIT' | 'FOREIGN_RESIDENT';
      readonly warnings: readonly IdNumberWarning[];
    }
  | { readonly ok: false; readonly value: string; readonly code: IdNumberCode };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_DIGITS = '10X98765432';

/** Takes text. Gives it in half-width characters, without blanks around it, with a capital X. */
export const normaliseIdNumber = (text: string): string => text.normalize('NFKC').trim().toUpperCase();

/** Whether a text holds what could be an ID number, whatever its check digit: such a text is neither kept nor shown again. */
export const holdsIdNumber = (text: string): boolean =>
  /\d{6}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]/.test(normaliseIdNumber(text));

/** Takes 17 digits. Gives the check character. Throws RangeError on anything else. */
export function idCheckDigit(first17: string): string {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('17 digits are needed');
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_DIGITS[sum % 11] ?? '';
}

/**
 * Takes text as it stands in a sheet or form and today's date. Gives birth date and gender, or why it is no ID number. Throws
 * RangeError when `today` is no legal date.
 */
export function checkIdNumber(text: string, today: LegalDate): IdNumberCheck {
  if (!isLegalDate(today)) throw new RangeError(`not a legal date: ${String(today)}`);
  const value = normaliseIdNumber(text);
  const refuse = (code: IdNumberCode): IdNumberCheck => ({ ok: false, value, code });

  if (isScientific(value)) return refuse('ID_STORED_AS_NUMBER');
  if (!/^\d{17}[\dX]$/.test(value)) return refuse('ID_MALFORMED');
  const fits = idCheckDigit(value.slice(0, 17)) === value[17];
  // A spreadsheet keeps 15 digits of a number and fills up with zeros (BR-138).
  if (!fits && value.endsWith('000')) return refuse('ID_STORED_AS_NUMBER');

  const birthDate = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  if (dayNumberOf(birthDate) === null || birthDate > today) return refuse('ID_BIRTH_DATE');
  if (!fits) return refuse('ID_CHECK_DIGIT');
  const kind = kindOf(value);
  const province = kind === 'FOREIGN_RESIDENT' ? value.slice(1, 3) : value.slice(0, 2);
  return {
    ok: true,
    value,
    birthDate,
    gender: Number(value[16]) % 2 === 1 ? 'MALE' : 'FEMALE',
    kind,
    warnings: kind === 'RESIDENCE_PERMIT' || isProvincePrefix(province) ? [] : ['ID_PROVINCE_UNKNOWN'],
  };
}

/** What spreadsheet programs write for a long number: 1.10101E+17. */
const isScientific = (value: string): boolean => /^\d(?:\.\d+)?E\+?\d{1,3}$/.test(value);

function kindOf(value: string): 'RESIDENT' | 'RESIDENCE_PERMIT' | 'FOREIGN_RESIDENT' {
  if (value.startsWith('9')) return 'FOREIGN_RESIDENT';
  return isResidencePermitPrefix(value.slice(0, 2)) ? 'RESIDENCE_PERMIT' : 'RESIDENT';
}

/** How many characters a masked number shows at its start and at its end (settings `mask.id`, `mask.mobile`). */
export interface MaskShape {
  readonly first: number;
  readonly last: number;
}

const THREE_AND_FOUR: MaskShape = { first: 3, last: 4 };

function mask(text: string, { first, last }: MaskShape): string {
  const characters = [...text];
  const hidden = characters.length - first - last;
  // A text too short to hide anything in its middle is hidden altogether.
  if (hidden <= 0) return '*'.repeat(characters.length);
  return characters.slice(0, first).join('') + '*'.repeat(hidden) + characters.slice(characters.length - last).join('');
}

/** Takes an ID number, readable or not. Gives it masked: `410***********0012`. */
export const maskIdNumber = (idNumber: string, shape: MaskShape = THREE_AND_FOUR): string => mask(idNumber, shape);

/** Takes a phone number. Gives it masked: `138****5678`. */
export const maskPhone = (phone: string, shape: MaskShape = THREE_AND_FOUR): string => mask(phone, shape);
