import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { Consequence } from '../kernel/import-definition.js';

interface Row {
  readonly complete: number;
  readonly short: number;
}

/** What the rows of a validated import of results lead to, person by person, once the exam is released. */
@Injectable()
export class ResultConsequencesQueries {
  constructor(private readonly db: Db) {}

  /**
   * A candidate passes the exam when every paper of the registration is passed: by a row of this import, else by what is recorded
   * and not replaced.
   */
  async of(importId: string): Promise<readonly Consequence[]> {
    const row = await this.db.row<Row>(
      `SELECT COALESCE(SUM(open_papers = 0), 0) AS complete, COALESCE(SUM(open_papers > 0), 0) AS short FROM (
         SELECT rp.registration_id, SUM(CASE WHEN m.paper_id IS NOT NULL THEN IF(m.effects LIKE '%,PAPER_PASSED,%', 0, 1)
                                             ELSE IF(x.passed = 1, 0, 1) END) AS open_papers
         FROM (SELECT DISTINCT SUBSTRING_INDEX(target_id, '.', 1) AS registration_id FROM import_results
               WHERE import_id = ? AND state IN ('VALID', 'WARNING') AND target_id IS NOT NULL) r
         JOIN exam_registration_papers rp ON rp.registration_id = r.registration_id
         LEFT JOIN (SELECT SUBSTRING_INDEX(target_id, '.', 1) AS registration_id, SUBSTRING_INDEX(target_id, '.', -1) AS paper_id, effects
                    FROM import_results WHERE import_id = ? AND state IN ('VALID', 'WARNING') AND target_id IS NOT NULL) m
           ON m.registration_id = rp.registration_id AND m.paper_id = rp.paper_id
         LEFT JOIN exam_results x ON x.registration_id = rp.registration_id AND x.paper_id = rp.paper_id
         GROUP BY rp.registration_id) people`,
      [importId, importId],
    );
    const people = (code: string, zh: string, en: string, count: number): Consequence => ({
      code,
      zh,
      en,
      count,
      of: 'PERSON',
    });
    return [
      people(
        'PASSES_EXAM',
        '成绩发布后，报考科目全部合格的人数',
        'people who will have passed all their papers when the exam is released',
        Number(row?.complete ?? 0),
      ),
      people(
        'DOES_NOT_PASS_EXAM',
        '成绩发布后，仍有科目不合格或没有成绩的人数',
        'people who will still lack a passed paper when the exam is released',
        Number(row?.short ?? 0),
      ),
    ];
  }
}
