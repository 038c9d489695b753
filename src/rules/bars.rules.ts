import { addDays, addMonths, isLegalDate, type LegalDate } from './calendar.js';

/** Periods in which a person may not be registered, examined or certified. BR-21 to BR-23, BR-49, BR-82. */
export const BAR_GROUNDS = ['EXAM_CHEATING', 'DISQUALIFIED', 'SANCTION', 'UNDER_INVESTIGATION'] as const;
export type BarGround = (typeof BAR_GROUNDS)[number];

/** Legal dates, inclusive on both ends; an open end lasts until somebody ends it. */
export interface BarFact {
  readonly ground: BarGround;
  readonly from: LegalDate;
  readonly to: LegalDate | null;
}

/** Takes the setting `eligibility.bars` ('allOn', or a switch per ground). Gives the grounds that count; unreadable: all. */
export function activeBarGrounds(setting: unknown): readonly BarGround[] {
  if (typeof setting !== 'object' || setting === null || Array.isArray(setting)) return BAR_GROUNDS;
  const switches = setting as Readonly<Record<string, unknown>>;
  return BAR_GROUNDS.filter((ground) => switches[ground] !== false && switches[ground] !== 'off');
}

/** Takes bars, the grounds that count, and a day. Gives the bar that lasts longest of those running; unreadable dates run on. */
export function runningBar(bars: readonly BarFact[], grounds: readonly BarGround[], on: LegalDate): BarFact | null {
  const isKnown = (ground: BarGround): boolean => BAR_GROUNDS.includes(ground);
  const runs = (bar: BarFact): boolean =>
    (!isKnown(bar.ground) || grounds.includes(bar.ground)) &&
    !(isLegalDate(bar.from) && bar.from > on) &&
    !(bar.to !== null && isLegalDate(bar.to) && bar.to < on);
  const end = (bar: BarFact): string => (bar.to !== null && isLegalDate(bar.to) ? bar.to : 'open');
  return bars
    .filter(runs)
    .reduce<BarFact | null>((longest, bar) => (longest === null || end(bar) > end(longest) ? bar : longest), null);
}

export const SANCTIONS = ['WARNING', 'DEMERIT', 'MAJOR_DEMERIT', 'DEMOTION', 'REMOVAL'] as const;
export type Sanction = (typeof SANCTIONS)[number];

/** 公职人员政务处分法 8, 公务员法 64: the months of 警告, 记过, 记大过, 降级, 撤职. They stand in the statute and are no setting. */
const SANCTION_MONTHS: Readonly<Record<Sanction, number>> = {
  WARNING: 6,
  DEMERIT: 12,
  MAJOR_DEMERIT: 18,
  DEMOTION: 24,
  REMOVAL: 24,
};

/**
 * Takes a sanction, the day of its effect and `bar.afterSanctionMonths`. Gives the bar, or null for a mere warning (BR-21 bars from
 * a demerit on). Throws RangeError on an unreadable date.
 */
export function barOfSanction(sanction: Sanction, effectiveFrom: LegalDate, afterMonths: number): BarFact | null {
  if (sanction === 'WARNING') return null;
  const end = addMonths(effectiveFrom, SANCTION_MONTHS[sanction] + afterMonths);
  return { ground: 'SANCTION', from: effectiveFrom, to: addDays(end, -1) };
}

/** Takes the day of an exam and `exam.cheatBarMonths`. Gives the bar for cheating in it. BR-49. Throws RangeError. */
export const barOfCheating = (heldOn: LegalDate, months: number): BarFact => ({
  ground: 'EXAM_CHEATING',
  from: heldOn,
  to: addDays(addMonths(heldOn, months), -1),
});
