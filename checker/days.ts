/**
 * Dates as the checker reads them, on its own: legal days are 'YYYY-MM-DD' at +08:00, instants are the database's UTC texts
 * 'YYYY-MM-DD HH:MM:SS.mmm', which sort as they are.
 */
const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A register has few days and moments beside its certificates: what was worked out once is kept, up to a bound. */
function kept<T>(work: (of: string) => T): (of: string) => T {
  const known = new Map<string, T>();
  return (of) => {
    let value = known.get(of);
    if (value === undefined) {
      if (known.size >= 5000) known.clear();
      known.set(of, (value = work(of)));
    }
    return value;
  };
}

export const instantOf = (stored: string): number => Date.parse(`${stored.replace(' ', 'T')}Z`);

/** The instant as the database writes it. */
export const storedInstant = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 23);

/** The legal day on which a stored instant falls. */
export const dayOf = kept((stored) => text(instantOf(stored) + SHANGHAI));

/** The instant at which a legal day begins, as stored. */
export const dayBegins = kept((day) => storedInstant(utc(day) - SHANGHAI));

/** The instant at which the day after begins, as stored. */
export const dayEnds = kept((day) => storedInstant(utc(day) + DAY - SHANGHAI));

const isReal = kept((day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(utc(day)) && text(utc(day)) === day);

export const isDay = (value: unknown): value is string => typeof value === 'string' && isReal(value);

export const plusDays = (day: string, days: number): string => text(utc(day) + days * DAY);

export const dayNumber = kept((day) => utc(day) / DAY);

/** The same day so many years later; 29 February becomes 28. */
export function plusYears(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  const same = `${year}${day.slice(4)}`;
  return isDay(same) ? same : `${year}-02-28`;
}

/** The last day of a term of whole years. */
export const lastDayOfTerm = (first: string, years: number): string => termEnd(`${first} ${years}`);
const termEnd = kept((term) => plusDays(plusYears(term.slice(0, 10), Number(term.slice(11))), -1));

/** Whether somebody born on a day is of this age on another; born on 29 February: on 1 March. */
export function isOfAge(born: string, years: number, on: string): boolean {
  const year = String(Number(born.slice(0, 4)) + years).padStart(4, '0');
  return on >= `${year}${born.slice(4)}`;
}
