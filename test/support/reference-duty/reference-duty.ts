import type {
  CertificateFact,
  DelegationFact,
  DutyFacts,
  DutyRequest,
  InstantPeriod,
  OfficerFact,
  PowerFact,
  SubjectFact,
} from '../../../src/rules/duty-facts.js';

/**
 * The duty decision a second time, written from the normative page on it alone and in another way: time is not compared by the
 * ends of intervals but by asking, at every instant where anything can change within the span, what holds there. It exists
 * only to disagree with the product. It must not import from src/rules anything but the shapes of the facts.
 */

export interface ReferenceMember {
  readonly officerId: string | null;
  readonly cleared: boolean;
  readonly reasons: string[];
  readonly warnings: string[];
}

export interface ReferenceDecision {
  readonly cleared: boolean;
  readonly subjectReasons: string[];
  readonly teamReasons: string[];
  readonly members: ReferenceMember[];
  readonly via: { kind: 'OWN_POWER' | 'DELEGATION'; id: string } | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SHANGHAI = 8 * HOUR;
const SOON = 90 * DAY;

/** Not a number: every comparison with it fails, so what cannot be read never holds. */
const UNREADABLE = Number.NaN;

// ---- civil dates ------------------------------------------------------------------------------------------------------

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const lengthOfMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);

/** Days since 1970-01-01 of a calendar date, counted year by year; NaN when the text is no date. */
const dayNumbers = new Map<string, number>();
function dayNumber(text: string): number {
  const known = dayNumbers.get(text);
  if (known !== undefined) return known;
  const counted = countDays(text);
  dayNumbers.set(text, counted);
  return counted;
}

function countDays(text: string): number {
  const digits = text.split('-');
  if (text.length !== 10 || digits.length !== 3 || ![...digits.join('')].every((c) => c >= '0' && c <= '9'))
    return UNREADABLE;
  const [year = UNREADABLE, month = UNREADABLE, day = UNREADABLE] = digits.map(Number);
  if (digits[0]?.length !== 4 || digits[1]?.length !== 2 || year < 1 || month < 1 || month > 12) return UNREADABLE;
  if (day < 1 || day > lengthOfMonth(year, month)) return UNREADABLE;
  let days = day - 1;
  for (let m = 1; m < month; m += 1) days += lengthOfMonth(year, m);
  for (let y = 1970; y < year; y += 1) days += isLeap(y) ? 366 : 365;
  for (let y = year; y < 1970; y += 1) days -= isLeap(y) ? 366 : 365;
  return days;
}

const startOfDate = (date: string): number => dayNumber(date) * DAY - SHANGHAI;
const endOfDate = (date: string): number => (dayNumber(date) + 1) * DAY - SHANGHAI;
const dayOfInstant = (instant: number): number => Math.floor((instant + SHANGHAI) / DAY);

const legalRange = (row: { validFrom: string; validTo: string | null }): InstantPeriod => ({
  from: startOfDate(row.validFrom),
  to: row.validTo === null ? null : endOfDate(row.validTo),
});

// ---- time by sampling -------------------------------------------------------------------------------------------------

/** Does the period hold at this instant? Written so that an unreadable end never makes it hold. */
const holdsAt = (period: InstantPeriod, instant: number): boolean =>
  period.from <= instant && (period.to === null || instant < period.to);

/** The first instant of every stretch of the span in which none of the periods begins or ends. */
function stretches(periods: readonly InstantPeriod[], span: Span): number[] {
  const starts = [span.from];
  for (const { from, to } of periods) {
    for (const instant of [from, to]) {
      if (instant !== null && instant > span.from && instant < span.to) starts.push(instant);
    }
  }
  return starts;
}

const coveredBy = (periods: readonly InstantPeriod[], span: Span): boolean =>
  stretches(periods, span).every((instant) => periods.some((period) => holdsAt(period, instant)));

