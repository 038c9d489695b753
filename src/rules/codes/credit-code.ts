/** 统一社会信用代码 (GB 32100-2015): a check character over all, and another over the organisation code in it (GB 11714). BR-03. */

export type CreditCodeRefusal =
  'CREDIT_CODE_MALFORMED' | 'CREDIT_CODE_CHECK_CHARACTER' | 'CREDIT_CODE_ORGANISATION_CHECK';

export type CreditCodeCheck =
  | { readonly ok: true; readonly value: string; readonly category: string; readonly divisionCode: string }
  | { readonly ok: false; readonly value: string; readonly code: CreditCodeRefusal };

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Takes text. Gives it in half-width capitals without blanks around it. */
export const normaliseCreditCode = (text: string): string => text.normalize('NFKC').trim().toUpperCase();

const weigh = (text: string, alphabet: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(text[i] ?? ''), 0);

function checkCharacter(first17: string): string {
  return ALPHABET[(31 - (weigh(first17, ALPHABET, WEIGHTS) % 31)) % 31] ?? '';
}

function organisationCheck(first8: string): string {
  const check = 11 - (weigh(first8, ORGANISATION_ALPHABET, ORGANISATION_WEIGHTS) % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Takes a credit code as typed. Gives its first two characters (11 organ, 12 public institution) and area, or why it is none. */
export function checkCreditCode(text: string): CreditCodeCheck {
  const value = normaliseCreditCode(text);
  const refuse = (code: CreditCodeRefusal): CreditCodeCheck => ({ ok: false, value, code });
  const wellFormed =
    /^[0-9A-Z]{2}\d{6}[0-9A-Z]{10}$/.test(value) && [...value].every((character) => ALPHABET.includes(character));
  if (!wellFormed) return refuse('CREDIT_CODE_MALFORMED');
  if (checkCharacter(value.slice(0, 17)) !== value[17]) return refuse('CREDIT_CODE_CHECK_CHARACTER');
  if (organisationCheck(value.slice(8, 16)) !== value[16]) return refuse('CREDIT_CODE_ORGANISATION_CHECK');
  return { ok: true, value, category: value.slice(0, 2), divisionCode: value.slice(2, 8) };
}
