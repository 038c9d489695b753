import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { isId } from '../../kernel/ids.js';
import { pageOf, type Page } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { containing } from '../search-text.js';
import type { MattersQuery } from './matters.dto.js';
import type { MatterRow } from './matters.rows.js';
import { matterView, type MatterView } from './matters.view.js';

const COLUMNS = 'm.id, m.code, m.name, m.act_type, m.domain, m.version, m.created_at';

/** The list of matters is one for the whole installation: it has no scope. */
@Injectable()
export class MatterQueries {
  constructor(private readonly db: Db) {}

  /** @param idOrCode the API gives both and takes either */
  async read(idOrCode: string): Promise<MatterView> {
    const by = (column: 'id' | 'code'): Promise<MatterRow | null> =>
      this.db.row<MatterRow>(`SELECT ${COLUMNS} FROM matters m WHERE m.${column} = ?`, [idOrCode]);
    const row = (isId(idOrCode) ? await by('id') : null) ?? (await by('code'));
    if (!row) throw notFound('matter');
    return matterView(row);
  }

  /** The matters with these codes, in the order of the code. @throws Problem 404 when one is unknown */
  async byCodes(codes: readonly string[]): Promise<readonly MatterRow[]> {
    const rows = await this.db.rows<MatterRow>(
      `SELECT ${COLUMNS} FROM matters m WHERE m.code IN (${marks(codes)}) ORDER BY m.code`,
      codes,
    );
    if (rows.length !== new Set(codes).size) throw notFound('matter');
    return rows;
  }

  async list(query: MattersQuery): Promise<Page<MatterView>> {
    const where = ['m.id > ?'];
    const values: string[] = [query.after()];
    const filter = (sql: string, ...given: string[]): void => {
      where.push(sql);
      values.push(...given);
    };
    if (query.q !== undefined) filter('(m.name LIKE ? OR m.code = ?)', containing(query.q), query.q.trim());
    if (query.code !== undefined) filter('m.code = ?', query.code);
    if (query.actType !== undefined) filter('m.act_type = ?', query.actType);
    if (query.domain !== undefined) filter('m.domain = ?', query.domain);
    const rows = await this.db.rows<MatterRow>(
      `SELECT ${COLUMNS} FROM matters m WHERE ${where.join(' AND ')} ORDER BY m.id LIMIT ?`,
      [...values, query.limit + 1],
    );
    return pageOf(rows, query.limit, matterView);
  }
}