const touchedBy = (periods: readonly InstantPeriod[], span: Span): boolean =>
  stretches(periods, span).some((instant) => periods.some((period) => holdsAt(period, instant)));

// ---- areas ------------------------------------------------------------------------------------------------------------

function areaHolds(jurisdiction: string, division: string | null): boolean {
  if (division === null) return true;
  let stem = jurisdiction;
  while (stem.endsWith('00')) stem = stem.slice(0, -2);
  return division.slice(0, stem.length) === stem;
}

// ---- choosing among several -------------------------------------------------------------------------------------------

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
/** 'YYYY-MM-DD' sorts as text; an open end sorts after every date. */
const lateFirst = (a: string | null, b: string | null): number => byText(b ?? '~', a ?? '~');

interface Judged<Row> {
  readonly row: Row;
  readonly codes: string[];
}

function closest<Row extends { validTo: string }>(
  rows: readonly Row[],
  number: (row: Row) => string,
  codes: (row: Row) => string[],
) {
  const judged: Judged<Row>[] = rows.map((row) => ({ row, codes: codes(row) }));
  judged.sort(
    (a, b) =>
      a.codes.length - b.codes.length ||
      lateFirst(a.row.validTo, b.row.validTo) ||
      byText(number(a.row), number(b.row)),
  );
  return judged[0];
}

// ---- the body and its power -------------------------------------------------------------------------------------------

const POWER_HOLDERS: readonly string[] = ['ADMIN_ORGAN', 'DISPATCHED_ORGAN', 'AUTHORIZED_ORG'];
const HIGH_RANKS: readonly string[] = ['LAW', 'ADMINISTRATIVE_REGULATION'];
/** An unknown code never passes, also where the height of the rank does not matter. */
const KNOWN_RANKS: readonly string[] = [...HIGH_RANKS, 'LOCAL_REGULATION', 'RULE'];

const periodsOf = (subject: SubjectFact, ...statuses: string[]): InstantPeriod[] =>
  subject.statusPeriods.filter((period) => statuses.includes(period.status));

const powerRows = (subject: SubjectFact, matterCode: string): PowerFact[] =>
  POWER_HOLDERS.includes(subject.kind) ? subject.powers.filter((row) => row.matterCode === matterCode) : [];

const rankHolds = (subject: SubjectFact, row: PowerFact, actType: string): boolean =>
  (subject.kind === 'AUTHORIZED_ORG' && actType === 'COERCIVE_MEASURE' ? HIGH_RANKS : KNOWN_RANKS).includes(
    row.basisRank,
  );

function ownPower(subject: SubjectFact, facts: DutyFacts, request: DutyRequest): PowerFact | undefined {
  return powerRows(subject, request.matterCode)
    .filter((row) => coveredBy([legalRange(row)], request))
    .filter((row) => areaHolds(row.jurisdictionCode, request.divisionCode))
    .filter((row) => rankHolds(subject, row, facts.matter.actType))
    .sort((a, b) => lateFirst(a.validTo, b.validTo) || byText(a.id, b.id))[0];
}

function delegationCodes(delegation: DelegationFact, facts: DutyFacts, request: DutyRequest): string[] {
  const { delegator, delegatorPublishedOn, delegateePublishedOn } = delegation;
  const { actType } = facts.matter;
  const firstDay = dayOfInstant(request.from);
  const published = [delegatorPublishedOn, delegateePublishedOn].every(
    (on) => on !== null && dayNumber(on) <= firstDay,
  );
  const conditions: Record<string, boolean> = {
    DELEGATION_NOT_PUBLISHED: published,
    DELEGATION_NOT_YET_EFFECTIVE: startOfDate(delegation.validFrom) <= request.from,
    DELEGATION_EXPIRED: endOfDate(delegation.validTo) >= request.to,
    DELEGATION_SUSPENDED: !touchedBy(delegation.suspensions, request),
    DELEGATION_REVOKED: delegation.revokedFrom === null || delegation.revokedFrom >= request.to,
    DELEGATION_AREA: areaHolds(delegation.jurisdictionCode, request.divisionCode),
    ACT_NOT_DELEGABLE: actType !== 'COERCIVE_MEASURE',
    LICENSE_NEEDS_ORGAN: actType !== 'LICENSE' || ['ADMIN_ORGAN', 'DISPATCHED_ORGAN'].includes(facts.subject.kind),
    DELEGATOR_NOT_CONFIRMED:
      coveredBy(periodsOf(delegator, 'CONFIRMED'), request) &&
      !touchedBy(periodsOf(delegator, 'SUSPENDED', 'ABOLISHED'), request),
    DELEGATOR_LACKS_POWER: ownPower(delegator, facts, request) !== undefined,
  };
  return Object.keys(conditions).filter((code) => !conditions[code]);
}

