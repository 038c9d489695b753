import { endOfDay, startOfDay } from './calendar.js';
import type { InstantPeriod } from './duty-facts.js';

/**
 * Half-open periods [from, to) of instants. What cannot be read never helps anybody: it covers nothing, and where a period takes a
 * right away it counts as touching.
 */

const isInstant = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Takes a period. Gives whether both ends can be read and do not stand the wrong way round (an empty period is readable). */
export function isReadablePeriod(period: InstantPeriod | null | undefined): period is InstantPeriod {
  if (typeof period !== 'object' || period === null || !isInstant(period.from)) return false;
  return period.to === null || (isInstant(period.to) && period.from <= period.to);
}

/** Takes a span. Gives whether it has at least one instant. */
export const isSpan = (from: number, to: number): boolean => isInstant(from) && isInstant(to) && from < to;

/** Takes periods in any order. Gives their union as disjoint periods by time; adjacent ones become one, unreadable ones are left out. */
export function mergePeriods(periods: readonly InstantPeriod[]): InstantPeriod[] {
  if (!Array.isArray(periods)) return [];
  const merged: { from: number; to: number | null }[] = [];
  const readable = (periods as readonly InstantPeriod[]).filter((p) => isReadablePeriod(p) && p.from !== p.to);
  for (const { from, to } of readable.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || (last.to !== null && from > last.to)) merged.push({ from, to });
    else if (last.to !== null && (to === null || to > last.to)) last.to = to;
  }
  return merged;
}

/** Takes periods and a span. Gives whether the union of the periods contains every instant of [from, to). */
export function covers(periods: readonly InstantPeriod[], from: number, to: number): boolean {
  if (!Array.isArray(periods) || !isSpan(from, to)) return false;
  const within = (p: InstantPeriod): boolean => p.from <= from && (p.to === null || p.to >= to);
  const list = periods as readonly InstantPeriod[];
  if (list.some((p) => isReadablePeriod(p) && within(p))) return true;
  return list.length > 1 && mergePeriods(list).some(within);
}

/** Takes one period and a span. Gives whether they share an instant; an unreadable period or span counts as touching. */
export function touches(period: InstantPeriod, from: number, to: number): boolean {
  if (!isSpan(from, to) || !isReadablePeriod(period)) return true;
  if (period.from === period.to) return false;
  return period.from < to && (period.to === null || period.to > from);
}

/** A total order, also of what cannot be read, so that the order of the rows never shows. */
function order(a: InstantPeriod, b: InstantPeriod): number {
  const [readableA, readableB] = [isReadablePeriod(a), isReadablePeriod(b)];
  if (readableA !== readableB) return readableA ? 1 : -1;
  if (readableA && a.from !== b.from) return a.from - b.from;
  if (readableA) return a.to === b.to ? 0 : (b.to ?? Infinity) - (a.to ?? Infinity);
  const [textA, textB] = [`${String(a?.from)} ${String(a?.to)}`, `${String(b?.from)} ${String(b?.to)}`];
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}

/**
 * Takes periods that take a right away and a span. Gives the one to name: of those that touch it the earliest, then the longest;
 * a list that cannot be read gives an unreadable period. Null when none touches.
 */
export function firstTouching<P extends InstantPeriod>(
  periods: readonly P[],
  from: number,
  to: number,
): P | InstantPeriod | null {
  if (!Array.isArray(periods)) return { from: NaN, to: NaN };
  let first: P | null = null;
  for (const period of periods as readonly P[]) {
    if (touches(period, from, to) && (first === null || order(period, first) < 0)) first = period;
  }
  return first;
}

/** Takes an inclusive range of legal dates (open end null) and a span. Gives whether the range contains the span; unreadable: no. */
export function rangeCovers(validFrom: string, validTo: string | null, from: number, to: number): boolean {
  const start = startOfDay(validFrom);
  const end = validTo === null ? Infinity : endOfDay(validTo);
  return isSpan(from, to) && start !== null && end !== null && start <= from && end >= to;
}

/** Takes an inclusive last day (null: open end). Gives the instant of its end for comparing; an unreadable one is the earliest. */
export const endForOrder = (validTo: string | null): number =>
  validTo === null ? Infinity : (endOfDay(validTo) ?? -Infinity);

/** Takes the instant of a legal effect (null: none). Gives whether it lies before `to`; an unreadable one does. */
export const takesEffectBefore = (effect: number | null, to: number): boolean =>
  effect !== null && !(isInstant(effect) && effect >= to);
