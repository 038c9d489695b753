import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { pageOf, type Page } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { normaliseCreditCode } from '../../rules/codes/credit-code.js';
import type { SubjectState } from '../../rules/subject.lifecycle.js';
import { legalBasisView, type LegalBasisColumns } from '../legal-basis.view.js';
import { containing } from '../search-text.js';
import type { SubjectsQuery } from './subjects.dto.js';
import type { PeriodRow, SubjectRow } from './subjects.rows.js';
import { subjectDetailView, subjectView, type SubjectDetailView, type SubjectView } from './subjects.view.js';

const COLUMNS = 's.id, s.name, s.uscc, s.kind, s.division_code, s.parent_id, s.path, s.version, s.created_at';

/** The status in force at an instant (asked twice), as known now. */
const STATE = `COALESCE((SELECT p.status FROM subject_status_periods p
  WHERE p.subject_id = s.id AND p.superseded_at IS NULL AND p.effective_from <= ?
    AND (p.effective_to IS NULL OR p.effective_to > ?) ORDER BY p.effective_from DESC LIMIT 1), 'REGISTERED')`;

@Injectable()
export class SubjectQueries {
  constructor(private readonly db: Db) {}

  /**
   * Locks bodies within the actor's scope, in ascending id whatever the order asked (CONTRIBUTING.md).
   * @param what named in the refusal
   * @throws Problem 404 when one of them is absent or outside the scope
   */
  async lock(actor: Actor, ids: readonly string[], what = 'subject'): Promise<ReadonlyMap<string, SubjectRow>> {
    const wanted = [...new Set(ids)].sort();
    const rows = await this.db.rows<SubjectRow>(
      `SELECT ${COLUMNS} FROM subjects s WHERE s.id IN (${marks(wanted)}) AND s.path LIKE ? ORDER BY s.id FOR UPDATE`,
      [...wanted, below(actor.homeSubjectPath)],
    );
    if (rows.length !== wanted.length) throw notFound(what);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async lockOne(actor: Actor, id: string): Promise<SubjectRow> {
    const found = (await this.lock(actor, [id])).get(id);
    if (!found) throw notFound('subject');
    return found;
  }

  /** The periods known now that end after nothing or anything, by legal time. Ask under the body's lock. */
  currentPeriods(subjectId: string): Promise<PeriodRow[]> {
    return this.periods(subjectId, 'AND superseded_at IS NULL');
  }

  async read(actor: Actor, id: string, now: number): Promise<SubjectDetailView> {
    const at = new Date(now);
    const row = await this.db.row<SubjectRow & { state: SubjectState; parent_name: string | null }>(
      `SELECT ${COLUMNS}, ${STATE} AS state, u.name AS parent_name
       FROM subjects s LEFT JOIN subjects u ON u.id = s.parent_id WHERE s.id = ? AND s.path LIKE ?`,
      [at, at, id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('subject');
    const bases = await this.db.rows<LegalBasisColumns>(
      'SELECT title AS basis_title, article AS basis_article, basis_rank FROM subject_legal_bases WHERE subject_id = ? ORDER BY id',
      [id],
    );
    return subjectDetailView(row, bases.map(legalBasisView), await this.periods(id, ''));
  }

  async list(actor: Actor, query: SubjectsQuery, now: number): Promise<Page<SubjectView>> {
    const at = new Date(now);
    const where = ['s.id > ?', 's.path LIKE ?'];
    const values: (string | Date)[] = [query.after(), below(actor.homeSubjectPath)];
    const filter = (sql: string, ...given: (string | Date)[]): void => {
      where.push(sql);
      values.push(...given);
    };
    if (query.q !== undefined) {
      filter('(s.name LIKE ? OR s.uscc = ?)', containing(query.q), normaliseCreditCode(query.q));
    }
    if (query.kind !== undefined) filter('s.kind = ?', query.kind);
    if (query.parentId !== undefined) filter('s.parent_id = ?', query.parentId);
    if (query.state !== undefined) filter(`${STATE} = ?`, at, at, query.state);
    const rows = await this.db.rows<SubjectRow & { state: SubjectState }>(
      `SELECT ${COLUMNS}, ${STATE} AS state FROM subjects s WHERE ${where.join(' AND ')} ORDER BY s.id LIMIT ?`,
      [at, at, ...values, query.limit + 1],
    );
    return pageOf(rows, query.limit, subjectView);
  }

  private periods(subjectId: string, which: string): Promise<PeriodRow[]> {
    return this.db.rows<PeriodRow>(
      `SELECT id, subject_id, status, effective_from, effective_to, document, announcement_reference, announced_on, reason,
         recorded_at, superseded_at
       FROM subject_status_periods WHERE subject_id = ? ${which} ORDER BY effective_from, recorded_at, id`,
      [subjectId],
    );
  }
}
