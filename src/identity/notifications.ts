import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { pageOf, type Page } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import type { Reason } from '../rules/verdict.js';
import type { NotificationsQuery } from './notifications.dto.js';
import {
  notificationView,
  type NotificationRow,
  type NotificationSummaryView,
  type NotificationView,
} from './notifications.view.js';

/** A line in somebody's in-app inbox; no personal data in summary and facts. */
export interface Notice {
  /** Chosen by the caller where something else points to it. */
  readonly id?: string;
  readonly accountId: string;
  /** Those of `NOTICE_KINDS` have a sentence in both languages. */
  readonly kind: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly summary: string;
  /** What the sentence of its kind names. */
  readonly facts?: Reason['facts'];
}

const COLUMNS = 'id, kind, target_type, target_id, summary, facts_json, created_at, read_at';

@Injectable()
export class Notifications {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Stores notices in the open unit of work. */
  async tell(notices: readonly Notice[], now: number): Promise<void> {
    await this.db.insert(
      'notifications',
      notices.map((notice) => ({
        id: notice.id ?? newId(),
        account_id: notice.accountId,
        kind: notice.kind,
        target_type: notice.targetType,
        target_id: notice.targetId,
        summary: notice.summary,
        facts_json: notice.facts === undefined ? null : JSON.stringify(notice.facts),
        created_at: new Date(now),
      })),
    );
  }

  /** The inbox of one account. */
  async list(accountId: string, query: NotificationsQuery): Promise<Page<NotificationView>> {
    const newest = query.order === 'NEWEST';
    const where = ['account_id = ?'];
    const parameters: (string | number)[] = [accountId];
    if (!newest || query.cursor !== undefined) {
      where.push(newest ? 'id < ?' : 'id > ?');
      parameters.push(query.after());
    }
    if (query.unread === 'true') where.push('read_at IS NULL');
    if (query.kind !== undefined) {
      where.push('kind = ?');
      parameters.push(query.kind);
    }
    const rows = await this.db.rows<NotificationRow>(
      `SELECT ${COLUMNS} FROM notifications WHERE ${where.join(' AND ')} ORDER BY id ${newest ? 'DESC' : ''} LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    return pageOf(rows, query.limit, notificationView);
  }

  /** How many are not read yet. */
  async summary(accountId: string): Promise<NotificationSummaryView> {
    const rows = await this.db.rows<{ kind: string; unread: number }>(
      'SELECT kind, COUNT(*) AS unread FROM notifications WHERE account_id = ? AND read_at IS NULL GROUP BY kind ORDER BY kind',
      [accountId],
    );
    const byKind = rows.map(({ kind, unread }) => ({ kind, unread: Number(unread) }));
    return { unread: byKind.reduce((sum, { unread }) => sum + unread, 0), byKind };
  }

  /** The first reading counts. @throws Problem 404 when it is somebody else's */
  markRead(accountId: string, id: string): Promise<NotificationView> {
    return this.uow.run(async () => {
      const now = new Date(await this.clock.now());
      await this.db.execute(
        'UPDATE notifications SET read_at = ? WHERE id = ? AND account_id = ? AND read_at IS NULL',
        [now, id, accountId],
      );
      const row = await this.db.row<NotificationRow>(
        `SELECT ${COLUMNS} FROM notifications WHERE id = ? AND account_id = ?`,
        [id, accountId],
      );
      if (!row) throw notFound('notification');
      return notificationView(row);
    });
  }

  /** Everything that is unread now, or all of one kind. */
  async markAllRead(accountId: string, kind: string | undefined): Promise<number> {
    return this.uow.run(async () => {
      const now = new Date(await this.clock.now());
      return this.db.execute(
        `UPDATE notifications SET read_at = ? WHERE account_id = ? AND read_at IS NULL ${kind === undefined ? '' : 'AND kind = ?'}`,
        kind === undefined ? [now, accountId] : [now, accountId, kind],
      );
    });
  }
}
