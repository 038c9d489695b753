import { addDays, type LegalDate } from '../rules/calendar.js';
import { checkCreditCode } from '../rules/codes/credit-code.js';
import { idCheckDigit, type Gender } from '../rules/codes/id-number.js';

const CHECKS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * A credit code of nobody: both check characters are right (GB 32100, GB 11714), the organisation part begins with MB9.
 * @param kind '11' organ, '12' public institution
 */
export function syntheticCreditCode(kind: '11' | '12', serial: number): string {
  const head = `${kind}410102MB9${String(serial).padStart(5, '0')}`;
  for (const organisation of CHECKS) {
    for (const last of CHECKS) {
      const checked = checkCreditCode(head + organisation + last);
      if (checked.ok) return checked.value;
    }
  }
  throw new Error('no credit code fits');
}

const AREAS = ['410102', '410103', '410104', '410105', '410108', '410122', '410183', '412701'] as const;
const FIRST_BIRTH = '1968-02-03';

/**
 * An ID number of nobody: every person has a birth date of his own, and the sequence is 001 to 004, which says "made up" to
 * everybody who knows such numbers. The check digit is right.
 */
export function syntheticIdNumber(serial: number, gender: Gender): { idNumber: string; birthDate: LegalDate } {
  const birthDate = addDays(FIRST_BIRTH, serial * 25);
  const area = AREAS[(serial * 5) % 13] ?? '410102';
  const sequence = gender === 'MALE' ? '001' : '002';
  const first17 = area + birthDate.replaceAll('-', '') + sequence;
  return { idNumber: first17 + idCheckDigit(first17), birthDate };
}

/** A mobile number of a range that no operator has given out. */
export const syntheticPhone = (serial: number): string => `1990000${String(serial).padStart(4, '0')}`;
