import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { InstantPeriod } from '../../src/rules/duty-facts.js';
import {
  covers,
  endForOrder,
  firstTouching,
  mergePeriods,
  rangeCovers,
  takesEffectBefore,
  touches,
} from '../../src/rules/periods.js';
import { jurisdictionCovers, jurisdictionPrefix } from '../../src/rules/jurisdiction.js';

const p = (from: number, to: number | null): InstantPeriod => ({ from, to });

describe('periods', () => {
  it('cover together what adjacent ones cover', () => {
    expect(covers([p(5, 10), p(0, 5)], 0, 10)).toBe(true);
    expect(covers([p(6, 10), p(0, 5)], 0, 10)).toBe(false);
    expect(covers([p(0, 5), p(2, null)], 0, 1e15)).toBe(true);
    expect(covers([], 0, 1)).toBe(false);
  });
  it('cover nothing that is no span', () => {
    expect(covers([p(0, null)], 5, 5)).toBe(false);
    expect(covers([p(0, null)], 6, 5)).toBe(false);
    expect(covers([p(0, null)], NaN, 5)).toBe(false);
  });
  it('touch by one instant', () => {
    expect(touches(p(0, 5), 4, 9)).toBe(true);
    expect(touches(p(0, 5), 5, 9)).toBe(false);
    expect(touches(p(9, null), 5, 9)).toBe(false);
    expect(touches(p(8, null), 5, 9)).toBe(true);
    expect(touches(p(6, 6), 5, 9)).toBe(false);
  });
  it('count as touching when they cannot be read', () => {
    expect([p(NaN, 5), p(5, NaN), p(9, 5), p(Infinity, null)].map((period) => touches(period, 100, 101))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
  it('count as touching, and cover nothing, when they are none at all', () => {
    expect([touches(null as never, 0, 1), touches('x' as never, 0, 1)]).toEqual([true, true]);
    expect([covers(null as never, 0, 1), covers([null as never], 0, 1)]).toEqual([false, false]);
    expect(firstTouching(undefined as never, 0, 1)).toEqual({ from: NaN, to: NaN });
    expect(mergePeriods(undefined as never)).toEqual([]);
  });
  it('name the same one in any order, also among those that cannot be read', () => {
    const broken = [p(NaN, 7), p(9, 5), p(8, 5), p(0, null), p(NaN, 6)];
    const named = firstTouching(broken, 1, 9);
    expect(named).toEqual(p(8, 5));
    expect([...broken.keys()].map((i) => firstTouching([...broken.slice(i), ...broken.slice(0, i)], 1, 9))).toEqual(
      Array(5).fill(named),
    );
  });
  it('merge to disjoint ones', () => {
    expect(mergePeriods([p(8, 9), p(0, 3), p(3, 5), p(4, 6), p(7, 7), p(NaN, 4)])).toEqual([p(0, 6), p(8, 9)]);
    expect(mergePeriods([p(8, null), p(0, 3), p(9, 10)])).toEqual([p(0, 3), p(8, null)]);
  });
  it('name the earliest that touches, then the longest', () => {
    expect(firstTouching([p(3, 5), p(1, 4), p(1, null), p(0, 1)], 1, 9)).toEqual(p(1, null));
    expect(firstTouching([p(0, 1)], 1, 9)).toBeNull();
  });
  it('behave like sets of instants', () => {
    const small = fc.array(
      fc.record({ from: fc.integer({ min: 0, max: 12 }), to: fc.option(fc.integer({ min: 0, max: 14 })) }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 4 }), (raw, from, length) => {
        const periods = raw.filter(({ from: begin, to }) => to === null || begin <= to);
        const span = Array.from({ length }, (_, i) => from + i);
        const holds = (period: InstantPeriod, t: number) => period.from <= t && (period.to === null || t < period.to);
        expect(covers(periods, from, from + length)).toBe(
          span.every((t) => periods.some((period) => holds(period, t))),
        );
        for (const period of periods)
          expect(touches(period, from, from + length)).toBe(span.some((t) => holds(period, t)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('legal ranges and effects', () => {
  const day = (hours: number) => Date.UTC(2026, 2, 9, 16) + hours * 3_600_000;
  it('are inclusive on both ends', () => {
    expect(rangeCovers('2026-03-10', '2026-03-10', day(0), day(24))).toBe(true);
    expect(rangeCovers('2026-03-10', '2026-03-10', day(0) - 1, day(1))).toBe(false);
    expect(rangeCovers('2026-03-10', '2026-03-10', day(0), day(24) + 1)).toBe(false);
    expect(rangeCovers('2026-03-10', null, day(0), day(1e6))).toBe(true);
    expect(rangeCovers('2026-03-11', '2026-03-10', day(1), day(2))).toBe(false);
  });
  it('order an open end last and an unreadable one first', () => {
    expect([endForOrder(null), endForOrder('x')]).toEqual([Infinity, -Infinity]);
  });
  it('take effect before, not at', () => {
    expect([
      takesEffectBefore(null, 5),
      takesEffectBefore(5, 5),
      takesEffectBefore(4, 5),
      takesEffectBefore(NaN, 5),
    ]).toEqual([false, false, true, true]);
  });
});

describe('jurisdiction', () => {
  it.each([
    ['410100', '4101'],
    ['410000', '41'],
    ['410102', '410102'],
    ['410102001', '410102001'],
    ['410110', '410110'],
    ['000000', ''],
  ])('%s is cut to %s', (code, prefix) => {
    expect(jurisdictionPrefix(code)).toBe(prefix);
  });
  it.each([
    ['410100', '410102', true],
    ['410100', '410102001', true],
    ['410100', '410100', true],
    ['410100', '410200', false],
    ['410000', '411702', true],
    ['410000', '420100', false],
    ['410102', '410102', true],
    ['410102', '410102001', true],
    ['410102', '410103', false],
    ['410102', '410100', false],
    ['410102001', '410102001', true],
    ['410102001', '410102', false],
    ['410102001', '410102002', false],
    ['000000', '410102', false],
    ['', '410102', false],
    ['4101xx', '410102', false],
    ['41', '410102', false],
    ['4101', '410102', false],
    ['410100', '41010', false],
    ['410100', '4101021', false],
    [410100 as never, '410102', false],
    ['410100', 410102 as never, false],
    ['410100', '', false],
    ['410100', 'elsewhere', false],
  ])('%s covers %s: %s', (jurisdiction, division, expected) => {
    expect(jurisdictionCovers(jurisdiction, division)).toBe(expected);
  });
  it('is not evaluated without a division', () => {
    expect(jurisdictionCovers('650000', null)).toBe(true);
  });
});
