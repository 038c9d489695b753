import type { Cell } from './reader-types.js';

/** What was done to a text, so that the preview can say so; the raw value is kept beside it. */
export type NormalisationNote =
  | 'TRIMMED'
  | 'LINE_BREAK_REMOVED'
  | 'INNER_BLANKS_REMOVED'
  | 'WIDTH_FOLDED'
  | 'MIDDLE_DOT_UNIFIED'
  | 'ZERO_WIDTH_REMOVED'
  | 'APOSTROPHE_REMOVED'
  | 'TEXT_FORMULA_UNWRAPPED';

/** What cannot be mended: nobody knows which character was meant. */
export type TextFault = 'CONTROL_CHARACTER' | 'PRIVATE_USE_CHARACTER' | 'BROKEN_CHARACTER';

/** Ideographs beyond the basic block: national lists know them, many fonts and input methods do not. */
const RARE = /[\u3400-\u4dbf\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

/** The first rare ideograph of a text; null when there is none. */
export const rareCharacterIn = (text: string): string | null => RARE.exec(text)?.[0] ?? null;

export interface NormalisedText {
  readonly value: string;
  readonly notes: readonly NormalisationNote[];
  readonly faults: readonly TextFault[];
}

/** Signs that Chinese input methods give for the dot in minority names; national practice is U+00B7. */
const MIDDLE_DOT =
  /(?<=\p{Script=Han})[\s\u3000]*[\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e\u25cf\ufe52\u16eb\u2e31\u00b7.][\s\u3000]*(?=\p{Script=Han})/gu;
const ZERO_WIDTH = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
// eslint-disable-next-line no-control-regex -- vertical tab and form feed are line breaks too
const LINE_BREAK = /\r\n|[\r\n\u000b\u000c\u0085\u2028\u2029]/;
const BLANKS_BETWEEN_HAN = /(?<=\p{Script=Han})[\s\u3000]+(?=\p{Script=Han})/gu;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/;
const PRIVATE_USE = /\p{Co}/u;
const BROKEN = /[\ufffd\p{Cs}]|\p{Noncharacter_Code_Point}/u;
const NEEDS_WORK = /[^\p{Script=Han}\u0021-\u007e]|\.|^['=]/u;

/** One spelling for what looks the same. Letters are not changed in case: that is a matter of the column. */
export function normaliseText(raw: string): NormalisedText {
  if (!NEEDS_WORK.test(raw)) return { value: raw, notes: [], faults: [] };
  const notes: NormalisationNote[] = [];
  let value = raw;
  const apply = (note: NormalisationNote, next: string): void => {
    if (next !== value) notes.push(note);
    value = next;
  };
  apply('ZERO_WIDTH_REMOVED', value.replace(ZERO_WIDTH, ''));
  apply('TRIMMED', value.trim());
  apply('LINE_BREAK_REMOVED', joinLines(value));
  apply('MIDDLE_DOT_UNIFIED', value.replace(MIDDLE_DOT, '\u00b7'));
  apply('INNER_BLANKS_REMOVED', value.replace(BLANKS_BETWEEN_HAN, ''));
  apply('WIDTH_FOLDED', tidy(value.normalize('NFKC')));
  // ="0123" and '0123 are how spreadsheet users keep leading zeros.
  apply('TEXT_FORMULA_UNWRAPPED', tidy(value.replace(/^="([^"]*)"$/, '$1')));
  apply('APOSTROPHE_REMOVED', value.replace(/^'(?=[0-9])/, ''));
  return { value, notes, faults: faultsOf(value) };
}

/** Folding and unwrapping may bring forth blanks and dots of their own. */
function tidy(value: string): string {
  return value.trim().replace(MIDDLE_DOT, '\u00b7').replace(BLANKS_BETWEEN_HAN, '');
}

/** Line by line, because a pattern for blanks around a break takes quadratic time on many blanks without one (F10). */
function joinLines(value: string): string {
  if (!LINE_BREAK.test(value)) return value;
  return value
    .split(LINE_BREAK)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

function faultsOf(value: string): TextFault[] {
  const faults: TextFault[] = [];
  if (CONTROL.test(value)) faults.push('CONTROL_CHARACTER');
  if (PRIVATE_USE.test(value)) faults.push('PRIVATE_USE_CHARACTER');
  if (BROKEN.test(value)) faults.push('BROKEN_CHARACTER');
  return faults;
}

export type NumberedIdSign = 'NUMBER_CELL' | 'SCIENTIFIC' | 'LAST_THREE_ZERO';

/**
 * Signs that an identifier went through a number (K20): Excel keeps 15 digits, so the last three are gone and what is
 * left may be another person's number. Never to be repaired, only to be refused.
 */
export function looksLikeNumberedId(cell: Pick<Cell, 'kind' | 'text'>): NumberedIdSign | null {
  if (cell.kind === 'NUMBER') return 'NUMBER_CELL';
  const text = cell.text.normalize('NFKC').trim();
  if (/^\d(?:\.\d+)?E\+?\d{1,3}$/i.test(text)) return 'SCIENTIFIC';
  return /^\d{15}000$/.test(text) && text.at(-1) !== checkCharacter(text) ? 'LAST_THREE_ZERO' : null;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** GB 11643-1999; here only to tell lost digits from an ID that really ends in zeros. */
function checkCharacter(id: string): string {
  const sum = WEIGHTS.reduce((total: number, weight, index) => total + weight * Number(id[index]), 0);
  return '10X98765432'[sum % 11]!;
}

export type ScoreReading =
  | { readonly state: 'SCORE'; readonly value: string }
  | { readonly state: 'ABSENT' }
  | { readonly state: 'VIOLATION' }
  /** `token` is what stood there when it was not simply empty: the user is asked once what it means. */
  | { readonly state: 'NOT_ENTERED'; readonly token: string | null }
  | { readonly state: 'MALFORMED'; readonly reason: 'TOKEN' | 'RANGE' | 'DECIMALS' };

const ABSENT = new Set(['缺考', '缺席', '未考', '旷考']);
const VIOLATION = new Set(['违纪', '作弊', '舞弊']);

/** No mark is longer; what is longer is not worth taking apart. */
const LONGEST_SCORE = 20;

/** Marks from 0 to 100 with at most one decimal (BR-140); `value` is the mark without ornaments: 085.0分 is 85. */
export function parseScore(raw: string): ScoreReading {
  const text = normaliseText(raw).value.replace(/\s+/g, '');
  if (text === '') return { state: 'NOT_ENTERED', token: null };
  if (text.length > LONGEST_SCORE) return { state: 'MALFORMED', reason: 'TOKEN' };
  if (/^[-\u2010-\u2015\u2212\u2500/]+$/.test(text)) return { state: 'NOT_ENTERED', token: text };
  if (ABSENT.has(text)) return { state: 'ABSENT' };
  if (VIOLATION.has(text)) return { state: 'VIOLATION' };
  const number = /^([+-]?)(\d+)(?:\.(\d+))?分?$/.exec(text);
  if (!number) return { state: 'MALFORMED', reason: 'TOKEN' };
  const whole = number[2]!.replace(/^0+(?=\d)/, '');
  const decimals = (number[3] ?? '').replace(/0+$/, '');
  const value = decimals === '' ? whole : `${whole}.${decimals}`;
  if (whole.length > 3 || Number(value) > 100 || (number[1] === '-' && Number(value) !== 0)) {
    return { state: 'MALFORMED', reason: 'RANGE' };
  }
  if (decimals.length > 1) return { state: 'MALFORMED', reason: 'DECIMALS' };
  return { state: 'SCORE', value };
}

const TOTALS =
  /^(?:合计|总计|小计|共计|累计|平均|平均分|平均成绩|总分|最高分|最低分|及格率|合格率|总人数|人数合计)(?:[(:：\s\d].*)?$/;
const SIGNATURE =
  /^(?:制表|制单|填表|填报|审核|审批|复核|核对|经办|负责|阅卷|登分|统分|监考|主考|批准|签发|单位负责|考点负责)(?:人|员|单位|日期|时间)?(?:签字|签名|签章|盖章)?[:：(\s]|^(?:制表人|填表人|审核人|复核人|经办人|负责人|单位负责人|填报单位|制表日期|填表日期|盖章|单位盖章|\(盖章\)|\(公章\)|公章)$|^(?:注|备注|说明|附注|填表说明)[:：]/;

/** A row of sums under the table. Its first filled cell says so; a row with a key of its own is never such a row. */
export function isTotalsRow(texts: readonly string[]): boolean {
  return TOTALS.test(firstText(texts));
}

/** The signatures and remarks under a table: few cells, and one of them begins like a form. */
export function isSignatureRow(texts: readonly string[]): boolean {
  const filled = texts.map(plain).filter((text) => text !== '');
  return SIGNATURE.test(filled[0] ?? '') && filled.length <= Math.max(6, texts.length / 2);
}

function firstText(texts: readonly string[]): string {
  return texts.map(plain).find((text) => text !== '') ?? '';
}

function plain(text: string): string {
  return text === '' ? '' : text.normalize('NFKC').replace(/[\s\u3000]+/g, '');
}
