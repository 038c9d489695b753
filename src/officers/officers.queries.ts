import { Injectable } from '@nestjs/common';
import { below, Db, likeText, marks } from '../infrastructure/database/db.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { pageOf, type Page } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import { legalDateOf } from '../rules/calendar.js';
import {
  recordView,
  summaryView,
  type AssignmentRow,
  type DepartureRow,
  type OffPostRow,
  type RecordRow,
  type SummaryRow,
} from './officer-rows.js';
import { officerScope } from './officer-scope.js';
import { couldBeSent, holdsCertificate, inService, type OfficerClause } from './officer-standing.queries.js';
import type { OfficersQuery } from './officers.dto.js';
import type { OfficerState, OfficerSummaryView, OfficerView } from './officer.view.js';

const LEFT = `EXISTS (SELECT 1 FROM officer_departures d
  WHERE d.officer_id = o.id AND d.superseded_at IS NULL AND d.effective_from <= ?)`;
const OFF_POST = `EXISTS (SELECT 1 FROM officer_off_post_orders f
  WHERE f.officer_id = o.id AND f.superseded_at IS NULL AND f.effective_from <= ? AND (f.effective_to IS NULL OR f.effective_to > ?))`;
const HAS_PHOTO = `EXISTS (SELECT 1 FROM officer_photos ph WHERE ph.officer_id = o.id AND ph.superseded_at IS NULL)`;
/** Takes the moment three times. */
const SUMMARY = `o.id, o.name, o.id_number_masked, o.gender, o.staff_category, o.on_establishment, o.subject_id,
  s.name AS subject_name, o.post_title, o.domains_json, ${LEFT} AS has_left, ${OFF_POST} AS is_off_post`;

function inState(state: OfficerState | 'IN_SERVICE', now: Date): OfficerClause {
  switch (state) {
    case 'LEFT':
      return { sql: LEFT, parameters: [now] };
    case 'OFF_POST':
      return { sql: `NOT ${LEFT} AND ${OFF_POST}`, parameters: [now, now, now] };
    case 'ON_DUTY':
      return { sql: `NOT ${LEFT} AND NOT ${OFF_POST}`, parameters: [now, now, now] };
    case 'IN_SERVICE':
      return inService(now.getTime());
  }
}

/** What holds 15 digits in a row may be an ID number, and addresses are logged everywhere. */
const LIKE_ID_NUMBER = /\d{15}/;