function statusCodes(subject: SubjectFact, span: Span): string[] {
  const codes: string[] = [];
  if (touchedBy(periodsOf(subject, 'SUSPENDED'), span)) codes.push('SUBJECT_SUSPENDED');
  if (touchedBy(periodsOf(subject, 'ABOLISHED'), span)) codes.push('SUBJECT_ABOLISHED');
  if (codes.length === 0 && !coveredBy(periodsOf(subject, 'CONFIRMED'), span)) codes.push('SUBJECT_NOT_CONFIRMED');
  return codes;
}

function powerAnswer(facts: DutyFacts, request: DutyRequest): { codes: string[]; via: ReferenceDecision['via'] } {
  const { subject } = facts;
  const own = ownPower(subject, facts, request);
  if (own !== undefined) return { codes: [], via: { kind: 'OWN_POWER', id: own.id } };
  const nearest = closest(
    facts.delegations.filter((delegation) => delegation.matterCodes.includes(request.matterCode)),
    (delegation) => delegation.documentNo,
    (delegation) => delegationCodes(delegation, facts, request),
  );
  if (nearest !== undefined) {
    const suffices = nearest.codes.length === 0;
    return { codes: nearest.codes, via: suffices ? { kind: 'DELEGATION', id: nearest.row.id } : null };
  }
  const rows = powerRows(subject, request.matterCode);
  if (rows.length > 0) {
    const inTime = rows.filter((row) => coveredBy([legalRange(row)], request));
    if (inTime.length === 0) return { codes: ['POWER_EXPIRED_OR_NOT_YET'], via: null };
    const inArea = inTime.some((row) => areaHolds(row.jurisdictionCode, request.divisionCode));
    return { codes: [inArea ? 'POWER_BASIS_TOO_LOW' : 'POWER_AREA'], via: null };
  }
  const livesByDelegation = subject.kind === 'DELEGATED_ORG' || subject.kind === 'DELEGATED_ORGAN';
  return { codes: [livesByDelegation ? 'DELEGATION_MISSING' : 'POWER_MISSING'], via: null };
}

// ---- the members ------------------------------------------------------------------------------------------------------

const STAFF: readonly string[] = ['CIVIL_SERVANT', 'REF_CIVIL_SERVANT', 'PUBLIC_INSTITUTION'];

function certificateCodes(certificate: CertificateFact, facts: DutyFacts, request: DutyRequest): string[] {
  const codes: string[] = [];
  if (!(startOfDate(certificate.validFrom) <= request.from)) codes.push('CERTIFICATE_NOT_YET_VALID');
  if (!(endOfDate(certificate.validTo) >= request.to)) codes.push('CERTIFICATE_EXPIRED');
  if (touchedBy(certificate.suspensions, request)) codes.push('CERTIFICATE_SUSPENDED');
  if (certificate.ended !== null && !(certificate.ended.from >= request.to)) {
    codes.push(`CERTIFICATE_${certificate.ended.state}`);
  }
  if (facts.settings.reviewEnabled) {
    if (touchedBy(certificate.failedReviews, request)) codes.push('ANNUAL_REVIEW_FAILED');
    if (touchedBy(certificate.overdueReviews, request)) codes.push('ANNUAL_REVIEW_OVERDUE');
  }
  if (certificate.subjectId !== facts.subject.id) codes.push('CERTIFICATE_OTHER_SUBJECT');
  if (!certificate.domains.includes(facts.matter.domain)) codes.push('DOMAIN_NOT_COVERED');
  return codes;
}

