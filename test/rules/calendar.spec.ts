import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
  dayNumberOf,
  daysBetween,
  daysInMonth,
  endOfDay,
  instantText,
  isLeapYear,
  isLegalDate,
  legalDate,
  lastDayOfYears,
  legalDateOf,
  MS_PER_DAY,
  startOfDay,
  yearOf,
} from '../../src/rules/calendar.js';

const utc = (...parts: [number, number, number, number?]) => Date.UTC(...parts);

describe('legal dates', () => {
  it.each(['2026-02-28', '2024-02-29', '2000-02-29', '1900-12-31', '0001-01-01', '9999-12-31'])('%s is one', (date) => {
    expect(isLegalDate(date)).toBe(true);
  });
  it.each([
    '2026-02-29',
    '2026-02-30',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '2026/01/01',
    '2026-0:-01',
    '2026-1/-01',
    '2026-01/01',
    '2026/01-01',
    '20260101',
    ' 2026-01-01',
    '2026-01-01 ',
    '2026-01-01T00:00',
    '0000-01-01',
    '+026-01-01',
    '２０２６-01-01',
    '2026-01-1x',
    '2026-0/-01',
    '2026-01 01',
    '2026 01-01',
    '2026-01-:1',
    '',
    null,
    undefined,
    20260101,
    {},
  ])('%p is none', (date) => {
    expect(isLegalDate(date)).toBe(false);
    expect(startOfDay(date)).toBeNull();
    expect(endOfDay(date)).toBeNull();
  });
  it('knows leap years', () => {
    expect([1900, 2000, 2023, 2024, 2100, 2400].map(isLeapYear)).toEqual([false, true, false, true, false, true]);
    expect([daysInMonth(2024, 2), daysInMonth(2023, 2), daysInMonth(2023, 12), daysInMonth(2023, 13)]).toEqual([
      29, 28, 31, 0,
    ]);
  });
  it('are made from parts only when real', () => {
    expect(legalDate(2024, 2, 29)).toBe('2024-02-29');
    expect(legalDate(2023, 2, 29)).toBeNull();
    expect(legalDate(2023, 2.5, 1)).toBeNull();
  });
});

describe('instants at +08:00', () => {
  it('a day begins at 16:00 UTC of the day before and ends where the next begins', () => {
    expect(startOfDay('2026-03-10')).toBe(utc(2026, 2, 9, 16));
    expect(endOfDay('2026-03-10')).toBe(utc(2026, 2, 10, 16));
    expect(endOfDay('2026-12-31')).toBe(startOfDay('2027-01-01'));
  });
  it('keeps the fixed offset in the summers in which China had daylight saving', () => {
    expect(startOfDay('1988-07-01')).toBe(utc(1988, 5, 30, 16));
  });
  it('an instant belongs to one day', () => {
    expect(legalDateOf(utc(2026, 2, 9, 16))).toBe('2026-03-10');
    expect(legalDateOf(utc(2026, 2, 9, 16) - 1)).toBe('2026-03-09');
    expect(['0001-01-01', '9999-12-31'].map((date) => legalDateOf(startOfDay(date) ?? NaN))).toEqual([
      '0001-01-01',
      '9999-12-31',
    ]);
    expect([(startOfDay('0001-01-01') ?? 0) - 1, endOfDay('9999-12-31') ?? 0].map(legalDateOf)).toEqual([null, null]);
    expect([NaN, Infinity, 1e20, -1e20].map(legalDateOf)).toEqual([null, null, null, null]);
  });
  it('is written with its offset', () => {
    expect(instantText(utc(2026, 2, 10, 1))).toBe('2026-03-10T09:00:00+08:00');
    expect(instantText(utc(2026, 2, 9, 16) - 1)).toBe('2026-03-09T23:59:59.999+08:00');
    expect([null, undefined, NaN].map(instantText)).toEqual([null, null, null]);
  });
  it('agrees with an independent calendar on every day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 2_000_000 }), (day) => {
        const text = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
        expect(dayNumberOf(text)).toBe(day);
        expect(startOfDay(text)).toBe(day * MS_PER_DAY - 8 * 3_600_000);
        expect(legalDateOf(day * MS_PER_DAY)).toBe(text);
        expect(instantText(day * MS_PER_DAY + 60_000)).toBe(`${text}T08:01:00+08:00`);
      }),
    );
  });
});

describe('counting', () => {
  it('days', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
    expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1);
  });
  it('months, to the last day where the month is shorter', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2023-12-15', 2)).toBe('2024-02-15');
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
    expect(addMonths('2024-01-31', -14)).toBe('2022-11-30');
  });
  it('years', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
    expect(yearOf('2026-03-10')).toBe(2026);
  });
  it('terms of whole years, to their last day', () => {
    expect([lastDayOfYears('2026-01-01', 3), lastDayOfYears('2024-02-29', 1), lastDayOfYears('2026-03-10', 0)]).toEqual(
      ['2028-12-31', '2025-02-27', '2026-03-09'],
    );
    expect([lastDayOfYears('9998-06-01', 1), lastDayOfYears('9998-06-01', 2)]).toEqual(['9999-05-31', '9999-12-31']);
  });
  it('age', () => {
    expect(ageOn('2008-03-10', '2026-03-09')).toBe(17);
    expect(ageOn('2008-03-10', '2026-03-10')).toBe(18);
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
  });
  it('throws on what is no date, and beyond the calendar', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => daysBetween('2026-01-01', 'x')).toThrow(RangeError);
    expect(() => addYears('9999-01-01', 1)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
    expect([addDays('9999-12-30', 1), addDays('0001-01-02', -1)]).toEqual(['9999-12-31', '0001-01-01']);
  });
  it('days there and back again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: -5000, max: 5000 }), (start, days) => {
        const date = addDays('1970-01-01', start + 5000);
        expect(addDays(addDays(date, days), -days)).toBe(date);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });
});
