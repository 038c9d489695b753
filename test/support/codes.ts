/** Synthetic codes with right check digits, computed independently of src/rules/codes. */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An ID number of area 410183 (no officer of the demonstration is from there), born in 1985, by serial (0 … 350,000). */
export function idNumber(serial: number): string {
  const day = Math.floor(serial / 999);
  const birth = new Date(Date.UTC(1985, 0, 1 + day)).toISOString().slice(0, 10).replaceAll('-', '');
  const body = `410183${birth}${String((serial % 999) + 1).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (ID_WEIGHTS[i] ?? 0), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** A unified social credit code of an organ (11) or an institution (12) in 410102, by serial. */
export function creditCode(serial: number, first: '11' | '12' = '11'): string {
  const organisation = `T${String(serial).padStart(7, '0')}`;
  const value = (char: string): number => (/\d/.test(char) ? Number(char) : char.charCodeAt(0) - 55);
  const sum = [...organisation].reduce((total, char, i) => total + value(char) * (ORG_WEIGHTS[i] ?? 0), 0);
  const check = 11 - (sum % 11);
  const body = `${first}410102${organisation}${check === 10 ? 'X' : check === 11 ? '0' : check}`;
  const total = [...body].reduce((all, char, i) => all + USCC_ALPHABET.indexOf(char) * (USCC_WEIGHTS[i] ?? 0), 0);
  return body + (USCC_ALPHABET[(31 - (total % 31)) % 31] ?? '');
}
