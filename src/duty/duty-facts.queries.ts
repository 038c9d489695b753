import { Injectable } from '@nestjs/common';
import { Db, below, marks } from '../infrastructure/database/db.js';
import { yearOf, legalDateOf } from '../rules/calendar.js';
import type { DutyFacts, DutyRequest } from '../rules/duty-facts.js';
import { Problem, notFound } from '../kernel/problem.js';
import { assembleMembers, type MemberRow } from './assemble-members.js';
import { assembleSubject, type SubjectRow } from './assemble-subject.js';

/** Whose rows may be seen: everything below this path. */
export interface Visibility {
  readonly path: string;
}

/** Re-decisions (start, recall, sweep) judge the named people, whoever asks. */
export const EVERYTHING: Visibility = { path: '/' };

/** Milliseconds since the epoch, whatever the session's time zone. */
const ms = (column: string): string => `TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${column}) DIV 1000`;

/** Up to so many named people the statement has one of few shapes, which the server keeps parsed. */
const FEW = 8;

/**
 * The one loader of facts for the one decision: a statement for the body and its power, a statement for the people, whatever the
 * size of the team. Before the second one, certificate numbers are turned into their holders; after the first one, a body that acts
 * for others has their facts read. It reads through the open unit of work, so behind its locks, and from no cache or replica.
 */
@Injectable()
export class DutyFactsLoader {
  constructor(private readonly db: Db) {}

  /**
   * @param knownAt only what was recorded by then and not replaced by then; null means everything current
   * @throws Problem 404 when the body or the matter is unknown or outside the visibility
   */
  async load(request: DutyRequest, visibility: Visibility, knownAt: number | null): Promise<DutyFacts> {
    const firstDay = legalDateOf(request.from);
    if (firstDay === null) throw new Problem('invalid', 'INSTANT_MALFORMED', 'The span lies outside the calendar.');
    const asked = { request, visibility, knownAt, firstDay };
    const [subjectRows, memberRows] = await Promise.all([this.subjectRows(asked), this.memberRows(asked)]);
    const body = assembleSubject(subjectRows, request);
    if (!body.subject) throw notFound('body');
    if (!body.matter) throw notFound('matter');
    return {
      subject: body.subject,
      matter: body.matter,
      delegations: body.delegations,
      settings: body.settings,
      officers: assembleMembers(memberRows, request),
    };
  }

  private async subjectRows(asked: Asked): Promise<SubjectRow[]> {
    const rows = await this.read<SubjectRow>(bodyStatement(asked), FEW);
    const delegations = rows.filter(({ k }) => k === 'delegation');
    if (delegations.length === 0) return rows;
    return [...rows, ...(await this.read<SubjectRow>(delegationStatement(asked, delegations), delegations.length))];
  }

  private async memberRows(asked: Asked): Promise<MemberRow[]> {
    const { members } = asked.request;
    const ids = members.flatMap(({ officerId }) => (officerId === undefined ? [] : [officerId]));
    const numbers = unique(
      members.flatMap(({ certificateNo }) => (certificateNo === undefined ? [] : [certificateNo])),
    );
    const holders = await this.holdersOf(numbers);
    const people = unique([...ids, ...holders]);
    return people.length === 0 ? [] : this.read<MemberRow>(memberStatement(asked, people), people.length);
  }

  /** Who holds a certificate of one of these numbers, of whatever type. That never changes once it is so. */
  private async holdersOf(numbers: readonly string[]): Promise<string[]> {
    if (numbers.length === 0) return [];
    const sql = `SELECT n.officer_id FROM certificates n WHERE n.number IN (${marks(numbers)})`;
    const rows = await this.read<{ officer_id: string }>({ sql, parameters: numbers }, numbers.length);
    return rows.map(({ officer_id }) => officer_id);
  }

  private read<Row extends object>(
    { sql, parameters }: { readonly sql: string; readonly parameters: readonly Parameter[] },
    named: number,
  ): Promise<Row[]> {
    return named <= FEW ? this.db.hotRows<Row>(sql, parameters) : this.db.rows<Row>(sql, parameters);
  }
}

interface Asked {
  readonly request: DutyRequest;
  readonly visibility: Visibility;
  readonly knownAt: number | null;
  readonly firstDay: string;
}