@Injectable()
export class OfficersQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400 when `q` looks like an ID number */
  async list(actor: Actor, query: OfficersQuery): Promise<Page<OfficerSummaryView>> {
    if (LIKE_ID_NUMBER.test((query.q ?? '').normalize('NFKC').replace(/[\s-]/g, ''))) {
      const detail =
        'An ID number never belongs into an address. Send it as POST /officers/search {"idNumber": "..."}.';
      throw inputInvalid([{ pointer: '/query/q', code: 'ID_NUMBER_IN_URL', detail }]);
    }
    const now = new Date(await this.clock.now());
    const ids = await this.idsOfPage(actor, query, now);
    if (ids.length === 0) return pageOf([], query.limit, summaryView);
    const rows = await this.db.rows<SummaryRow>(
      `SELECT ${SUMMARY} FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id IN (${marks(ids)}) ORDER BY o.id`,
      [now, now, now, ...ids],
    );
    return pageOf(rows, query.limit, summaryView);
  }

  /** One more than a page. Who is allowed to see whom is decided here. */
  private async idsOfPage(actor: Actor, query: OfficersQuery, now: Date): Promise<readonly string[]> {
    const scope = officerScope(actor);
    const where = ['o.id > ?', scope.sql];
    const parameters: (string | Date)[] = [query.after(), ...scope.parameters];
    if (query.q !== undefined) {
      where.push('(o.name LIKE ? OR o.id IN (SELECT c.officer_id FROM certificates c WHERE c.number = ?))');
      parameters.push(likeText(query.q.normalize('NFKC').trim()), query.q.normalize('NFKC').trim().toUpperCase());
    }
    if (query.subjectId !== undefined) {
      where.push('o.subject_id = ?');
      parameters.push(query.subjectId);
    }
    const add = (clause: OfficerClause, holds = true): void => {
      where.push(holds ? clause.sql : `NOT ${clause.sql}`);
      parameters.push(...clause.parameters);
    };
    const today = legalDateOf(now.getTime()) ?? '';
    if (query.state !== undefined) add(inState(query.state, now));
    if (query.certificate !== undefined) add(holdsCertificate(today), query.certificate === 'HELD');
    if (query.usable !== undefined) add(couldBeSent(now.getTime(), today), query.usable === 'true');
    const index = query.subjectId === undefined && (await this.seesMuch(actor)) ? 'FORCE INDEX (PRIMARY)' : '';
    const rows = await this.db.rows<{ id: string }>(
      `SELECT o.id FROM officers o ${index} WHERE ${where.join(' AND ')} ORDER BY o.id LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Whether the scope holds a good part of all bodies. Then people are read in the order of their ids until a page is full; the
   * server would rather read and sort everybody of the scope. Where it holds a few, sorting their people is the shorter way.
   */
  private async seesMuch(actor: Actor): Promise<boolean> {
    const row = await this.db.row<{ all: number; mine: number | null }>(
      'SELECT COUNT(*) AS `all`, SUM(path LIKE ?) AS mine FROM subjects',
      [below(actor.homeSubjectPath)],
    );
    return Number(row?.mine ?? 0) * 10 >= Number(row?.all ?? 0);
  }

  /** The officer with this blind index within the scope; a list of one or none. */
  async byIdNumberIndex(actor: Actor, index: string): Promise<Page<OfficerSummaryView>> {
    const now = new Date(await this.clock.now());
    const scope = officerScope(actor);
    const rows = await this.db.rows<SummaryRow>(
      `SELECT ${SUMMARY} FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id_number_index = ? AND ${scope.sql}`,
      [now, now, now, index, ...scope.parameters],
    );
    return pageOf(rows, 1, summaryView);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<OfficerView> {
    const now = new Date(await this.clock.now());
    const scope = officerScope(actor);
    const row = await this.db.row<RecordRow>(
      `SELECT ${SUMMARY}, o.education, o.phone_masked, o.legal_qualification_no, o.version, o.created_at, ${HAS_PHOTO} AS has_photo
       FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id = ? AND ${scope.sql}`,
      [now, now, now, id, ...scope.parameters],
    );
    if (!row) throw notFound('officer');
    return this.withHistory(row);
  }

  /** The record after a verb, wherever it now stands (a transfer may have taken it out of the scope). */
  async afterVerb(id: string): Promise<OfficerView> {
    const now = new Date(await this.clock.now());
    const row = await this.db.row<RecordRow>(
      `SELECT ${SUMMARY}, o.education, o.phone_masked, o.legal_qualification_no, o.version, o.created_at, ${HAS_PHOTO} AS has_photo
       FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id = ?`,
      [now, now, now, id],
    );
    if (!row) throw new Error('the officer of this verb is gone');
    return this.withHistory(row);
  }

  private async withHistory(row: RecordRow): Promise<OfficerView> {
    const assignments = await this.db.rows<AssignmentRow & { subject_name: string }>(
      `SELECT a.id, a.officer_id, a.subject_id, s.name AS subject_name, a.post_title, a.staff_category, a.on_establishment,
         a.effective_from, a.effective_to, a.recorded_at
       FROM officer_assignments a JOIN subjects s ON s.id = a.subject_id
       WHERE a.officer_id = ? AND a.superseded_at IS NULL ORDER BY a.effective_from, a.id`,
      [row.id],
    );
    const orders = await this.db.rows<OffPostRow>(
      `SELECT id, officer_id, cause, document, return_document, effective_from, effective_to, recorded_at
       FROM officer_off_post_orders WHERE officer_id = ? AND superseded_at IS NULL ORDER BY effective_from, id`,
      [row.id],
    );
    const departure = await this.db.row<DepartureRow>(
      `SELECT id, officer_id, cause, effective_from, recorded_at FROM officer_departures
       WHERE officer_id = ? AND superseded_at IS NULL ORDER BY effective_from, id LIMIT 1`,
      [row.id],
    );
    return recordView(row, assignments, orders, departure);
  }
}
