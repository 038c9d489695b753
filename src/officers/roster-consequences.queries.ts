import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { Consequence } from '../kernel/import-definition.js';

/** People of the import whose clearance shrinks with the commit. */
const TOUCHED = `SELECT DISTINCT target_id AS officer_id FROM import_results
  WHERE import_id = ? AND state IN ('VALID', 'WARNING') AND target_id IS NOT NULL
    AND (effects LIKE '%,OFF_POST,%' OR effects LIKE '%,CATEGORY_BARS,%')`;

/** Certificates and deployments of the people whom a roster puts off post or into a category that may hold none (read only). */
@Injectable()
export class RosterConsequencesQueries {
  constructor(private readonly db: Db) {}

  async of(importId: string): Promise<readonly Consequence[]> {
    const count = async (sql: string): Promise<number> =>
      Number((await this.db.row<{ n: number }>(sql, [importId]))?.n ?? 0);
    return [
      {
        code: 'LOSES_QUALIFICATION',
        zh: '导入后不能再执法的人数（离岗，或人员类别不得持证）',
        en: 'people who may no longer act after the import: off post, or of a category that may hold no certificate',
        count: await count(`SELECT COUNT(*) AS n FROM (${TOUCHED}) t`),
        of: 'PERSON',
      },
      {
        code: 'CERTIFICATES_TOUCHED',
        zh: '涉及的有效证件',
        en: 'valid certificates of these people',
        count: await count(
          `SELECT COUNT(*) AS n FROM (${TOUCHED}) t JOIN certificates c ON c.officer_id = t.officer_id
           JOIN certificate_states s ON s.certificate_id = c.id WHERE s.status = 'VALID'`,
        ),
        of: 'CERTIFICATE',
      },
      {
        code: 'DEPLOYMENTS_TOUCHED',
        zh: '要重新判定、可能被撤回的执法任务',
        en: 'deployments that are decided again and may be recalled',
        count: await count(
          `SELECT COUNT(DISTINCT d.id) AS n FROM (${TOUCHED}) t JOIN deployment_members m ON m.officer_id = t.officer_id
           JOIN deployments d ON d.id = m.deployment_id WHERE d.status IN ('PLANNED', 'ACTIVE')`,
        ),
        of: 'DEPLOYMENT',
      },
    ];
  }
}
