import { ApiProperty } from '@nestjs/swagger';

export class NotificationView {
  id: string;
  kind: string;
  targetType: string;
  targetId: string;
  summary: string;
  createdAt: string;
  readAt: string | null;
}

export class NotificationPageView {
  @ApiProperty({ type: [NotificationView] })
  items: readonly NotificationView[];
  nextCursor: string | null;
}

export interface NotificationRow {
  readonly id: string;
  readonly kind: string;
  readonly target_type: string;
  readonly target_id: string;
  readonly summary: string;
  readonly created_at: Date;
  readonly read_at: Date | null;
}

export const notificationView = (row: NotificationRow): NotificationView => ({
  id: row.id,
  kind: row.kind,
  targetType: row.target_type,
  targetId: row.target_id,
  summary: row.summary,
  createdAt: row.created_at.toISOString(),
  readAt: row.read_at?.toISOString() ?? null,
});
