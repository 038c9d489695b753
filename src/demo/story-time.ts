import { addDays, legalDateOf, startOfDay, yearOf, type LegalDate } from '../rules/calendar.js';

const HOUR = 3_600_000;

/** The dates of the story, counted from the database's today, so that the demonstration stays fresh. */
export class StoryTime {
  readonly today: LegalDate;
  readonly thisYear: number;
  /** The day on which the district began to use the system. */
  readonly adopted: LegalDate;

  constructor(readonly now: number) {
    const today = legalDateOf(now);
    if (today === null) throw new Error('the database tells no date');
    this.today = today;
    this.thisYear = yearOf(today);
    this.adopted = addDays(today, -800);
  }

  get lastYear(): number {
    return this.thisYear - 1;
  }

  /** The legal date so many days after today (before it: negative). */
  day(offset: number): LegalDate {
    return addDays(this.today, offset);
  }

  /** The instant of an hour of a legal date, +08:00. */
  at(date: LegalDate, hour = 9): number {
    const start = startOfDay(date);
    if (start === null) throw new Error(`${date} is no day of the story`);
    return start + hour * HOUR;
  }

  /** The instant at which a legal date begins, as `effectiveFrom` reads it. */
  start(date: LegalDate): number {
    return this.at(date, 0);
  }

  /** An instant so many days and hours from now that is never in the future for a negative distance. */
  fromNow(days: number, hours = 0): number {
    return this.now + (days * 24 + hours) * HOUR;
  }
}
