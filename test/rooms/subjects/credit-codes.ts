import { checkCreditCode } from '../../../src/rules/codes/credit-code.js';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
let next = 0;

/** A credit code of an organ in 410102 that no test has used yet: tried until both check characters fit. */
export function creditCode(): string {
  for (;;) {
    next += 1;
    const organisation = `MB${String(next).padStart(6, '0')}`;
    for (const check of '0123456789X') {
      for (const last of ALPHABET) {
        const code = `11410102${organisation}${check}${last}`;
        if (checkCreditCode(code).ok) return code;
      }
    }
  }
}
