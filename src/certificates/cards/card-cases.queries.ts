import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db } from '../../infrastructure/database/db.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { CardCasePage, CardCaseView } from './card-case.view.js';
import type { CardCaseListQuery } from './card-cases.dto.js';

interface CaseRow {
  readonly id: string;
  readonly officer_id: string;
  readonly name: string;
  readonly certificate_id: string;
  readonly number: string;
  readonly cause: string;
  readonly due_on: string;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
}

const SELECT = `SELECT k.id, k.officer_id, o.name, k.certificate_id, c.number, k.cause, k.due_on, k.opened_at, k.closed_at
  FROM card_cases k JOIN certificates c ON c.id = k.certificate_id JOIN officers o ON o.id = k.officer_id
  JOIN subjects s ON s.id = o.subject_id`;

@Injectable()
export class CardCaseQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: CardCaseListQuery): Promise<CardCasePage> {
    const where = ['s.path LIKE ?', 'k.id > ?'];
    const parameters: (string | number)[] = [below(actor.homeSubjectPath), query.after()];
    if (query.officerId !== undefined) {
      where.push('k.officer_id = ?');
      parameters.push(query.officerId);
    }
    if (query.state !== undefined) where.push(`k.closed_at IS ${query.state === 'OPEN' ? 'NULL' : 'NOT NULL'}`);
    const rows = await this.db.rows<CaseRow>(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY k.id LIMIT ?`, [
      ...parameters,
      query.limit + 1,
    ]);
    const today = legalDateOf(await this.clock.now()) ?? '';
    return pageOf(rows, query.limit, (row) => viewOf(row, today));
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<CardCaseView> {
    const row = await this.db.row<CaseRow>(`${SELECT} WHERE k.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('card case');
    return viewOf(row, legalDateOf(await this.clock.now()) ?? '');
  }
}

const viewOf = (row: CaseRow, today: string): CardCaseView => ({
  id: row.id,
  officerId: row.officer_id,
  officerName: row.name,
  certificateId: row.certificate_id,
  certificateNo: row.number,
  cause: row.cause,
  dueOn: row.due_on,
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  overdue: row.closed_at === null && row.due_on < today,
});
