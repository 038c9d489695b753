import { below, marks } from '../infrastructure/database/db.js';
import { yearOf } from '../rules/calendar.js';
import type { DutyRequest } from '../rules/duty-facts.js';
import type { SubjectRow } from './assemble-subject.js';

/** Whose rows may be seen: everything below this path. */
export interface Visibility {
  readonly path: string;
}

export interface Asked {
  readonly request: DutyRequest;
  readonly visibility: Visibility;
  /** Null: everything current. */
  readonly knownAt: number | null;
  readonly firstDay: string;
}

type Parameter = string | Date;

export interface ReadStatement {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

const COLUMNS = ['id', 'owner', 'a', 'b', 'c', 'd', 'e', 't1', 't2', 't3'] as const;
type Columns = Partial<Record<(typeof COLUMNS)[number], string>> & { readonly id: string; readonly owner: string };

/** Rows of one kind; columns that are not named are empty. */
const select = (kind: string, columns: Columns): string =>
  `SELECT '${kind}' AS k, ${COLUMNS.map((column) => `${columns[column] ?? 'NULL'} AS ${column}`).join(', ')}`;

/** Milliseconds since the epoch, whatever the session's time zone. */
const ms = (column: string): string => `TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${column}) DIV 1000`;
const text = (column: string): string => `CAST(${column} AS CHAR)`;
const SPAN = { t1: ms('p.effective_from'), t2: ms('p.effective_to') } as const;
const VALIDITY = (table: string) => ({ c: text(`${table}.valid_from`), d: text(`${table}.valid_to`) });
const OF_OFFICER = { id: 'p.id', owner: 'p.officer_id' } as const;
const OF_CERTIFICATE = { id: 'p.id', owner: 'p.certificate_id' } as const;
const OF_DELEGATION = { id: 'p.id', owner: 'p.delegation_id' } as const;

/** Put together once; what each column means, the assemblers know. */
const SELECT = {
  now: select('now', { id: `''`, owner: `''`, t1: ms('UTC_TIMESTAMP(3)') }),
  subject: select('subject', { id: 'b.id', owner: 'b.id', a: 'b.name', b: 'b.kind' }),
  matter: select('matter', { id: 'm.id', owner: 'm.code', a: 'm.act_type', b: 'm.domain' }),
  status: select('status', { id: 'p.id', owner: 'p.subject_id', a: 'p.status', ...SPAN }),
  power: select('power', {
    id: 'p.id',
    owner: 'p.subject_id',
    a: 'p.jurisdiction_code',
    b: 'p.basis_rank',
    ...VALIDITY('p'),
  }),
  delegation: select('delegation', {
    id: 'd.id',
    owner: 'd.delegator_id',
    a: 'd.document_no',
    b: 'd.jurisdiction_code',
    ...VALIDITY('d'),
  }),
  setting: select('setting', { id: 'p.id', owner: 'p.setting_key', a: 'p.value_json' }),
  publication: select('publication', { ...OF_DELEGATION, a: 'p.side', b: text('p.published_on') }),
  delegationSuspension: select('suspension', { ...OF_DELEGATION, ...SPAN }),
  revocation: select('revocation', { ...OF_DELEGATION, t1: ms('p.effective_from') }),
  officer: select('officer', { id: 'o.id', owner: 'o.id', a: 'o.name' }),
  assignment: select('assignment', {
    ...OF_OFFICER,
    a: 'p.subject_id',
    b: 'p.staff_category',
    c: 'p.on_establishment',
    ...SPAN,
  }),
  offPost: select('offPost', { ...OF_OFFICER, ...SPAN }),
  departure: select('departure', { ...OF_OFFICER, t1: ms('p.effective_from') }),
  certificate: select('certificate', {
    ...OF_OFFICER,
    a: 'p.number',
    b: 'p.type',
    c: 'p.domains_json',
    d: text('p.valid_from'),
    e: text('p.valid_to'),
    t3: 'p.subject_id',
  }),
  move: select('move', { ...OF_CERTIFICATE, a: 'p.state_after', b: 'p.command', t1: ms('p.effective_from') }),
  suspension: select('suspension', { ...OF_CERTIFICATE, ...SPAN, t3: ms('p.planned_to') }),
  review: select('review', { ...OF_CERTIFICATE, a: 'p.standing', ...SPAN }),
  hours: select('hours', { id: 'p.class_id', owner: 'p.officer_id', a: text('p.hours_confirmed') }),
} as const;

/**
 * The time, the body, the matter, the delegations, the settings and the people. One shape for a team of any size: the ids come as one
 * parameter, so the server keeps the statement parsed, and it looks each of them up by key instead of weighing long IN lists part by part.
 */
export function factsStatement(asked: Asked, people: readonly string[]): ReadStatement {
  const s = new Statement(asked.knownAt, { sql: PEOPLE, parameters: [JSON.stringify(people)] });
  s.part(SELECT.now, '', []);
  bodyParts(s, asked);
  memberParts(s, asked);
  return s;
}

/** The ids of a JSON list as rows w(id). ASCII, so that it compares with ids under the collation of either server. */
const PEOPLE = `WITH w AS (SELECT j.id FROM
  JSON_TABLE(?, '$[*]' COLUMNS (id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) j)`;

/** What befell the delegations, and the bodies that gave them, whoever may see those. */
export function delegationStatement(
  { request, knownAt }: Asked,
  delegations: readonly Pick<SubjectRow, 'id' | 'owner'>[],
): ReadStatement {
  const s = new Statement(knownAt);
  const ids = delegations.map(({ id }) => id);
  const delegators = unique(delegations.map(({ owner }) => owner));
  s.part(SELECT.subject, `FROM subjects b WHERE b.id IN (${marks(delegators)})`, delegators);
  statusAndPowerParts(s, delegators, request.matterCode);
  const given = `p.delegation_id IN (${marks(ids)})`;
  s.part(SELECT.publication, `FROM delegation_publications p WHERE ${given} AND ${s.known('p')}`, [
    ...ids,
    ...s.knownParameters,
  ]);
  s.part(SELECT.delegationSuspension, `FROM delegation_suspensions p WHERE ${given} AND ${s.known('p')}`, [
    ...ids,
    ...s.knownParameters,
  ]);
  s.part(SELECT.revocation, `FROM delegation_revocations p WHERE ${given}${s.since('p.recorded_at')}`, [
    ...ids,
    ...s.sinceParameters,
  ]);
  return s;
}

export const unique = (values: readonly string[]): string[] => [...new Set(values)];

function bodyParts(s: Statement, { request, visibility, firstDay }: Asked): void {
  const { subjectId, matterCode } = request;
  s.part(SELECT.subject, 'FROM subjects b WHERE b.id = ? AND b.path LIKE ?', [subjectId, below(visibility.path)]);
  s.part(SELECT.matter, 'FROM matters m WHERE m.code = ?', [matterCode]);
  statusAndPowerParts(s, [subjectId], matterCode);
  s.part(
    SELECT.delegation,
    `FROM delegations d JOIN delegation_matters dm ON dm.delegation_id = d.id
     WHERE d.delegatee_id = ? AND dm.matter_code = ? AND d.stage <> 'DRAFT'${s.since('d.signed_recorded_at')}`,
    [subjectId, matterCode, ...s.sinceParameters],
  );
  s.part(
    SELECT.setting,
    `FROM settings p WHERE p.setting_key IN ('act.minimumOfficers', 'review.enabled', 'hours.annual', 'review.hoursGate')
       AND p.approved_state = 'IN_FORCE' AND p.effective_from <= ? AND (p.effective_to IS NULL OR p.effective_to > ?)
       AND ${s.known('p', 'created_at')}`,
    [firstDay, firstDay, ...s.knownParameters],
  );
}

function statusAndPowerParts(s: Statement, subjectIds: readonly string[], matterCode: string): void {
  const bodies = `p.subject_id IN (${marks(subjectIds)})`;
  s.part(SELECT.status, `FROM subject_status_periods p WHERE ${bodies} AND ${s.known('p')}`, [
    ...subjectIds,
    ...s.knownParameters,
  ]);
  s.part(SELECT.power, `FROM subject_powers p WHERE ${bodies} AND p.matter_code = ? AND ${s.known('p')}`, [
    ...subjectIds,
    matterCode,
    ...s.knownParameters,
  ]);
}

/**
 * Everything about these people. Only the first part looks at who may be seen: the other rows of a person who may not be seen find
 * no officer to belong to.
 */
function memberParts(s: Statement, { visibility, firstDay }: Asked): void {
  const of = (table: string): string => `FROM w JOIN ${table} p ON p.officer_id = w.id`;
  const { knownParameters: known, sinceParameters: since } = s;
  s.part(
    SELECT.officer,
    `FROM w JOIN officers o ON o.id = w.id JOIN subjects v ON v.id = o.subject_id WHERE v.path LIKE ?${s.since('o.created_at')}`,
    [below(visibility.path), ...since],
  );
  s.part(SELECT.assignment, `${of('officer_assignments')} WHERE ${s.known('p')}`, known);
  s.part(SELECT.offPost, `${of('officer_off_post_orders')} WHERE ${s.known('p')}`, known);
  s.part(SELECT.departure, `${of('officer_departures')} WHERE ${s.known('p')}`, known);
  s.part(SELECT.certificate, of('certificates'), []);
  const ofCertificates = (table: string): string =>
    `FROM w JOIN certificates c ON c.officer_id = w.id JOIN ${table} p ON p.certificate_id = c.id`;
  s.part(SELECT.move, `${ofCertificates('certificate_moves')}${s.since('p.recorded_at')}`, since);
  s.part(SELECT.suspension, `${ofCertificates('certificate_suspensions')} WHERE ${s.known('p')}`, known);
  s.part(SELECT.review, `${ofCertificates('certificate_review_periods')} WHERE ${s.known('p')}`, known);
  const year = yearOf(firstDay) - 1;
  s.part(
    SELECT.hours,
    `${of('training_enrolments')} JOIN training_classes k ON k.id = p.class_id
     WHERE p.hours_confirmed IS NOT NULL AND k.ends_on BETWEEN ? AND ?${s.since('p.confirmed_at')}`,
    [`${year}-01-01`, `${year}-12-31`, ...since],
  );
}

/** Parts of one UNION ALL, all seen as of the same knowledge. */
class Statement implements ReadStatement {
  private readonly parts: string[] = [];
  readonly parameters: Parameter[];
  readonly knownParameters: readonly Date[];
  readonly sinceParameters: readonly Date[];

  constructor(
    private readonly knownAt: number | null,
    private readonly head: ReadStatement = { sql: '', parameters: [] },
  ) {
    this.parameters = [...head.parameters];
    const at = knownAt === null ? [] : [new Date(knownAt)];
    this.knownParameters = [...at, ...at];
    this.sinceParameters = at;
  }

  get sql(): string {
    return `${this.head.sql}\n${this.parts.join('\nUNION ALL\n')}`;
  }

  part(selected: string, from: string, parameters: readonly Parameter[]): void {
    this.parts.push(`${selected} ${from}`);
    this.parameters.push(...parameters);
  }

  /** Rows with two recorded times. */
  known(alias: string, recorded = 'recorded_at'): string {
    return this.knownAt === null
      ? `${alias}.superseded_at IS NULL`
      : `${alias}.${recorded} <= ? AND (${alias}.superseded_at IS NULL OR ${alias}.superseded_at > ?)`;
  }

  /** Rows that are never replaced. */
  since(column: string): string {
    return this.knownAt === null ? '' : ` AND ${column} <= ?`;
  }
}
