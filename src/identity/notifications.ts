import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { newId } from '../kernel/ids.js';

/** A line in somebody's in-app inbox; no personal data in the summary. */
export interface Notice {
  readonly accountId: string;
  readonly kind: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly summary: string;
}

@Injectable()
export class Notifications {
  constructor(private readonly db: Db) {}

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
}