function judgeMember(officer: OfficerFact, earlier: boolean, facts: DutyFacts, request: DutyRequest): ReferenceMember {
  const reasons: string[] = earlier ? ['DUPLICATE_MEMBER'] : [];
  const warnings: string[] = [];

  const here = officer.assignments.filter((assignment) => assignment.subjectId === facts.subject.id);
  const barred = here.filter((assignment) => !(assignment.onEstablishment && STAFF.includes(assignment.staffCategory)));
  if (touchedBy(barred, request)) reasons.push('STAFF_CATEGORY_BARRED');
  if (!coveredBy(here, request)) reasons.push('NOT_ASSIGNED_TO_SUBJECT');
  if (officer.leftFrom !== null && !(officer.leftFrom >= request.to)) reasons.push('LEFT_SERVICE');
  if (touchedBy(officer.offPost, request)) reasons.push('OFF_POST');

  const nearest = closest(
    officer.certificates.filter((certificate) => certificate.type === 'ENFORCEMENT' || certificate.type === 'MINISTRY'),
    (certificate) => certificate.number,
    (certificate) => certificateCodes(certificate, facts, request),
  );
  if (nearest === undefined) reasons.push('CERTIFICATE_MISSING');
  else if (nearest.codes.length > 0) reasons.push(...nearest.codes);
  else if (endOfDate(nearest.row.validTo) <= request.to + SOON) warnings.push('CERTIFICATE_EXPIRES_SOON');

  // Hours that are not known warn nobody, but where they are a condition what is unknown is denied.
  const { hoursAreReason, annualHours } = facts.settings;
  const hours = officer.hoursLastYear;
  if (hoursAreReason && !(hours !== null && hours >= annualHours)) reasons.push('HOURS_SHORT');
  if (!hoursAreReason && hours !== null && hours < annualHours) warnings.push('HOURS_SHORT');
  return { officerId: officer.id, cleared: reasons.length === 0, reasons: reasons.sort(), warnings: warnings.sort() };
}

const TWO_OFFICER_ACTS: readonly string[] = ['PENALTY', 'COERCIVE_MEASURE', 'COERCIVE_EXECUTION', 'INSPECTION'];

export function referenceDecision(facts: DutyFacts, request: DutyRequest): ReferenceDecision {
  const power = powerAnswer(facts, request);
  const subjectReasons = [...statusCodes(facts.subject, request), ...power.codes].sort();

  const seen: string[] = [];
  const members = request.members.map((named): ReferenceMember => {
    const officer = facts.officers.get(named.key);
    if (officer === undefined) return { officerId: null, cleared: false, reasons: ['OFFICER_UNKNOWN'], warnings: [] };
    const earlier = seen.includes(officer.id);
    seen.push(officer.id);
    return judgeMember(officer, earlier, facts, request);
  });

  const needed = TWO_OFFICER_ACTS.includes(facts.matter.actType) ? Math.max(2, facts.settings.minimumOfficers) : 1;
  const clearedOfficers = new Set(members.filter((member) => member.cleared).map((member) => member.officerId));
  const teamReasons: string[] = [];
  if (members.some((member) => !member.cleared)) teamReasons.push('MEMBER_NOT_CLEARED');
  if (clearedOfficers.size < needed) teamReasons.push('TEAM_TOO_SMALL');

  return {
    cleared: subjectReasons.length === 0 && teamReasons.length === 0,
    subjectReasons,
    teamReasons: teamReasons.sort(),
    members,
    via: power.via,
  };
}
