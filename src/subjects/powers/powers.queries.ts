import { Injectable } from '@nestjs/common';
import { below, Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { pageOf, type Page } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import type { PowersQuery } from './powers.dto.js';
import type { PowerRow } from './powers.rows.js';
import { powerView, type PowerView } from './powers.view.js';

const COLUMNS = `p.id, p.subject_id, s.name AS holder_name, s.kind AS holder_kind, p.matter_code, m.name AS matter_name, m.domain, m.act_type, p.jurisdiction_code, p.basis_title, p.basis_article, p.basis_rank,
  p.valid_from, p.valid_to, p.recorded_at, p.superseded_at`;
const FROM = 'FROM subject_powers p JOIN subjects s ON s.id = p.subject_id JOIN matters m ON m.code = p.matter_code';

@Injectable()
export class PowerQueries {
  constructor(private readonly db: Db) {}

  /** @throws Problem 404 when body or power are absent or outside the scope */
  async row(actor: Actor, subjectId: string, id: string): Promise<PowerRow> {
    const row = await this.db.row<PowerRow>(
      `SELECT ${COLUMNS} ${FROM}
       WHERE p.id = ? AND s.id = ? AND s.path LIKE ?`,
      [id, subjectId, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('power');
    return row;
  }

  async read(actor: Actor, subjectId: string, id: string): Promise<PowerView> {
    return powerView(await this.row(actor, subjectId, id));
  }

  /** The first powers of a body as known now, for who has seen the body itself. */
  async all(actor: Actor, subjectId: string, count: number): Promise<PowerView[]> {
    const rows = await this.db.rows<PowerRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE p.subject_id = ? AND s.path LIKE ? AND p.superseded_at IS NULL ORDER BY p.matter_code, p.id LIMIT ?`,
      [subjectId, below(actor.homeSubjectPath), count],
    );
    return rows.map(powerView);
  }

  /** The powers of a body as known now. */
  async list(actor: Actor, subjectId: string, query: PowersQuery): Promise<Page<PowerView>> {
    const scope = below(actor.homeSubjectPath);
    const body = await this.db.row('SELECT s.id FROM subjects s WHERE s.id = ? AND s.path LIKE ?', [subjectId, scope]);
    if (!body) throw notFound('subject');
    const matter = query.matterCode === undefined ? '' : 'AND p.matter_code = ?';
    const rows = await this.db.rows<PowerRow>(
      `SELECT ${COLUMNS} ${FROM}
       WHERE p.subject_id = ? AND p.superseded_at IS NULL AND p.id > ? ${matter} ORDER BY p.id LIMIT ?`,
      [subjectId, query.after(), ...(query.matterCode === undefined ? [] : [query.matterCode]), query.limit + 1],
    );
    return pageOf(rows, query.limit, powerView);
  }
}