/** Rows of the bodies themselves: what they are, and what powers they hold in the matter. */
const statusPart = (s: Statement, ids: readonly string[]): void =>
  s.part(
    `SELECT 'status', p.id, p.subject_id, p.status, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}
     FROM subject_status_periods p WHERE p.subject_id IN (${marks(ids)}) AND ${s.known('p')}`,
    [...ids, ...s.knownParameters],
  );
const powerPart = (s: Statement, ids: readonly string[], matterCode: string): void =>
  s.part(
    `SELECT 'power', p.id, p.subject_id, p.jurisdiction_code, p.basis_rank, CAST(p.valid_from AS CHAR), CAST(p.valid_to AS CHAR), NULL, NULL
     FROM subject_powers p WHERE p.subject_id IN (${marks(ids)}) AND p.matter_code = ? AND ${s.known('p')}`,
    [...ids, matterCode, ...s.knownParameters],
  );

/** The body that is asked about, the matter, the delegations it acts under, the settings. */
function bodyStatement({ request, visibility, knownAt, firstDay }: Asked): Statement {
  const s = new Statement(knownAt);
  const { subjectId, matterCode } = request;
  s.part(
    `SELECT 'subject' AS k, b.id AS id, b.id AS owner, b.name AS a, b.kind AS b, NULL AS c, NULL AS d, NULL AS t1, NULL AS t2
     FROM subjects b WHERE b.id = ? AND b.path LIKE ?`,
    [subjectId, below(visibility.path)],
  );
  s.part(
    `SELECT 'matter', m.id, m.code, m.act_type, m.domain, NULL, NULL, NULL, NULL FROM matters m WHERE m.code = ?`,
    [matterCode],
  );
  statusPart(s, [subjectId]);
  powerPart(s, [subjectId], matterCode);
  s.part(
    `SELECT 'delegation', d.id, d.delegator_id, d.document_no, d.jurisdiction_code, CAST(d.valid_from AS CHAR), CAST(d.valid_to AS CHAR), NULL, NULL
     FROM delegations d JOIN delegation_matters dm ON dm.delegation_id = d.id
     WHERE d.delegatee_id = ? AND dm.matter_code = ? AND d.stage <> 'DRAFT'${s.since('d.signed_recorded_at')}`,
    [subjectId, matterCode, ...s.sinceParameters],
  );
  s.part(
    `SELECT 'setting', p.id, p.setting_key, p.value_json, NULL, NULL, NULL, NULL, NULL FROM settings p
     WHERE p.setting_key IN ('act.minimumOfficers', 'review.enabled', 'hours.annual', 'review.hoursGate')
       AND p.approved_state = 'IN_FORCE' AND p.effective_from <= ? AND (p.effective_to IS NULL OR p.effective_to > ?)
       AND ${s.known('p', 'created_at')}`,
    [firstDay, firstDay, ...s.knownParameters],
  );
  return s;
}

/** What happened to the delegations, and the bodies that gave them. */
function delegationStatement({ request, knownAt }: Asked, delegations: readonly SubjectRow[]): Statement {
  const s = new Statement(knownAt);
  const ids = delegations.map(({ id }) => id);
  const delegators = unique(delegations.map(({ owner }) => owner));
  s.part(
    `SELECT 'subject' AS k, b.id AS id, b.id AS owner, b.name AS a, b.kind AS b, NULL AS c, NULL AS d, NULL AS t1, NULL AS t2
     FROM subjects b WHERE b.id IN (${marks(delegators)})`,
    delegators,
  );
  statusPart(s, delegators);
  powerPart(s, delegators, request.matterCode);
  s.part(
    `SELECT 'publication', p.id, p.delegation_id, p.side, CAST(p.published_on AS CHAR), NULL, NULL, NULL, NULL
     FROM delegation_publications p WHERE p.delegation_id IN (${marks(ids)}) AND ${s.known('p')}`,
    [...ids, ...s.knownParameters],
  );
  s.part(
    `SELECT 'suspension', p.id, p.delegation_id, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}
     FROM delegation_suspensions p WHERE p.delegation_id IN (${marks(ids)}) AND ${s.known('p')}`,
    [...ids, ...s.knownParameters],
  );
  s.part(
    `SELECT 'revocation', p.id, p.delegation_id, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, NULL
     FROM delegation_revocations p WHERE p.delegation_id IN (${marks(ids)})${s.since('p.recorded_at')}`,
    [...ids, ...s.sinceParameters],
  );
  return s;
}

