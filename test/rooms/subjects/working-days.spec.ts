import { describe, expect, it } from '@jest/globals';
import { addWorkingDays, lastDayOf } from '../../../src/infrastructure/calendar/working-days.js';

describe('working days', () => {
  it.each([
    ['2025-09-30', 5, '2025-10-14'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-04-30', 10, '2026-05-18'],
    ['2030-01-04', 1, '2030-01-07'],
    ['2026-04-30', 0, '2026-04-30'],
  ])('%s and %i working days is %s', (from, count, expected) => {
    expect(addWorkingDays(from, count)).toBe(expected);
  });

  it('reads periods as settings write them', () => {
    expect(lastDayOf('5wd', '2025-09-30')).toBe('2025-10-14');
    expect(lastDayOf(5, '2025-09-30')).toBe('2025-10-05');
    for (const period of ['5', '5d', null, 1.5, 'wd']) expect(() => lastDayOf(period, '2025-09-30')).toThrow();
  });
});
