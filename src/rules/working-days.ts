import { addDays, dayNumberOf, yearOf, type LegalDate } from './calendar.js';

/** Working days and the clocks that count them. 行政处罚法 85; BR-59. */

export interface WorkingCalendar {
  /** Days that depart from Monday to Friday: 2026-02-14 is one to work on, 2026-02-16 is none. */
  readonly departures: ReadonlyMap<LegalDate, boolean>;
}

/** Takes a day. Gives whether it is worked on: as announced, else Monday to Friday. Throws RangeError when unreadable. */
export function isWorkday({ departures }: WorkingCalendar, date: LegalDate): boolean {
  const announced = departures.get(date);
  if (announced !== undefined) return announced;
  const day = dayNumberOf(date);
  if (day === null) throw new RangeError(`not a legal date: ${date}`);
  // 1970-01-01 was a Thursday.
  const weekday = (((day + 3) % 7) + 7) % 7;
  return weekday < 5;
}

/** Takes a calendar and a year. Gives whether the year's holidays are known; else only weekends are counted out. */
export const isAnnounced = ({ departures }: WorkingCalendar, year: number): boolean => {
  const prefix = `${String(year).padStart(4, '0')}-`;
  for (const day of departures.keys()) if (day.startsWith(prefix)) return true;
  return false;
};

/** Takes a date and a count. Gives the day that lies so many working days after it; the date itself does not count. */
export function addWorkingDays(calendar: WorkingCalendar, date: LegalDate, count: number): LegalDate {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isWorkday(calendar, day)) left -= 1;
  }
  return day;
}

/** Takes two days. Gives how many working days lie after the first, up to and with the second; 0 when it is not later. */
export function workingDaysBetween(calendar: WorkingCalendar, from: LegalDate, to: LegalDate): number {
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkday(calendar, day)) count += 1;
  }
  return count;
}

export type DeadlinePeriod = { readonly days: number; readonly working: boolean };

/** Takes a period as settings write it: '10wd' are working days, a whole number is calendar days. Throws Error otherwise. */
export function periodOf(setting: unknown): DeadlinePeriod {
  if (typeof setting === 'number' && Number.isInteger(setting)) return { days: setting, working: false };
  const found = typeof setting === 'string' ? /^(\d{1,3})wd$/.exec(setting) : null;
  if (!found?.[1]) throw new Error('this setting is no number of days');
  return { days: Number(found[1]), working: true };
}

/** Takes a period as settings write it and the day before it begins. Gives its last day. Throws Error when unreadable. */
export function lastDayOf(calendar: WorkingCalendar, setting: unknown, from: LegalDate): LegalDate {
  const { days, working } = periodOf(setting);
  return working ? addWorkingDays(calendar, from, days) : addDays(from, days);
}

export const CLOCK_COLOURS = ['GREEN', 'AMBER', 'RED'] as const;
export type ClockColour = (typeof CLOCK_COLOURS)[number];

export interface ClockReading {
  readonly startedOn: LegalDate;
  readonly dueOn: LegalDate;
  readonly allowed: number;
  readonly used: number;
  readonly colour: ClockColour;
  /** False where a year that it counts has no announced holidays yet: weekends only. */
  readonly isCalendarKnown: boolean;
}

/**
 * Takes the day on which a clock started, its period, today (or the day on which it stopped) and `clock.amberPct`. Gives how far it
 * is: amber from that share of the working days on, red when the last day has passed. BR-59.
 */
export function readClock(
  calendar: WorkingCalendar,
  facts: { readonly startedOn: LegalDate; readonly period: unknown; readonly on: LegalDate },
  amberPct: number,
): ClockReading {
  const { startedOn, on } = facts;
  const dueOn = lastDayOf(calendar, facts.period, startedOn);
  return clockUntil(calendar, { startedOn, dueOn, on }, amberPct);
}

/** The same for a deadline that is a date. */
export function clockUntil(
  calendar: WorkingCalendar,
  { startedOn, dueOn, on }: { readonly startedOn: LegalDate; readonly dueOn: LegalDate; readonly on: LegalDate },
  amberPct: number,
): ClockReading {
  const allowed = workingDaysBetween(calendar, startedOn, dueOn);
  const used = workingDaysBetween(calendar, startedOn, on);
  const isAmber = used * 100 >= allowed * amberPct;
  const isCalendarKnown = isAnnounced(calendar, yearOf(startedOn)) && isAnnounced(calendar, yearOf(dueOn));
  return { startedOn, dueOn, allowed, used, colour: on > dueOn ? 'RED' : isAmber ? 'AMBER' : 'GREEN', isCalendarKnown };
}
