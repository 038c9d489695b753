import { addDays, addMonths, addYears, type LegalDate } from './calendar.js';
import { barOfSanction, type BarFact } from './bars.rules.js';
import { asPeriodSanction, type SanctionKind } from './card-case.lifecycle.js';

/** Disqualification of the person, and the bars that follow from sanctions and convictions. BR-21 to 23, 82, 85. */

/** Takes the day of effect and the years of the ban (null: permanent). Gives the bar. BR-82. Throws RangeError. */
export const barOfDisqualification = (from: LegalDate, years: number | null): BarFact => ({
  ground: 'DISQUALIFIED',
  from,
  to: years === null ? null : addDays(addYears(from, years), -1),
});

/**
 * Takes a sanction or a conviction, its day of effect, the day on which a sentence is served (null: unknown) and
 * `bar.afterSanctionMonths`. Gives the bar, null for a mere warning. 开除 ends employment and bars for ever; a conviction bars until
 * the sentence is served and the months after it, and with no end as long as that day is unknown (BR-23). Throws RangeError.
 */
export function barOf(
  kind: SanctionKind,
  { from, servedOn }: { readonly from: LegalDate; readonly servedOn: LegalDate | null },
  afterMonths: number,
): BarFact | null {
  const sanction = asPeriodSanction(kind);
  if (sanction !== null) return barOfSanction(sanction, from, afterMonths);
  const to = kind === 'CONVICTION' && servedOn !== null ? addDays(addMonths(servedOn, afterMonths), -1) : null;
  return { ground: 'SANCTION', from, to: to !== null && to < from ? from : to };
}
