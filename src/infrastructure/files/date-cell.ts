import type { Cell } from './reader-types.js';

export type DateReading =
  | { readonly state: 'DATE'; readonly date: string }
  | { readonly state: 'BLANK' }
  | { readonly state: 'MALFORMED'; readonly reason: DateFault };

/** `SERIAL` is a bare number: without the date format nobody knows whether it counts from 1900 or from 1904. */
export type DateFault = 'NO_YEAR' | 'NO_DAY' | 'NOT_IN_CALENDAR' | 'SERIAL' | 'AMBIGUOUS' | 'UNREADABLE';

const PATTERNS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})\.?$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];
const WITHOUT_YEAR = /^\d{1,2}月\d{1,2}[日号]?$|^\d{1,2}[-./]\d{1,2}$/;
const WITHOUT_DAY = /^\d{4}年\d{1,2}月?$|^\d{4}[-./]\d{1,2}$|^\d{6}$/;
const DAY_FIRST_OR_SHORT_YEAR = /^\d{1,2}[-./]\d{1,2}[-./]\d{1,4}$|^\d{2}年\d{1,2}月\d{1,2}[日号]?$/;
const TIME_BEHIND = /[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

const LONGEST_DATE = 40;

/** A whole date or none: no year is guessed, no month is taken for a day. */
export function parseDateCell(cell: Pick<Cell, 'kind' | 'text'> | string): DateReading {
  const { kind, text } = typeof cell === 'string' ? { kind: 'TEXT' as const, text: cell } : cell;
  const given = text.normalize('NFKC').trim();
  if (given === '') return { state: 'BLANK' };
  if (given.length > LONGEST_DATE) return { state: 'MALFORMED', reason: 'UNREADABLE' };
  const date = given.replace(TIME_BEHIND, '').replace(/\s+/g, '');
  // A number that reads as year, month and day says what it is; 45444 does not.
  if (kind === 'NUMBER' && !/^(?:19|20)\d{6}$/.test(date)) return { state: 'MALFORMED', reason: 'SERIAL' };
  for (const pattern of PATTERNS) {
    const found = pattern.exec(date);
    if (found) return onCalendar(Number(found[1]), Number(found[2]), Number(found[3]));
  }
  return { state: 'MALFORMED', reason: faultOf(date) };
}

function faultOf(date: string): DateFault {
  if (WITHOUT_YEAR.test(date)) return 'NO_YEAR';
  if (WITHOUT_DAY.test(date)) return 'NO_DAY';
  if (DAY_FIRST_OR_SHORT_YEAR.test(date)) return 'AMBIGUOUS';
  return /^\d{1,5}(?:\.\d+)?$/.test(date) ? 'SERIAL' : 'UNREADABLE';
}

function onCalendar(year: number, month: number, day: number): DateReading {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || year < 1900) return { state: 'MALFORMED', reason: 'NOT_IN_CALENDAR' };
  return { state: 'DATE', date: date.toISOString().slice(0, 10) };
}
