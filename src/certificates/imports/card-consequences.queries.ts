import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import type { Consequence } from '../../kernel/import-definition.js';

/** The applications that rows of a validated back-fill fulfil. */
const FULFILLED = `SELECT a.officer_id, a.previous_certificate_id FROM import_results r JOIN certificate_applications a ON a.id = r.target_id
  WHERE r.import_id = ? AND r.state IN ('VALID', 'WARNING') AND r.planned = 'CREATED'`;

/** What numbers that came back lead to: who becomes certified, which earlier cards and which deployments are touched (read only). */
@Injectable()
export class CardConsequencesQueries {
  constructor(private readonly db: Db) {}

  async ofBackfill(importId: string): Promise<readonly Consequence[]> {
    const count = async (sql: string): Promise<number> =>
      Number((await this.db.row<{ n: number }>(sql, [importId]))?.n ?? 0);
    return [
      {
        code: 'BECOMES_QUALIFIED',
        zh: '导入后取得有效证件的人数',
        en: 'people who hold a valid certificate after the import',
        count: await count(`SELECT COUNT(DISTINCT f.officer_id) AS n FROM (${FULFILLED}) f`),
        of: 'PERSON',
      },
      {
        code: 'CERTIFICATES_REPLACED',
        zh: '由新证件接替的原证件',
        en: 'earlier certificates that are replaced',
        count: await count(
          `SELECT COUNT(*) AS n FROM (${FULFILLED}) f JOIN certificate_states s ON s.certificate_id = f.previous_certificate_id
           WHERE s.status = 'VALID'`,
        ),
        of: 'CERTIFICATE',
      },
      {
        code: 'DEPLOYMENTS_TOUCHED',
        zh: '以原证件为据、要重新判定的执法任务',
        en: 'deployments that rest on the earlier certificates and are decided again',
        count: await count(
          `SELECT COUNT(DISTINCT d.id) AS n FROM (${FULFILLED}) f JOIN deployment_members m ON m.certificate_id = f.previous_certificate_id
           JOIN deployments d ON d.id = m.deployment_id WHERE d.status IN ('PLANNED', 'ACTIVE')`,
        ),
        of: 'DEPLOYMENT',
      },
    ];
  }
}
