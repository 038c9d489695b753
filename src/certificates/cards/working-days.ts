import chineseDays from 'chinese-days';
import { addDays, type LegalDate } from '../../rules/calendar.js';

/**
 * Takes a legal date and a number of working days. Gives the day on which the period ends: the day itself does not count, official
 * holidays and the working days made up for them do (known through 2026, weekends after that).
 */
export function addWorkingDays(date: LegalDate, days: number): LegalDate {
  let day = date;
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    if (chineseDays.isWorkday(day)) left -= 1;
  }
  return day;
}

/** Reads '10wd' or a number of calendar days, as settings write periods. @throws Error for anything else */
export function endOfPeriod(date: LegalDate, period: unknown): LegalDate {
  if (typeof period === 'number' && Number.isInteger(period) && period >= 0) return addDays(date, period);
  const found = typeof period === 'string' ? /^(\d{1,3})(wd)?$/.exec(period) : null;
  if (!found?.[1]) throw new Error('a period must be a number of days or of working days, like 10wd');
  return found[2] === 'wd' ? addWorkingDays(date, Number(found[1])) : addDays(date, Number(found[1]));
}
