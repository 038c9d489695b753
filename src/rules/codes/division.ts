/** Division codes 行政区划代码 (GB/T 2260), streets and communities below. Only form and province are judged: codes come and go. */

/** The first two digits of every province-level division of GB/T 2260. */
export const PROVINCE_PREFIXES = [
  ...['11', '12', '13', '14', '15'],
  ...['21', '22', '23'],
  ...['31', '32', '33', '34', '35', '36', '37'],
  ...['41', '42', '43', '44', '45', '46'],
  ...['50', '51', '52', '53', '54'],
  ...['61', '62', '63', '64', '65'],
  ...['71', '81', '82'],
] as const;

const PROVINCES: ReadonlySet<string> = new Set(PROVINCE_PREFIXES);

/** Residence permits 港澳台居民居住证 of Hong Kong, Macao and Taiwan residents begin with these. */
const RESIDENCE_PERMITS: ReadonlySet<string> = new Set(['81', '82', '83']);

/** Takes two digits. Gives whether a province-level division has them. */
export const isProvincePrefix = (prefix: string): boolean => PROVINCES.has(prefix);

/** Takes the first two digits of an ID number. Gives whether they are those of a residence permit. */
export const isResidencePermitPrefix = (prefix: string): boolean => RESIDENCE_PERMITS.has(prefix);

export type DivisionLevel = 'PROVINCE' | 'CITY' | 'COUNTY' | 'STREET' | 'COMMUNITY';

export type DivisionCheck =
  | { readonly ok: true; readonly value: string; readonly level: DivisionLevel }
  | { readonly ok: false; readonly value: string; readonly code: 'DIVISION_MALFORMED' };

/** Takes text. Gives it without blanks and in half-width characters. */
export const normaliseDivisionCode = (text: string): string => text.normalize('NFKC').trim();

/** Takes a division code. Gives its level, or that it is none: 6, 9 or 12 digits that begin with a province. */
export function checkDivisionCode(text: string): DivisionCheck {
  const value = normaliseDivisionCode(text);
  if (!/^\d{6}(?:\d{3}){0,2}$/.test(value) || !isProvincePrefix(value.slice(0, 2))) {
    return { ok: false, value, code: 'DIVISION_MALFORMED' };
  }
  return { ok: true, value, level: levelOf(value) };
}

function levelOf(value: string): DivisionLevel {
  if (value.length === 12) return value.endsWith('000') ? 'STREET' : 'COMMUNITY';
  if (value.length === 9) return value.endsWith('000') ? levelOf(value.slice(0, 6)) : 'STREET';
  if (value.endsWith('0000')) return 'PROVINCE';
  return value.endsWith('00') ? 'CITY' : 'COUNTY';
}
