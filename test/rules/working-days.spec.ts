import { describe, expect, it } from '@jest/globals';
import chineseDays from 'chinese-days';
import { ANNOUNCED_DAYS } from '../../migrations/1763856000014-create-calendar.js';
import { addDays } from '../../src/rules/calendar.js';
import {
  addWorkingDays,
  isAnnounced,
  isWorkday,
  lastDayOf,
  readClock,
  workingDaysBetween,
  type WorkingCalendar,
} from '../../src/rules/working-days.js';

const seeded: WorkingCalendar = {
  departures: new Map(
    ANNOUNCED_DAYS.flatMap(([year, , isOn, days]) =>
      days.split(' ').map((day) => [`${year}-${day}`, isOn] as [string, boolean]),
    ),
  ),
};

describe('working days', () => {
  it.each([
    ['2025-09-30', 5, '2025-10-14'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-04-30', 10, '2026-05-18'],
    ['2030-01-04', 1, '2030-01-07'],
    ['2026-04-30', 0, '2026-04-30'],
  ])('%s and %i working days is %s', (from, count, expected) => {
    expect(addWorkingDays(seeded, from, count)).toBe(expected);
    expect(workingDaysBetween(seeded, from, expected)).toBe(count);
  });

  it('the first content is the announced calendar, day by day; later years are weekends and said to be unknown', () => {
    for (let day = '2018-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
      expect([day, isWorkday(seeded, day)]).toEqual([day, chineseDays.isWorkday(day)]);
    }
    expect([2018, 2026, 2027].map((year) => isAnnounced(seeded, year))).toEqual([true, true, false]);
    expect(['2027-10-01', '2027-10-02'].map((day) => isWorkday(seeded, day))).toEqual([true, false]);
  });

  it('reads periods as settings write them', () => {
    expect(lastDayOf(seeded, '5wd', '2025-09-30')).toBe('2025-10-14');
    expect(lastDayOf(seeded, 5, '2025-09-30')).toBe('2025-10-05');
    for (const period of ['5', '5d', null, 1.5, 'wd']) expect(() => lastDayOf(seeded, period, '2025-09-30')).toThrow();
  });

  it.each([
    // Ten working days from 2026-03-02, a Monday: due on the 16th, eight of them used on the 12th.
    ['2026-03-02', 'GREEN', 0],
    ['2026-03-11', 'GREEN', 7],
    ['2026-03-12', 'AMBER', 8],
    ['2026-03-16', 'AMBER', 10],
    ['2026-03-17', 'RED', 11],
  ])('a clock of ten working days reads on %s: %s', (on, colour, used) => {
    expect(readClock(seeded, { startedOn: '2026-03-02', period: '10wd', on }, 80)).toEqual({
      startedOn: '2026-03-02',
      dueOn: '2026-03-16',
      allowed: 10,
      used,
      colour,
      isCalendarKnown: true,
    });
  });

  it('says where it counted a year without announced holidays', () => {
    const clock = readClock(seeded, { startedOn: '2026-12-30', period: '5wd', on: '2026-12-30' }, 80);
    expect([clock.dueOn, clock.isCalendarKnown]).toEqual(['2027-01-06', false]);
  });
});
