/**
 * Dates as the checker reads them, on its own: legal days are 'YYYY-MM-DD' at +08:00, instants are the database's UTC texts
 * 'YYYY-MM-DD HH:MM:SS.mmm', which sort as they are.
 */
const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const instantOf = (stored: string): number => Date.parse(`${stored.replace(' ', 'T')}Z`);

/** The instant as the database writes it. */
export const storedInstant = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 23);

/** The legal day on which a stored instant falls. */
export const dayOf = (stored: string): string => text(instantOf(stored) + SHANGHAI);

/** The instant at which a legal day begins, as stored. */
export const dayBegins = (day: string): string => storedInstant(utc(day) - SHANGHAI);

/** The instant at which the day after begins, as stored. */
export const dayEnds = (day: string): string => storedInstant(utc(day) + DAY - SHANGHAI);

export const isDay = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(utc(value)) &&
  text(utc(value)) === value;

export const plusDays = (day: string, days: number): string => text(utc(day) + days * DAY);

export const dayNumber = (day: string): number => utc(day) / DAY;

/** The same day so many years later; 29 February becomes 28. */
export function plusYears(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  const same = `${year}${day.slice(4)}`;
  return isDay(same) ? same : `${year}-02-28`;
}

/** The last day of a term of whole years. */
export const lastDayOfTerm = (first: string, years: number): string => plusDays(plusYears(first, years), -1);

/** Whether somebody born on a day is of this age on another; born on 29 February: on 1 March. */
export function isOfAge(born: string, years: number, on: string): boolean {
  const year = String(Number(born.slice(0, 4)) + years).padStart(4, '0');
  return on >= `${year}${born.slice(4)}`;
}
