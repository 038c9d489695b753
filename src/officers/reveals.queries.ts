import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';

/** Looks at the newest entries of one person only. */
const NEWEST = 1000;

@Injectable()
export class RevealsQueries {
  constructor(private readonly db: Db) {}

  /** How many ID numbers this account was shown since the instant, as far as its newest audit entries tell. */
  async since(accountId: string, instant: number): Promise<number> {
    const row = await this.db.row<{ shown: number }>(
      `SELECT COUNT(*) AS shown FROM
         (SELECT verb, recorded_at FROM audit_entries WHERE actor_id = ? ORDER BY seq DESC LIMIT ${NEWEST}) newest
       WHERE verb = 'officer.reveal-id-number' AND recorded_at > ?`,
      [accountId, new Date(instant)],
    );
    return Number(row?.shown ?? 0);
  }
}
