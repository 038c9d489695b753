import { instantText } from './calendar.js';
import { byText, listOf, type DutyContext } from './duty-context.js';
import {
  BASIS_RANKS,
  SUBJECT_STATUSES,
  type BasisRank,
  type PowerFact,
  type SubjectFact,
  type SubjectKind,
  type SubjectStatus,
} from './duty-facts.js';
import type { PowerCode, SubjectCode } from './duty-reasons.js';
import { jurisdictionCovers } from './jurisdiction.js';
import { covers, endForOrder, firstTouching, rangeCovers, touches } from './periods.js';
import type { Reason } from './verdict.js';

/** 行政处罚法 17-19; 河南省行政执法条例 3, 13, 14: a delegated body has no power of its own. */
const POWER_HOLDERS: readonly SubjectKind[] = ['ADMIN_ORGAN', 'DISPATCHED_ORGAN', 'AUTHORIZED_ORG'];

/** 行政强制法 70: an authorised organisation coerces only on a law or an administrative regulation. */
const COERCIVE_BASES: readonly BasisRank[] = ['LAW', 'ADMINISTRATIVE_REGULATION'];

const periodsOf = (body: SubjectFact, status: SubjectStatus) =>
  listOf(body.statusPeriods).filter((period) => period.status === status);

/** Takes a body and the span. Gives whether it stands confirmed throughout and nothing else is known of it. BR-01. */
export function isConfirmedThroughout(body: SubjectFact, { from, to }: DutyContext): boolean {
  // A status that this version does not know may be a restriction, so it counts as one.
  const other = listOf(body.statusPeriods).some((period) => period.status !== 'CONFIRMED' && touches(period, from, to));
  return !other && covers(periodsOf(body, 'CONFIRMED'), from, to);
}

/** Takes the acting body. Gives why it may not act at all in the span. BR-01; 河南省行政执法条例 13, 行政执法监督条例 17. */
export function subjectReasons(body: SubjectFact, context: DutyContext): Reason<SubjectCode>[] {
  const { from, to, subjectId } = context;
  const reasons: Reason<SubjectCode>[] = [];
  for (const status of ['SUSPENDED', 'ABOLISHED'] as const) {
    const period = firstTouching(periodsOf(body, status), from, to);
    if (period !== null) {
      const facts = { subject: body.name, since: instantText(period.from), until: instantText(period.to) };
      reasons.push({ code: `SUBJECT_${status}`, facts });
    }
  }
  const isAnother = body.id !== subjectId;
  if (isAnother || (reasons.length === 0 && !isConfirmedThroughout(body, context))) {
    const unknown = listOf(body.statusPeriods)
      .map((period) => String(period.status))
      .filter((s) => !isKnown(s));
    const facts = { subject: body.name, begins: instantText(from), ends: instantText(to) };
    const withUnknown = unknown.length === 0 ? facts : { ...facts, unknownStatus: unknown.sort(byText)[0] ?? null };
    reasons.unshift({ code: 'SUBJECT_NOT_CONFIRMED', facts: withUnknown });
  }
  return reasons;
}

const isKnown = (status: string): boolean => (SUBJECT_STATUSES as readonly string[]).includes(status);

/** Takes a kind of body. Gives whether the law lets it hold powers of its own. BR-02. */
export const mayHoldPower = (kind: SubjectKind): boolean => POWER_HOLDERS.includes(kind);

/** Takes a body. Gives its power rows for the matter; rows of a body that may hold none are none. */
export const powersFor = (body: SubjectFact, matterCode: string): readonly PowerFact[] =>
  mayHoldPower(body.kind) ? listOf(body.powers).filter((power) => power.matterCode === matterCode) : [];

/** Takes kind, act type and rank of the basis. Gives whether the basis is high enough; unknown codes are not. BR-11. */
export function isBasisSufficient(kind: SubjectKind, actType: DutyContext['actType'], rank: BasisRank): boolean {
  if (actType === null || !BASIS_RANKS.includes(rank)) return false;
  return kind !== 'AUTHORIZED_ORG' || actType !== 'COERCIVE_MEASURE' || COERCIVE_BASES.includes(rank);
}

/** Takes a body. Gives its sufficient own power with the latest end, then the smallest id; null when it has none. */
export function sufficientPower(body: SubjectFact, context: DutyContext): PowerFact | null {
  let best: PowerFact | null = null;
  for (const power of powersFor(body, context.matterCode)) {
    const isSufficient =
      rangeCovers(power.validFrom, power.validTo, context.from, context.to) &&
      jurisdictionCovers(power.jurisdictionCode, context.division) &&
      isBasisSufficient(body.kind, context.actType, power.basisRank);
    if (isSufficient && (best === null || comparePowers(power, best) < 0)) best = power;
  }
  return best;
}

/** Infinity minus Infinity is NaN, hence the comparison by steps. */
function comparePowers(a: PowerFact, b: PowerFact): number {
  const [endA, endB] = [endForOrder(a.validTo), endForOrder(b.validTo)];
  return endA === endB ? byText(a.id, b.id) : endA > endB ? -1 : 1;
}

/** Takes a body without sufficient power or any delegation. Gives the one reason why. 行政处罚法 17-20, 行政强制法 17, 70. */
export function powerReason(body: SubjectFact, context: DutyContext): Reason<PowerCode> {
  const { matterCode, from, to, division } = context;
  const facts = { subject: body.name, matter: matterCode };
  const rows = powersFor(body, matterCode);
  if (rows.length === 0) {
    const needsDelegation = body.kind === 'DELEGATED_ORG' || body.kind === 'DELEGATED_ORGAN';
    return { code: needsDelegation ? 'DELEGATION_MISSING' : 'POWER_MISSING', facts };
  }
  const inTime = rows.filter((row) => rangeCovers(row.validFrom, row.validTo, from, to));
  if (inTime.length === 0) {
    const [closest] = [...rows].sort(comparePowers);
    const range = { validFrom: closest?.validFrom ?? null, validTo: closest?.validTo ?? null };
    return { code: 'POWER_EXPIRED_OR_NOT_YET', facts: { ...facts, ...range } };
  }
  const inArea = inTime.filter((row) => jurisdictionCovers(row.jurisdictionCode, division));
  if (inArea.length === 0) {
    const areas = [...new Set(inTime.map((row) => row.jurisdictionCode))].sort(byText).join(', ');
    return { code: 'POWER_AREA', facts: { ...facts, division, jurisdictions: areas } };
  }
  const ranks = [...new Set(inArea.map((row) => row.basisRank))].sort(byText).join(', ');
  return { code: 'POWER_BASIS_TOO_LOW', facts: { ...facts, actType: context.actType, basisRanks: ranks } };
}
