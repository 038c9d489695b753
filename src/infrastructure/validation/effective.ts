import { isLegalDate, startOfDay } from '../../rules/calendar.js';

/**
 * The instant that an `effectiveFrom` means: a date is 00:00 +08:00 of that day, left out it means now. The text has passed
 * @IsInstantOrDate.
 */
export function effectiveInstant(text: string | undefined, now: number): number {
  if (text === undefined) return now;
  if (isLegalDate(text)) return startOfDay(text) ?? Number.NaN;
  return Date.parse(text);
}
