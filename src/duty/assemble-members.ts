import type {
  AssignmentFact,
  CertificateFact,
  CertificateType,
  DutyRequest,
  EndedState,
  OfficerFact,
  StaffCategory,
} from '../rules/duty-facts.js';
import { group, instant } from './assemble-subject.js';

/** One row of the loader's second statement; what a..e and t1..t3 mean depends on the kind k. */
export interface MemberRow {
  readonly k:
    'officer' | 'assignment' | 'offPost' | 'departure' | 'certificate' | 'move' | 'suspension' | 'review' | 'hours';
  readonly id: string;
  readonly owner: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly c: string | number | null;
  readonly d: string | null;
  readonly e: string | null;
  readonly t1: number | string | null;
  readonly t2: number | string | null;
  /** An instant, or the subject of a certificate. */
  readonly t3: number | string | null;
}

type Kind = MemberRow['k'];
type Rows = ReadonlyMap<Kind, ReadonlyMap<string, readonly MemberRow[]>>;

const from = (value: number | string | null): number => (value === null ? Number.NaN : Number(value));
const rowsOf = (rows: Rows, kind: Kind, owner: string): readonly MemberRow[] => rows.get(kind)?.get(owner) ?? [];

/** A number that was only reserved is no certificate yet. */
const ISSUING: readonly (string | null)[] = ['activate', 'expire'];
const ENDING: readonly (string | null)[] = ['reportLoss', 'revoke', 'cancel', 'replace'];
const isIssued = (certificate: MemberRow, rows: Rows): boolean =>
  rowsOf(rows, 'move', certificate.id).some(({ b }) => ISSUING.includes(b));

/** Officers by the key under which the request names them. A certificate number of several types means the enforcing one first. */
export function assembleMembers(rows: readonly MemberRow[], request: DutyRequest): ReadonlyMap<string, OfficerFact> {
  const byKind = new Map<Kind, MemberRow[]>();
  for (const row of rows) {
    const found = byKind.get(row.k);
    if (found) found.push(row);
    else byKind.set(row.k, [row]);
  }
  const grouped: Rows = new Map([...byKind].map(([kind, all]) => [kind, group(all)] as const));
  const officers = new Map((byKind.get('officer') ?? []).map((row) => [row.id, officerOf(row, grouped)] as const));
  // What else was read belongs to nobody when its officer may not be seen.
  const byNumber = holdersByNumber(
    (byKind.get('certificate') ?? []).filter((row) => officers.has(row.owner) && isIssued(row, grouped)),
  );
  const members = new Map<string, OfficerFact>();
  for (const { key, officerId, certificateNo } of request.members) {
    const id = officerId ?? (certificateNo === undefined ? undefined : byNumber.get(certificateNo));
    const officer = id === undefined ? undefined : officers.get(id);
    if (officer) members.set(key, officer);
  }
  return members;
}

const TYPE_ORDER: readonly string[] = ['ENFORCEMENT', 'MINISTRY', 'SUPERVISION'];

function holdersByNumber(certificates: readonly MemberRow[]): Map<string, string> {
  const sorted = [...certificates].sort((x, y) => TYPE_ORDER.indexOf(y.b ?? '') - TYPE_ORDER.indexOf(x.b ?? ''));
  return new Map(sorted.map(({ a, owner }) => [a ?? '', owner]));
}

function officerOf(row: MemberRow, rows: Rows): OfficerFact {
  const departures = rowsOf(rows, 'departure', row.id).map(({ t1 }) => from(t1));
  return {
    id: row.id,
    name: row.a ?? '',
    assignments: rowsOf(rows, 'assignment', row.id).map((found): AssignmentFact => ({
      id: found.id,
      subjectId: found.a ?? '',
      staffCategory: (found.b ?? '') as StaffCategory,
      onEstablishment: Number(found.c) === 1,
      from: from(found.t1),
      to: instant(found.t2),
    })),
    leftFrom: departures.length === 0 ? null : Math.min(...departures),
    offPost: rowsOf(rows, 'offPost', row.id).map(({ t1, t2 }) => ({ from: from(t1), to: instant(t2) })),
    certificates: rowsOf(rows, 'certificate', row.id)
      .filter((found) => isIssued(found, rows))
      .map((found) => certificateOf(found, rows)),
    // No confirmed class means no hours; "not evaluated" never happens here.
    hoursLastYear: sumOfHours(rowsOf(rows, 'hours', row.id)),
  };
}

/** Hours come in tenths, each class a row; whole numbers add up exactly. */
const sumOfHours = (classes: readonly MemberRow[]): number =>
  classes.reduce((tenths, { a }) => tenths + Math.round(Number(a) * 10), 0) / 10;

function certificateOf(row: MemberRow, rows: Rows): CertificateFact {
  const reviews = (standing: string) =>
    rowsOf(rows, 'review', row.id)
      .filter(({ a }) => a === standing)
      .map(({ t1, t2 }) => ({ from: from(t1), to: instant(t2) }));
  const [ended] = rowsOf(rows, 'move', row.id)
    .filter(({ b }) => ENDING.includes(b))
    .sort((x, y) => from(x.t1) - from(y.t1));
  return {
    id: row.id,
    number: row.a ?? '',
    type: (row.b ?? '') as CertificateType,
    subjectId: String(row.t3 ?? ''),
    domains: JSON.parse(typeof row.c === 'string' ? row.c : '[]') as string[],
    validFrom: row.d ?? '',
    validTo: row.e ?? '',
    suspensions: rowsOf(rows, 'suspension', row.id).map(({ t1, t2, t3 }) => ({
      from: from(t1),
      to: instant(t2),
      plannedTo: instant(t3),
    })),
    ended: ended ? { state: (ended.a ?? '') as EndedState, from: from(ended.t1) } : null,
    failedReviews: reviews('FAILED'),
    overdueReviews: reviews('OVERDUE'),
  };
}
