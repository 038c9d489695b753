import chineseDays from 'chinese-days';
import { addDays, type LegalDate } from '../../rules/calendar.js';

/**
 * The day that lies this many working days after a date (the date itself does not count). Official holidays and make-up days are
 * known through 2026; later years count Monday to Friday.
 */
export function addWorkingDays(date: LegalDate, count: number): LegalDate {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (chineseDays.isWorkday(day)) left -= 1;
  }
  return day;
}

/** The last day of a period as settings write it: '10wd' are working days, a number is calendar days. @throws Error otherwise */
export function lastDayOf(period: unknown, from: LegalDate): LegalDate {
  if (typeof period === 'number' && Number.isInteger(period)) return addDays(from, period);
  const found = typeof period === 'string' ? /^(\d{1,3})wd$/.exec(period) : null;
  if (!found?.[1]) throw new Error('this setting is no number of days');
  return addWorkingDays(from, Number(found[1]));
}