/**
 * Everything about these people. Only the first part looks at who may be seen: the other rows of a person who may not be seen find
 * no officer to belong to.
 */
function memberStatement({ visibility, knownAt, firstDay }: Asked, people: readonly string[]): Statement {
  const s = new Statement(knownAt);
  const who = `IN (${marks(people)})`;
  const known = [...people, ...s.knownParameters];
  const since = [...people, ...s.sinceParameters];
  s.part(
    `SELECT 'officer' AS k, o.id AS id, o.id AS owner, o.name AS a, NULL AS b, NULL AS c, NULL AS d, NULL AS e, NULL AS t1, NULL AS t2, NULL AS t3
     FROM officers o JOIN subjects v ON v.id = o.subject_id WHERE o.id ${who}${s.since('o.created_at')} AND v.path LIKE ?`,
    [...since, below(visibility.path)],
  );
  s.part(
    `SELECT 'assignment', p.id, p.officer_id, p.subject_id, p.staff_category, p.on_establishment, NULL, NULL,
            ${ms('p.effective_from')}, ${ms('p.effective_to')}, NULL
     FROM officer_assignments p WHERE p.officer_id ${who} AND ${s.known('p')}`,
    known,
  );
  s.part(
    `SELECT 'offPost', p.id, p.officer_id, NULL, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}, NULL
     FROM officer_off_post_orders p WHERE p.officer_id ${who} AND ${s.known('p')}`,
    known,
  );
  s.part(
    `SELECT 'departure', p.id, p.officer_id, NULL, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, NULL, NULL
     FROM officer_departures p WHERE p.officer_id ${who} AND ${s.known('p')}`,
    known,
  );
  s.part(
    `SELECT 'certificate', p.id, p.officer_id, p.number, p.type, p.domains_json, CAST(p.valid_from AS CHAR), CAST(p.valid_to AS CHAR), NULL, NULL, p.subject_id
     FROM certificates p WHERE p.officer_id ${who} AND EXISTS (SELECT 1 FROM certificate_moves a
       WHERE a.certificate_id = p.id AND a.command IN ('activate', 'expire')${s.since('a.recorded_at')})`,
    since,
  );
  s.part(
    `SELECT 'ended', p.id, p.certificate_id, p.state_after, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, NULL, NULL
     FROM certificates c JOIN certificate_moves p ON p.certificate_id = c.id
     WHERE c.officer_id ${who} AND p.command IN ('reportLoss', 'revoke', 'cancel', 'replace')${s.since('p.recorded_at')}`,
    since,
  );
  s.part(
    `SELECT 'suspension', p.id, p.certificate_id, NULL, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}, ${ms('p.planned_to')}
     FROM certificates c JOIN certificate_suspensions p ON p.certificate_id = c.id WHERE c.officer_id ${who} AND ${s.known('p')}`,
    known,
  );
  s.part(
    `SELECT 'review', p.id, p.certificate_id, p.standing, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}, NULL
     FROM certificates c JOIN certificate_review_periods p ON p.certificate_id = c.id WHERE c.officer_id ${who} AND ${s.known('p')}`,
    known,
  );
  const year = yearOf(firstDay) - 1;
  s.part(
    `SELECT 'hours', p.officer_id, p.officer_id, CAST(SUM(p.hours_confirmed) AS CHAR), NULL, NULL, NULL, NULL, NULL, NULL, NULL
     FROM training_enrolments p JOIN training_classes k ON k.id = p.class_id
     WHERE p.officer_id ${who} AND p.hours_confirmed IS NOT NULL AND k.ends_on BETWEEN ? AND ?${s.since('p.confirmed_at')}
     GROUP BY p.officer_id`,
    [...people, `${year}-01-01`, `${year}-12-31`, ...s.sinceParameters],
  );
  return s;
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

type Parameter = string | Date;

/** Parts of one UNION ALL, all seen as of the same knowledge. */
class Statement {
  private readonly parts: string[] = [];
  readonly parameters: Parameter[] = [];
  readonly knownParameters: readonly Date[];
  readonly sinceParameters: readonly Date[];

  constructor(private readonly knownAt: number | null) {
    const at = knownAt === null ? [] : [new Date(knownAt)];
    this.knownParameters = [...at, ...at];
    this.sinceParameters = at;
  }

  get sql(): string {
    return this.parts.join('\nUNION ALL\n');
  }

  part(sql: string, parameters: readonly Parameter[]): void {
    this.parts.push(sql);
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
