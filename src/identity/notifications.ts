import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { pageOf, type Page } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import type { NotificationsQuery } from './notifications.dto.js';
import { notificationView, type NotificationRow, type NotificationView } from './notifications.view.js';

/** A line in somebody's in-app inbox; no personal data in the summary. */
export interface Notice {
  readonly accountId: string;
  readonly kind: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly summary: string;
}

const COLUMNS = 'id, kind, target_type, target_id, summary, created_at, read_at';

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
        id: newId(),
        account_id: notice.accountId,
        kind: notice.kind,
        target_type: notice.targetType,
        target_id: notice.targetId,
        summary: notice.summary,
        created_at: new Date(now),
      })),
    );
  }

  /** The inbox of one account. */
  async list(accountId: string, query: NotificationsQuery): Promise<Page<NotificationView>> {
    const unread = query.unread === 'true' ? 'AND read_at IS NULL' : '';
    const rows = await this.db.rows<NotificationRow>(
      `SELECT ${COLUMNS} FROM notifications WHERE account_id = ? AND id > ? ${unread} ORDER BY id LIMIT ?`,
      [accountId, query.after(), query.limit + 1],
    );
    return pageOf(rows, query.limit, notificationView);
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
}
