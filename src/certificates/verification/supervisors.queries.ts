import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';

/** Who supervises: the accounts to which an alarm about a card goes. */
@Injectable()
export class SupervisorQueries {
  constructor(private readonly db: Db) {}

  /** Active supervisors of the body or of one above it; without a body those of the districts themselves. */
  async of(subjectId: string | null): Promise<string[]> {
    const scope =
      subjectId === null
        ? 'home.parent_id IS NULL'
        : `EXISTS (SELECT 1 FROM subjects s WHERE s.id = ? AND s.path LIKE CONCAT(home.path, '%'))`;
    const rows = await this.db.rows<{ id: string }>(
      `SELECT DISTINCT a.id FROM accounts a JOIN account_roles r ON r.account_id = a.id AND r.role = 'SUPERVISOR'
       JOIN subjects home ON home.id = a.home_subject_id WHERE a.status = 'ACTIVE' AND ${scope} ORDER BY a.id`,
      subjectId === null ? [] : [subjectId],
    );
    return rows.map(({ id }) => id);
  }
}
