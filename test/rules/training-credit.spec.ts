import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../src/rules/calendar.js';
import {
  type Attendance,
  creditAttendances,
  creditOf,
  hoursOfYear,
  lastFullYear,
  proRataTarget,
} from '../../src/rules/training-credit.rules.js';

const attendance = (
  classId: string,
  startsOn: string,
  endsOn: string,
  planned: number,
  attended = planned,
): Attendance => ({
  classId,
  startsOn,
  endsOn,
  planned,
  attended,
});
const hours = (...attendances: Attendance[]) => creditAttendances(attendances, 8).map((credit) => credit.hours);

describe('training credit', () => {
  it('is the smaller of planned and attended', () => {
    expect([
      creditOf(8, 6),
      creditOf(6, 8),
      creditOf(7.5, 7.5),
      creditOf(8, 0),
      creditOf(8, -3),
      creditOf(NaN, 8),
    ]).toEqual([6, 6, 7.5, 0, 0, 0]);
  });
  it('holds no more than the cap of each day', () => {
    expect(hours(attendance('a', '2026-03-02', '2026-03-02', 10))).toEqual([8]);
    expect(hours(attendance('a', '2026-03-02', '2026-03-03', 20))).toEqual([16]);
    expect(hours(attendance('a', '2026-03-02', '2026-03-06', 40))).toEqual([40]);
  });
  it('counts overlapping classes once', () => {
    expect(
      hours(attendance('a', '2026-03-02', '2026-03-02', 6), attendance('b', '2026-03-02', '2026-03-02', 6)),
    ).toEqual([6, 2]);
    expect(
      hours(attendance('b', '2026-03-02', '2026-03-02', 6), attendance('a', '2026-03-02', '2026-03-02', 6)),
    ).toEqual([2, 6]);
  });
  it('keeps as many hours as the days can hold', () => {
    // The long class gives way to the short one and is made up for on its other day.
    expect(
      hours(attendance('long', '2026-03-02', '2026-03-03', 8), attendance('short', '2026-03-02', '2026-03-02', 8)),
    ).toEqual([8, 8]);
  });
  it('gives nothing for dates that cannot be read, or stand the wrong way round', () => {
    expect(
      hours(attendance('a', '2026-03-02', '2026-02-30', 8), attendance('b', '2026-03-03', '2026-03-02', 8)),
    ).toEqual([0, 0]);
    expect(hours(attendance('a', '2026-02-30', '2026-03-02', 8), attendance('b', '1970-01-01', 'x', 8))).toEqual([
      0, 0,
    ]);
    expect(
      creditAttendances([attendance('a', '2026-03-02', '2026-03-02', 8)], NaN).map((credit) => credit.hours),
    ).toEqual([0]);
  });
  it('is quick for a class of a thousand years', () => {
    expect(hours(attendance('a', '1026-01-01', '2026-01-01', 16))).toEqual([16]);
  });
  it('adds tenths exactly', () => {
    const tenths = Array.from({ length: 10 }, (_, i) =>
      attendance(`c-${i}`, addDays('2026-03-02', i), addDays('2026-03-02', i), 0.1),
    );
    expect(hoursOfYear(creditAttendances(tenths, 8), 2026)).toBe(1);
  });

  const some = fc.array(
    fc.record({
      first: fc.integer({ min: 0, max: 4 }),
      length: fc.integer({ min: 0, max: 3 }),
      planned: fc.integer({ min: 1, max: 20 }),
    }),
    { maxLength: 5 },
  );
  it('reaches the most that the days can hold, and no class more than its own', () => {
    fc.assert(
      fc.property(some, (raw) => {
        const list = raw.map(({ first, length, planned }, i) =>
          attendance(`c-${i}`, addDays('2026-03-02', first), addDays('2026-03-02', first + length), planned),
        );
        const credits = creditAttendances(list, 8);
        credits.forEach((credit, i) => expect(credit.hours).toBeLessThanOrEqual(raw[i]?.planned ?? 0));
        // Hall: any set of days bounds the hours of the classes that lie within it; the least bound is the maximum.
        const days = [...Array(8).keys()];
        const bounds = Array.from({ length: 2 ** days.length }, (_, set) => {
          const within = (i: number) =>
            days
              .filter((day) => day >= (raw[i]?.first ?? 0) && day <= (raw[i]?.first ?? 0) + (raw[i]?.length ?? 0))
              .every((day) => set & (2 ** day));
          const outside = raw.reduce((sum, { planned }, i) => sum + (within(i) ? 0 : planned), 0);
          return outside + 8 * days.filter((day) => set & (2 ** day)).length;
        });
        expect(credits.reduce((sum, credit) => sum + credit.hours, 0)).toBe(Math.min(...bounds));
      }),
      { numRuns: 200 },
    );
  });
  it('does not depend on the order of the classes', () => {
    fc.assert(
      fc.property(some, (raw) => {
        const list = raw.map(({ first, length, planned }, i) =>
          attendance(`c-${i}`, addDays('2026-03-02', first), addDays('2026-03-02', first + length), planned),
        );
        expect([...creditAttendances([...list].reverse(), 8)].reverse()).toEqual(creditAttendances(list, 8));
      }),
    );
  });
});

describe('hours of a year', () => {
  it('are those of classes that ended in it', () => {
    const credits = [
      { classId: 'a', endsOn: '2025-12-31', hours: 8 },
      { classId: 'b', endsOn: '2026-01-01', hours: 7.5 },
      { classId: 'c', endsOn: '2026-02-30', hours: 9 },
    ];
    expect([hoursOfYear(credits, 2025), hoursOfYear(credits, 2026), hoursOfYear([], 2026)]).toEqual([8, 7.5, 0]);
  });
  it('have a target pro rata, rounded up', () => {
    expect([12, 6, 5, 1, 0, 13, -1].map((months) => proRataTarget(60, months))).toEqual([60, 30, 25, 5, 0, 60, 0]);
    expect(proRataTarget(50, 5)).toBe(21);
  });
  it('are those of the year before the span', () => {
    expect([lastFullYear('2026-01-01'), lastFullYear('2026-12-31')]).toEqual([2025, 2025]);
  });
});
