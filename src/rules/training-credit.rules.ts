import { dayNumberOf, yearOf, type LegalDate } from './calendar.js';

/** Which hours count. BR-29, BR-31, BR-36, BR-37. Hours are kept in hundredths inside, so that tenths add up exactly. */

export interface Attendance {
  readonly classId: string;
  readonly startsOn: LegalDate;
  readonly endsOn: LegalDate;
  /** Planned hours of the class. */
  readonly planned: number;
  readonly attended: number;
}

export interface Credit {
  readonly classId: string;
  readonly endsOn: LegalDate;
  readonly hours: number;
}

const hundredths = (hours: number): number => (Number.isFinite(hours) && hours > 0 ? Math.round(hours * 100) : 0);

/** Takes planned and attended hours. Gives what counts before the day's cap: never more than either. */
export const creditOf = (planned: number, attended: number): number =>
  Math.min(hundredths(planned), hundredths(attended)) / 100;

interface Open {
  readonly attendance: Attendance;
  readonly first: number;
  readonly last: number;
  left: number;
  given: number;
}

/**
 * Takes all classes of one person and `hours.maxPerDay`. Gives the credit of each class. A day holds no more than its cap, whatever
 * classes overlap in it; the hours are laid on the days in the way that keeps most of them (earliest end first). A class whose dates
 * cannot be read gives nothing. The order of the classes does not matter.
 */
export function creditAttendances(attendances: readonly Attendance[], maxPerDay: number): Credit[] {
  const cap = hundredths(maxPerDay);
  const open = attendances.map((attendance): Open => {
    const [first, last] = [dayNumberOf(attendance.startsOn), dayNumberOf(attendance.endsOn)];
    const isReadable = first !== null && last !== null && first <= last;
    const left = isReadable ? hundredths(creditOf(attendance.planned, attendance.attended)) : 0;
    return { attendance, first: first ?? 0, last: last ?? 0, left, given: 0 };
  });
  const waiting = open
    .filter((each) => each.left > 0)
    .sort((a, b) => a.last - b.last || a.first - b.first || (a.attendance.classId < b.attendance.classId ? -1 : 1));
  const days = new Set<number>();
  // A day on which a class is not finished is a full day, and there are no more full days than the hours of all can fill.
  const enough = cap === 0 ? 0 : Math.floor(waiting.reduce((sum, { left }) => sum + left, 0) / cap) + 1;
  for (const { first, last } of waiting) {
    for (let day = first; day <= last && day < first + enough; day++) days.add(day);
  }
  for (const day of [...days].sort((a, b) => a - b)) fillDay(day, cap, waiting);
  return open.map(({ attendance, given }) => ({
    classId: attendance.classId,
    endsOn: attendance.endsOn,
    hours: given / 100,
  }));
}

function fillDay(day: number, cap: number, waiting: readonly Open[]): void {
  let room = cap;
  for (const each of waiting) {
    if (room === 0) return;
    if (each.left === 0 || day < each.first || day > each.last) continue;
    const hours = Math.min(room, each.left);
    each.left -= hours;
    each.given += hours;
    room -= hours;
  }
}

/** Takes credits. Gives the hours of a calendar year: those of classes that ended in it. BR-29. */
export const hoursOfYear = (credits: readonly Credit[], year: number): number =>
  credits
    .filter(({ endsOn }) => dayNumberOf(endsOn) !== null && yearOf(endsOn) === year)
    .reduce((sum, { hours }) => sum + hundredths(hours), 0) / 100;

/** Takes the yearly target and the months in post, 0..12. Gives the target pro rata, rounded up to whole hours. BR-37. */
export const proRataTarget = (target: number, monthsInPost: number): number =>
  Math.ceil((target * Math.min(12, Math.max(0, monthsInPost))) / 12);

/** Takes the first day of a span. Gives the last full year before it: the one whose hours the duty decision looks at. BR-36. */
export const lastFullYear = (spanBegins: LegalDate): number => yearOf(spanBegins) - 1;
