import type {
  ActType,
  BasisRank,
  DelegationFact,
  DutyRequest,
  DutySettings,
  MatterFact,
  PowerFact,
  SubjectFact,
  SubjectKind,
  SubjectStatus,
  SubjectStatusPeriod,
} from '../rules/duty-facts.js';

/** One row of the loader's first statement; what a, b, c, d mean depends on the kind k. */
export interface SubjectRow {
  readonly k:
    'subject' | 'matter' | 'status' | 'power' | 'delegation' | 'publication' | 'suspension' | 'revocation' | 'setting';
  readonly id: string;
  readonly owner: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly c: string | null;
  readonly d: string | null;
  readonly t1: number | string | null;
  readonly t2: number | string | null;
}

export interface BodyFacts {
  readonly subject: SubjectFact | null;
  readonly matter: MatterFact | null;
  readonly delegations: readonly DelegationFact[];
  readonly settings: DutySettings;
}

/** An instant of the database; null stays null. A text that is no number becomes NaN, which the decision denies. */
export const instant = (value: number | string | null): number | null => (value === null ? null : Number(value));
const from = (value: number | string | null): number => (value === null ? Number.NaN : Number(value));

/** Unknown codes are handed on as they are: the decision denies what it can't read. */
export function assembleSubject(rows: readonly SubjectRow[], request: DutyRequest): BodyFacts {
  const of = (kind: SubjectRow['k']): SubjectRow[] => rows.filter(({ k }) => k === kind);
  const statuses = group(of('status'));
  const powers = group(of('power'));
  const subjects = new Map(
    of('subject').map((row): [string, SubjectFact] => [
      row.id,
      {
        id: row.id,
        name: row.a ?? '',
        kind: (row.b ?? '') as SubjectKind,
        statusPeriods: (statuses.get(row.id) ?? []).map((period): SubjectStatusPeriod => ({
          id: period.id,
          status: (period.a ?? '') as SubjectStatus,
          from: from(period.t1),
          to: instant(period.t2),
        })),
        powers: (powers.get(row.id) ?? []).map((power): PowerFact => ({
          id: power.id,
          matterCode: request.matterCode,
          jurisdictionCode: power.a ?? '',
          basisRank: (power.b ?? '') as BasisRank,
          validFrom: power.c ?? '',
          validTo: power.d,
        })),
      },
    ]),
  );
  const matter = of('matter')[0];
  return {
    subject: subjects.get(request.subjectId) ?? null,
    matter: matter ? { code: matter.owner, actType: (matter.a ?? '') as ActType, domain: matter.b ?? '' } : null,
    delegations: delegationsOf(rows, request, subjects),
    settings: settingsOf(of('setting')),
  };
}

function delegationsOf(
  rows: readonly SubjectRow[],
  request: DutyRequest,
  subjects: ReadonlyMap<string, SubjectFact>,
): DelegationFact[] {
  const publications = group(rows.filter(({ k }) => k === 'publication'));
  const suspensions = group(rows.filter(({ k }) => k === 'suspension'));
  const revocations = group(rows.filter(({ k }) => k === 'revocation'));
  return rows
    .filter(({ k }) => k === 'delegation')
    .map((row): DelegationFact => {
      const publishedOn = (side: string): string | null =>
        (publications.get(row.id) ?? []).find(({ a }) => a === side)?.b ?? null;
      const revoked = (revocations.get(row.id) ?? []).map(({ t1 }) => from(t1));
      return {
        id: row.id,
        documentNo: row.a ?? '',
        delegator: subjects.get(row.owner) ?? nobody(row.owner),
        matterCodes: [request.matterCode],
        jurisdictionCode: row.b ?? '',
        validFrom: row.c ?? '',
        validTo: row.d ?? '',
        delegatorPublishedOn: publishedOn('DELEGATOR'),
        delegateePublishedOn: publishedOn('DELEGATEE'),
        suspensions: (suspensions.get(row.id) ?? []).map(({ t1, t2 }) => ({ from: from(t1), to: instant(t2) })),
        revokedFrom: revoked.length === 0 ? null : Math.min(...revoked),
      };
    });
}

/** A delegator whose row is missing confirms nothing and holds no power. */
const nobody = (id: string): SubjectFact => ({ id, name: '', kind: 'ADMIN_ORGAN', statusPeriods: [], powers: [] });

/** A missing or unreadable setting becomes the strictest reading. */
function settingsOf(rows: readonly SubjectRow[]): DutySettings {
  const values = new Map(rows.map(({ owner, a }) => [owner, JSON.parse(a ?? 'null') as unknown]));
  const number = (key: string): number => {
    const value = values.get(key);
    return typeof value === 'number' ? value : Number.NaN;
  };
  const annualHours = number('hours.annual');
  return {
    minimumOfficers: number('act.minimumOfficers'),
    reviewEnabled: values.get('review.enabled') !== false,
    annualHours: Number.isNaN(annualHours) ? Number.MAX_SAFE_INTEGER : annualHours,
    hoursAreReason: values.get('review.hoursGate') !== 'WARN',
  };
}

/** Rows by owner, in their order. */
export function group<Row extends { readonly owner: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const found = groups.get(row.owner);
    if (found) found.push(row);
    else groups.set(row.owner, [row]);
  }
  return groups;
}
