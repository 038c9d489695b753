import { Injectable } from '@nestjs/common';
import { below, Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { daysBetween, legalDateOf } from '../../rules/calendar.js';
import type { ReminderPage, ReminderSummaryView, ReminderView } from './reminder.view.js';
import type { ReminderListQuery } from './reminders.dto.js';

interface ReminderRow {
  readonly id: string;
  readonly source: string;
  readonly target_type: string;
  readonly target_id: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly officer_id: string | null;
  readonly officer_name: string | null;
  readonly stage: string;
  readonly level: number;
  readonly deadline: string;
  readonly recipients: number;
  readonly raised_at: Date;
  readonly closed_at: Date | null;
}

const SELECT = `SELECT r.id, r.source, r.target_type, r.target_id, r.subject_id, s.name AS subject_name, r.officer_id,
  o.name AS officer_name, r.stage, r.level, r.deadline, r.raised_at, r.closed_at,
  (SELECT COUNT(*) FROM reminder_recipients t WHERE t.reminder_id = r.id) AS recipients
  FROM reminders r JOIN subjects s ON s.id = r.subject_id LEFT JOIN officers o ON o.id = r.officer_id`;

/** What was reminded of within the scope: the warnings of the workbench. */
@Injectable()
export class ReminderQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: ReminderListQuery): Promise<ReminderPage> {
    const where = ['s.path LIKE ?', 'r.id > ?'];
    const parameters: (string | number)[] = [below(actor.homeSubjectPath), query.after()];
    const filters = [
      ['r.source', query.source],
      ['r.subject_id', query.subjectId],
      ['r.officer_id', query.officerId],
      ['r.target_id', query.targetId],
    ] as const;
    for (const [column, value] of filters) {
      if (value === undefined) continue;
      where.push(`${column} = ?`);
      parameters.push(value);
    }
    if (query.state !== undefined) where.push(`r.closed_at IS ${query.state === 'OPEN' ? 'NULL' : 'NOT NULL'}`);
    const rows = await this.db.rows<ReminderRow>(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY r.id LIMIT ?`, [
      ...parameters,
      query.limit + 1,
    ]);
    const today = legalDateOf(await this.clock.now()) ?? '';
    return pageOf(rows, query.limit, (row) => viewOf(row, today));
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<ReminderView> {
    const row = await this.db.row<ReminderRow>(`${SELECT} WHERE r.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('reminder');
    return viewOf(row, legalDateOf(await this.clock.now()) ?? '');
  }

  async summary(actor: Actor): Promise<ReminderSummaryView> {
    const rows = await this.db.rows<{ source: string; stage: string; open_now: number }>(
      `SELECT r.source, r.stage, COUNT(*) AS open_now FROM reminders r JOIN subjects s ON s.id = r.subject_id
       WHERE s.path LIKE ? AND r.closed_at IS NULL GROUP BY r.source, r.stage ORDER BY r.source, r.stage`,
      [below(actor.homeSubjectPath)],
    );
    return { items: rows.map(({ source, stage, open_now }) => ({ source, stage, open: Number(open_now) })) };
  }
}

const viewOf = (row: ReminderRow, today: string): ReminderView => ({
  id: row.id,
  source: row.source,
  targetType: row.target_type,
  targetId: row.target_id,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  officerId: row.officer_id,
  officerName: row.officer_name,
  stage: row.stage,
  level: row.level,
  deadline: row.deadline,
  daysLeft: daysBetween(today, row.deadline),
  recipients: Number(row.recipients),
  raisedAt: row.raised_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
});
