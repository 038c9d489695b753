/**
 * Legal dates ('YYYY-MM-DD' in Asia/Shanghai) and instants (epoch milliseconds). Everything is whole-number arithmetic on the
 * Gregorian calendar at the fixed offset +08:00, so that no answer can depend on the time zone of the process.
 */

/** 'YYYY-MM-DD' in Asia/Shanghai. */
export type LegalDate = string;

export const MS_PER_DAY = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const FIRST_YEAR = 1;
const LAST_YEAR = 9999;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Takes a year. Gives whether it has a 29 February. */
export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Takes a year and a month 1..12. Gives the number of days, 0 for a month that does not exist. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar (years that begin in March, eras of 400 years). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function civilFromDays(days: number): Civil {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const writeCivil = ({ year, month, day }: Civil): LegalDate => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;

const isReal = (year: number, month: number, day: number): boolean =>
  year >= FIRST_YEAR && year <= LAST_YEAR && day >= 1 && day <= daysInMonth(year, month);

/** The number written by the digits text[start..end), NaN when one is no ASCII digit. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Takes anything. Gives days since 1970-01-01, or null when it is not exactly a real date 'YYYY-MM-DD' (30 February is none). */
export function dayNumberOf(date: unknown): number | null {
  if (typeof date !== 'string' || date.length !== 10 || date[4] !== '-' || date[7] !== '-') return null;
  const year = digits(date, 0, 4);
  const month = digits(date, 5, 7);
  const day = digits(date, 8, 10);
  return isReal(year, month, day) ? daysFromCivil(year, month, day) : null;
}

/** Takes anything. Gives whether it is a real legal date. */
export const isLegalDate = (date: unknown): date is LegalDate => dayNumberOf(date) !== null;

/** Takes a year, a month and a day. Gives the legal date, or null when the calendar has no such day. */
export const legalDate = (year: number, month: number, day: number): LegalDate | null =>
  Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day) && isReal(year, month, day)
    ? writeCivil({ year, month, day })
    : null;

function needDay(date: LegalDate): number {
  const day = dayNumberOf(date);
  if (day === null) throw new RangeError(`not a legal date: ${String(date)}`);
  return day;
}

function dateOfDay(day: number): LegalDate {
  const civil = civilFromDays(day);
  if (!(civil.year >= FIRST_YEAR && civil.year <= LAST_YEAR)) throw new RangeError(`no legal date: day ${day}`);
  return writeCivil(civil);
}

/** Takes anything. Gives the instant at which that day begins at +08:00, or null when it is no legal date. */
export function startOfDay(date: unknown): number | null {
  const day = dayNumberOf(date);
  return day === null ? null : day * MS_PER_DAY - SHANGHAI_OFFSET_MS;
}

/** Takes an inclusive last day. Gives the instant at which the next day begins at +08:00, or null when it is no legal date. */
export function endOfDay(date: unknown): number | null {
  const day = dayNumberOf(date);
  return day === null ? null : (day + 1) * MS_PER_DAY - SHANGHAI_OFFSET_MS;
}

/** Takes an instant. Gives the day it falls on at +08:00, or null when the instant is unreadable or beyond year 9999. */
export function legalDateOf(instant: number): LegalDate | null {
  if (!Number.isFinite(instant)) return null;
  const civil = civilFromDays(Math.floor((instant + SHANGHAI_OFFSET_MS) / MS_PER_DAY));
  return civil.year >= FIRST_YEAR && civil.year <= LAST_YEAR ? writeCivil(civil) : null;
}

/** Takes an instant. Gives it as text at +08:00 ('2026-03-03T09:30:00+08:00', thousandths where there are any), or null. */
export function instantText(instant: number | null | undefined): string | null {
  if (typeof instant !== 'number') return null;
  const date = legalDateOf(instant);
  if (date === null) return null;
  const ofDay =
    Math.floor(instant + SHANGHAI_OFFSET_MS) - Math.floor((instant + SHANGHAI_OFFSET_MS) / MS_PER_DAY) * MS_PER_DAY;
  const seconds = Math.floor(ofDay / 1000);
  const time = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  const rest = ofDay % 1000;
  return `${date}T${time}${rest === 0 ? '' : `.${pad(rest, 3)}`}+08:00`;
}

/** Takes a date and a number of days (may be negative). Gives the date. Throws RangeError on an unreadable date. */
export const addDays = (date: LegalDate, days: number): LegalDate => dateOfDay(needDay(date) + days);

/** Takes a date and months (may be negative). Gives the same day, or the month's last one. Throws RangeError when unreadable. */
export function addMonths(date: LegalDate, months: number): LegalDate {
  const { year, month, day } = civilFromDays(needDay(date));
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  const result = legalDate(target.year, target.month, Math.min(day, daysInMonth(target.year, target.month)));
  if (result === null) throw new RangeError(`no legal date: ${date} and ${months} months`);
  return result;
}

/** Takes a date and years (may be negative). Gives the same day; 29 February becomes 28. Throws RangeError when unreadable. */
export const addYears = (date: LegalDate, years: number): LegalDate => addMonths(date, years * 12);

/** Takes two dates. Gives the days from the first to the second (negative when it lies before). Throws RangeError. */
export const daysBetween = (from: LegalDate, to: LegalDate): number => needDay(to) - needDay(from);

/** Takes a birth date and a day. Gives full years of age; who was born on 29 February is a year older on 1 March. Throws. */
export function ageOn(birthDate: LegalDate, date: LegalDate): number {
  const born = civilFromDays(needDay(birthDate));
  const now = civilFromDays(needDay(date));
  const before = now.month < born.month || (now.month === born.month && now.day < born.day);
  return now.year - born.year - (before ? 1 : 0);
}

/** Takes a legal date. Gives its year. Throws RangeError on an unreadable date. */
export const yearOf = (date: LegalDate): number => civilFromDays(needDay(date)).year;

/**
 * Takes the first day of a term of whole years. Gives its last day, inclusive (2026-01-01 and 3 years: 2028-12-31); a term that
 * leaves the calendar ends with it. Throws RangeError on an unreadable date.
 */
export const lastDayOfYears = (first: LegalDate, years: number): LegalDate =>
  yearOf(first) + years > LAST_YEAR ? `${LAST_YEAR}-12-31` : addDays(addYears(first, years), -1);
