import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { Clock } from '../kernel/clock.js';
import { pageOf } from '../kernel/page.js';
import { legalDateOf } from '../rules/calendar.js';
import type { PublicContent } from './publication.rows.js';
import type { PublicOfficerPage, PublicOfficerView, PublicUnitPage } from './publication.view.js';
import type { PublicOfficersQuery, PublicUnitsQuery } from './publications.dto.js';
import { CARRIERS, publishableAt } from './publishable.queries.js';

/** Takes what was checked. Gives the fields of BR-94 and nothing else. */
export const publicOfficerView = (content: PublicContent, names: ReadonlyMap<string, string>): PublicOfficerView => ({
  name: content.name,
  unit: content.unit,
  certificateNo: content.certificateNo,
  post: content.post,
  domains: content.domains.map((code) => names.get(code) ?? code),
  area: content.area,
  issuer: content.issuer,
  validFrom: content.validFrom,
  validTo: content.validTo,
  status: 'VALID',
});

/** The published officers, for anybody. Who may be shown is derived at reading time from certificate, holder and body (BR-93). */
@Injectable()
export class PublicOfficerQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async ofUnit(query: PublicOfficersQuery): Promise<PublicOfficerPage> {
    const now = await this.clock.now();
    const { sql, parameters } = publishableAt(now);
    const name = query.name === undefined ? '' : 'AND c.holder_name = ?';
    const rows = await this.db.rows<{ id: string; content_json: string }>(
      `SELECT p.id, p.content_json FROM publications p JOIN (${CARRIERS}) ON c.id = p.certificate_id
       WHERE p.subject_id = ? AND p.state = 'PUBLISHED' AND p.id > ? ${name} AND ${sql} ORDER BY p.id LIMIT ?`,
      [
        query.subjectId,
        query.after(),
        ...(query.name === undefined ? [] : [query.name.trim()]),
        ...parameters,
        query.limit + 1,
      ],
    );
    const dictionary = await this.settings.dictionary(legalDateOf(now) ?? '', 'domains');
    const names = new Map(dictionary.map(({ code, nameZh }) => [code, nameZh]));
    return pageOf(rows, query.limit, ({ content_json }) =>
      publicOfficerView(JSON.parse(content_json) as PublicContent, names),
    );
  }

  /** Bodies that have somebody on the list now. */
  async units(query: PublicUnitsQuery): Promise<PublicUnitPage> {
    const { sql, parameters } = publishableAt(await this.clock.now());
    const rows = await this.db.rows<{ id: string; name: string; division_code: string; officers: number }>(
      `SELECT s.id, s.name, s.division_code, COUNT(*) AS officers FROM publications p JOIN (${CARRIERS}) ON c.id = p.certificate_id
       WHERE p.state = 'PUBLISHED' AND s.id > ? AND ${sql} GROUP BY s.id, s.name, s.division_code ORDER BY s.id LIMIT ?`,
      [query.after(), ...parameters, query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => ({
      id: row.id,
      name: row.name,
      area: row.division_code,
      officers: Number(row.officers),
    }));
  }
}
