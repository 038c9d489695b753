import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { notFound } from '../../kernel/problem.js';
import { SubjectQueries } from '../bodies/subjects.queries.js';
import { containing } from '../search-text.js';
import type { DelegationFilters } from './delegations.dto.js';
import type {
  DelegatedMatterRow,
  DelegationFile,
  DelegationRow,
  PublicationRow,
  RecordRow,
  RevocationRow,
  SuspensionRow,
} from './delegations.rows.js';

const COLUMNS = `d.id, d.delegator_id, p.name AS delegator_name, p.kind AS delegator_kind, d.delegatee_id, s.name AS delegatee_name, s.kind AS delegatee_kind,
  d.jurisdiction_code, d.authority, d.document_no, d.basis_title, d.basis_article, d.basis_rank, d.valid_from, d.valid_to,
  d.signed_on, d.signed_recorded_at, d.stage, d.version, d.created_at`;
const FROM = 'FROM delegations d JOIN subjects p ON p.id = d.delegator_id JOIN subjects s ON s.id = d.delegatee_id';
/** Either party may read. */
const READABLE = '(p.path LIKE ? OR s.path LIKE ?)';

@Injectable()
export class DelegationQueries {
  constructor(
    private readonly db: Db,
    private readonly subjects: SubjectQueries,
  ) {}

  /** @throws Problem 404 unless one of the parties is within the scope */
  async file(actor: Actor, id: string): Promise<DelegationFile> {
    const scope = below(actor.homeSubjectPath);
    return this.one(id, READABLE, [scope, scope]);
  }

  /** The file, for who may act on it with the delegatee in scope. */
  async fileOfDelegatee(actor: Actor, id: string): Promise<DelegationFile> {
    await this.lockRow(id);
    return this.one(id, 's.path LIKE ?', [below(actor.homeSubjectPath)]);
  }

  /**
   * Locks both bodies (ascending id), then the delegation. The parties never change, so they may be read before.
   * @throws Problem 404 unless both parties are within the scope
   */
  async lock(actor: Actor, id: string): Promise<DelegationFile> {
    const parties = await this.db.row<{ delegator_id: string; delegatee_id: string }>(
      'SELECT delegator_id, delegatee_id FROM delegations WHERE id = ?',
      [id],
    );
    if (!parties) throw notFound('delegation');
    await this.subjects.lock(actor, [parties.delegator_id, parties.delegatee_id], 'delegation');
    await this.lockRow(id);
    return this.one(id, '1 = 1', []);
  }

  /** The files after a cursor, in ascending id, at most `count`. */
  async after(actor: Actor, query: DelegationFilters, cursor: string, count: number): Promise<DelegationFile[]> {
    const scope = below(actor.homeSubjectPath);
    const where = ['d.id > ?', READABLE];
    const values: string[] = [cursor, scope, scope];
    const filter = (sql: string, value: string | undefined): void => {
      if (value === undefined) return;
      where.push(sql);
      values.push(value);
    };
    filter('d.delegator_id = ?', query.delegatorId);
    filter('d.delegatee_id = ?', query.delegateeId);
    if (query.subjectId !== undefined) {
      where.push('(d.delegator_id = ? OR d.delegatee_id = ?)');
      values.push(query.subjectId, query.subjectId);
    }
    filter('d.document_no LIKE ?', query.q === undefined ? undefined : containing(query.q));
    filter('d.id IN (SELECT dm.delegation_id FROM delegation_matters dm WHERE dm.matter_code = ?)', query.matterCode);
    const rows = await this.db.rows<DelegationRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE ${where.join(' AND ')} ORDER BY d.id LIMIT ?`,
      [...values, count],
    );
    return this.files(rows);
  }

  records(id: string): Promise<RecordRow[]> {
    return this.db.rows<RecordRow>(
      `SELECT id, delegation_id, kind, happened_on, summary, findings, recorded_at, recorded_by
       FROM delegation_records WHERE delegation_id = ? ORDER BY happened_on, id`,
      [id],
    );
  }

  private async lockRow(id: string): Promise<void> {
    const row = await this.db.row('SELECT id FROM delegations WHERE id = ? FOR UPDATE', [id]);
    if (!row) throw notFound('delegation');
  }

  private async one(id: string, scope: string, values: readonly string[]): Promise<DelegationFile> {
    const rows = await this.db.rows<DelegationRow>(`SELECT ${COLUMNS} ${FROM} WHERE d.id = ? AND ${scope}`, [
      id,
      ...values,
    ]);
    const file = (await this.files(rows))[0];
    if (!file) throw notFound('delegation');
    return file;
  }

  private async files(rows: readonly DelegationRow[]): Promise<DelegationFile[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const of = marks(ids);
    const matters = await this.db.rows<DelegatedMatterRow>(
      `SELECT dm.delegation_id, m.code, m.name, m.act_type, m.domain FROM delegation_matters dm
       JOIN matters m ON m.code = dm.matter_code WHERE dm.delegation_id IN (${of}) ORDER BY dm.delegation_id, m.code`,
      ids,
    );
    const publications = await this.db.rows<PublicationRow>(
      `SELECT id, delegation_id, side, reference, published_on, recorded_at FROM delegation_publications
       WHERE delegation_id IN (${of}) AND superseded_at IS NULL ORDER BY id`,
      ids,
    );
    const suspensions = await this.db.rows<SuspensionRow>(
      `SELECT id, delegation_id, reason, effective_from, effective_to, recorded_at, superseded_at FROM delegation_suspensions
       WHERE delegation_id IN (${of}) ORDER BY effective_from, recorded_at, id`,
      ids,
    );
    const revocations = await this.db.rows<RevocationRow>(
      `SELECT id, delegation_id, reason, effective_from, recorded_at FROM delegation_revocations WHERE delegation_id IN (${of})`,
      ids,
    );
    const supervised = await this.db.rows<{ delegation_id: string; last_on: string }>(
      `SELECT delegation_id, DATE_FORMAT(MAX(happened_on), '%Y-%m-%d') AS last_on FROM delegation_records
       WHERE delegation_id IN (${of}) AND kind = 'SUPERVISION' GROUP BY delegation_id`,
      ids,
    );
    return rows.map((row) => ({
      row,
      matters: matters.filter(({ delegation_id }) => delegation_id === row.id),
      publications: publications.filter(({ delegation_id }) => delegation_id === row.id),
      suspensions: suspensions.filter(({ delegation_id }) => delegation_id === row.id),
      revocation: revocations.find(({ delegation_id }) => delegation_id === row.id) ?? null,
      lastSupervisedOn: supervised.find(({ delegation_id }) => delegation_id === row.id)?.last_on ?? null,
    }));
  }
}
