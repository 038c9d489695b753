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

/**
 * The one loader of facts for the one decision. Two statements, whatever the size of the team: what concerns the body and its power,
 * and what concerns the people. It reads through the open unit of work, so behind its locks, and from no cache or replica.
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
    const [subjectRows, memberRows] = await this.read(request, visibility, knownAt, firstDay);
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

  private async read(
    request: DutyRequest,
    visibility: Visibility,
    knownAt: number | null,
    firstDay: string,
  ): Promise<[SubjectRow[], MemberRow[]]> {
    const subject = this.subjectStatement(request, visibility, knownAt, firstDay);
    const members = this.memberStatement(request, visibility, knownAt, firstDay);
    return Promise.all([
      this.db.rows<SubjectRow>(subject.sql, subject.parameters),
      this.db.rows<MemberRow>(members.sql, members.parameters),
    ]);
  }

  private subjectStatement(
    request: DutyRequest,
    visibility: Visibility,
    knownAt: number | null,
    firstDay: string,
  ): Statement {
    const s = new Statement(knownAt);
    const { subjectId, matterCode } = request;
    const bodies = `(SELECT ? AS id UNION SELECT d.delegator_id FROM delegations d JOIN delegation_matters dm ON dm.delegation_id = d.id
      WHERE d.delegatee_id = ? AND dm.matter_code = ? AND d.stage <> 'DRAFT')`;
    const delegations = `SELECT d.id FROM delegations d JOIN delegation_matters dm ON dm.delegation_id = d.id
      WHERE d.delegatee_id = ? AND dm.matter_code = ? AND d.stage <> 'DRAFT'`;
    const both = [subjectId, matterCode];
    s.part(
      `SELECT 'subject' AS k, b.id AS id, b.id AS owner, b.name AS a, b.kind AS b, NULL AS c, NULL AS d, NULL AS t1, NULL AS t2
       FROM subjects b JOIN ${bodies} x ON x.id = b.id WHERE b.id <> ? OR b.path LIKE ?`,
      [subjectId, ...both, subjectId, below(visibility.path)],
    );
    s.part(
      `SELECT 'matter', m.id, m.code, m.act_type, m.domain, NULL, NULL, NULL, NULL FROM matters m WHERE m.code = ?`,
      [matterCode],
    );
    s.part(
      `SELECT 'status', p.id, p.subject_id, p.status, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}
       FROM subject_status_periods p JOIN ${bodies} x ON x.id = p.subject_id WHERE ${s.known('p')}`,
      [subjectId, ...both, ...s.knownParameters],
    );
    s.part(
      `SELECT 'power', p.id, p.subject_id, p.jurisdiction_code, p.basis_rank, CAST(p.valid_from AS CHAR), CAST(p.valid_to AS CHAR), NULL, NULL
       FROM subject_powers p JOIN ${bodies} x ON x.id = p.subject_id WHERE p.matter_code = ? AND ${s.known('p')}`,
      [subjectId, ...both, matterCode, ...s.knownParameters],
    );
    s.part(
      `SELECT 'delegation', d.id, d.delegator_id, d.document_no, d.jurisdiction_code, CAST(d.valid_from AS CHAR), CAST(d.valid_to AS CHAR), NULL, NULL
       FROM delegations d JOIN delegation_matters dm ON dm.delegation_id = d.id
       WHERE d.delegatee_id = ? AND dm.matter_code = ? AND d.stage <> 'DRAFT'${s.since('d.signed_recorded_at')}`,
      [...both, ...s.sinceParameters],
    );
    s.part(
      `SELECT 'publication', p.id, p.delegation_id, p.side, CAST(p.published_on AS CHAR), NULL, NULL, NULL, NULL
       FROM delegation_publications p WHERE p.delegation_id IN (${delegations}) AND ${s.known('p')}`,
      [...both, ...s.knownParameters],
    );
    s.part(
      `SELECT 'suspension', p.id, p.delegation_id, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}
       FROM delegation_suspensions p WHERE p.delegation_id IN (${delegations}) AND ${s.known('p')}`,
      [...both, ...s.knownParameters],
    );
    s.part(
      `SELECT 'revocation', p.id, p.delegation_id, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, NULL
       FROM delegation_revocations p WHERE p.delegation_id IN (${delegations})${s.since('p.recorded_at')}`,
      [...both, ...s.sinceParameters],
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

  private memberStatement(
    request: DutyRequest,
    visibility: Visibility,
    knownAt: number | null,
    firstDay: string,
  ): Statement {
    const s = new Statement(knownAt);
    const ids = unique(request.members.flatMap(({ officerId }) => (officerId === undefined ? [] : [officerId])));
    const numbers = unique(
      request.members.flatMap(({ certificateNo }) => (certificateNo === undefined ? [] : [certificateNo])),
    );
    // Officers named by id and those who hold a certificate of that number.
    const people = `SELECT o.id FROM officers o JOIN subjects v ON v.id = o.subject_id
      WHERE v.path LIKE ?${s.since('o.created_at')} AND (o.id IN (${marks(ids)})${
        numbers.length === 0
          ? ''
          : ` OR o.id IN (SELECT n.officer_id FROM certificates n WHERE n.number IN (${marks(numbers)}))`
      })`;
    const who = [below(visibility.path), ...s.sinceParameters, ...ids, ...numbers];
    const known = s.knownParameters;
    s.part(
      `SELECT 'officer' AS k, o.id AS id, o.id AS owner, o.name AS a, NULL AS b, NULL AS c, NULL AS d, NULL AS e, NULL AS t1, NULL AS t2, NULL AS t3
       FROM officers o WHERE o.id IN (${people})`,
      who,
    );
    s.part(
      `SELECT 'assignment', p.id, p.officer_id, p.subject_id, p.staff_category, p.on_establishment, NULL, NULL,
              ${ms('p.effective_from')}, ${ms('p.effective_to')}, NULL
       FROM officer_assignments p WHERE p.officer_id IN (${people}) AND ${s.known('p')}`,
      [...who, ...known],
    );
    s.part(
      `SELECT 'offPost', p.id, p.officer_id, NULL, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}, NULL
       FROM officer_off_post_orders p WHERE p.officer_id IN (${people}) AND ${s.known('p')}`,
      [...who, ...known],
    );
    s.part(
      `SELECT 'departure', p.id, p.officer_id, NULL, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, NULL, NULL
       FROM officer_departures p WHERE p.officer_id IN (${people}) AND ${s.known('p')}`,
      [...who, ...known],
    );
    s.part(
      `SELECT 'certificate', p.id, p.officer_id, p.number, p.type, p.domains_json, CAST(p.valid_from AS CHAR), CAST(p.valid_to AS CHAR), NULL, NULL, p.subject_id
       FROM certificates p WHERE p.officer_id IN (${people}) AND EXISTS (SELECT 1 FROM certificate_moves a
         WHERE a.certificate_id = p.id AND a.command IN ('activate', 'expire')${s.since('a.recorded_at')})`,
      [...who, ...s.sinceParameters],
    );
    s.part(
      `SELECT 'ended', p.id, p.certificate_id, p.state_after, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, NULL, NULL
       FROM certificate_moves p JOIN certificates c ON c.id = p.certificate_id
       WHERE c.officer_id IN (${people}) AND p.command IN ('reportLoss', 'revoke', 'cancel', 'replace')${s.since('p.recorded_at')}`,
      [...who, ...s.sinceParameters],
    );
    s.part(
      `SELECT 'suspension', p.id, p.certificate_id, NULL, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}, ${ms('p.planned_to')}
       FROM certificate_suspensions p JOIN certificates c ON c.id = p.certificate_id WHERE c.officer_id IN (${people}) AND ${s.known('p')}`,
      [...who, ...known],
    );
    s.part(
      `SELECT 'review', p.id, p.certificate_id, p.standing, NULL, NULL, NULL, NULL, ${ms('p.effective_from')}, ${ms('p.effective_to')}, NULL
       FROM certificate_review_periods p JOIN certificates c ON c.id = p.certificate_id WHERE c.officer_id IN (${people}) AND ${s.known('p')}`,
      [...who, ...known],
    );
    const year = yearOf(firstDay) - 1;
    s.part(
      `SELECT 'hours', p.officer_id, p.officer_id, CAST(SUM(p.hours_confirmed) AS CHAR), NULL, NULL, NULL, NULL, NULL, NULL, NULL
       FROM training_enrolments p JOIN training_classes k ON k.id = p.class_id
       WHERE p.officer_id IN (${people}) AND p.hours_confirmed IS NOT NULL AND k.ends_on BETWEEN ? AND ?${s.since('p.confirmed_at')}
       GROUP BY p.officer_id`,
      [...who, `${year}-01-01`, `${year}-12-31`, ...s.sinceParameters],
    );
    return s;
  }
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
