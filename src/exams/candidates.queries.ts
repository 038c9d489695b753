import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { pageOf } from '../kernel/page.js';
import type { RegistrationsQuery, ResultsQuery } from './exam.dto.js';
import { registrationView, resultView, type RegistrationPage, type ResultPage } from './exam.view.js';
import type { PaperRow, RegistrationListRow, ResultListRow } from './exam.rows.js';
import { ExamsQueries } from './exams.queries.js';

const CANDIDATE = `o.id AS officer_id, r.admission_no, o.name, o.id_number_masked, u.id AS unit_id, u.name AS unit_name`;

/** A page of results begins after this pair of ids. */
const SEPARATOR = '.';

/** Who is registered for an exam, and what is recorded; ID numbers masked. */
@Injectable()
export class CandidatesQueries {
  constructor(
    private readonly db: Db,
    private readonly exams: ExamsQueries,
  ) {}

  /** @throws Problem 404 */
  async registrations(actor: Actor, examId: string, query: RegistrationsQuery): Promise<RegistrationPage> {
    await this.exams.inScope(actor, examId);
    const { sql, values } = candidateFilter(query);
    const rows = await this.db.rows<RegistrationListRow>(
      `SELECT r.id, ${CANDIDATE}, r.registered_at
       FROM exam_registrations r JOIN officers o ON o.id = r.officer_id JOIN subjects u ON u.id = o.subject_id
       WHERE r.exam_id = ? AND r.id > ? ${sql} ORDER BY r.id LIMIT ?`,
      [examId, query.after(), ...values, query.limit + 1],
    );
    const papers = await this.papersOf(rows.map(({ id }) => id));
    return pageOf(rows, query.limit, (row) => registrationView(row, papers.get(row.id) ?? []));
  }

  /** The papers that each candidate sits. */
  private async papersOf(registrationIds: readonly string[]): Promise<ReadonlyMap<string, readonly PaperRow[]>> {
    const rows = await this.db.rows<PaperRow & { readonly registration_id: string }>(
      `SELECT rp.registration_id, p.id, p.exam_id, p.subject, p.domain, p.pass_mark
       FROM exam_registration_papers rp JOIN exam_papers p ON p.id = rp.paper_id
       WHERE rp.registration_id IN (${marks(registrationIds)}) ORDER BY rp.registration_id, p.subject, p.domain`,
      [...registrationIds],
    );
    const byRegistration = new Map<string, PaperRow[]>();
    for (const { registration_id, ...paper } of rows) {
      byRegistration.set(registration_id, [...(byRegistration.get(registration_id) ?? []), paper]);
    }
    return byRegistration;
  }

  /** @throws Problem 404 */
  async results(actor: Actor, examId: string, query: ResultsQuery): Promise<ResultPage> {
    await this.exams.inScope(actor, examId);
    const { sql, values } = candidateFilter(query);
    const outcome = query.outcome === undefined ? '' : 'AND x.outcome = ?';
    const passed = query.passed === undefined ? '' : 'AND x.passed = ?';
    const [registration = '', paper = ''] = query.after().split(SEPARATOR);
    const rows = await this.db.rows<ResultListRow>(
      `SELECT CONCAT(x.registration_id, '${SEPARATOR}', x.paper_id) AS id, ${CANDIDATE}, x.exam_id, x.paper_id, p.subject,
              p.domain, p.pass_mark, x.outcome, x.score, x.passed, x.recorded_at
       FROM exam_results x JOIN exam_registrations r ON r.id = x.registration_id JOIN exam_papers p ON p.id = x.paper_id
       JOIN officers o ON o.id = x.officer_id JOIN subjects u ON u.id = o.subject_id
       WHERE x.exam_id = ? AND x.registration_id >= ? AND (x.registration_id > ? OR x.paper_id > ?)
         ${sql} ${outcome} ${passed} ORDER BY x.registration_id, x.paper_id LIMIT ?`,
      [
        examId,
        registration,
        registration,
        paper,
        ...values,
        ...(query.outcome === undefined ? [] : [query.outcome]),
        ...(query.passed === undefined ? [] : [query.passed === 'true' ? 1 : 0]),
        query.limit + 1,
      ],
    );
    return pageOf(rows, query.limit, resultView);
  }
}

function candidateFilter(query: RegistrationsQuery): { readonly sql: string; readonly values: readonly string[] } {
  const filters = [
    ['r.admission_no', query.admissionNo],
    ['r.officer_id', query.officerId],
  ].filter((filter): filter is [string, string] => filter[1] !== undefined);
  return {
    sql: filters.map(([column]) => `AND ${column} = ?`).join(' '),
    values: filters.map(([, value]) => value),
  };
}
