import { ApiProperty } from '@nestjs/swagger';
import { noticeText } from '../rules/texts/notice.texts.js';
import type { Reason } from '../rules/verdict.js';

export class NotificationView {
  id: string;
  kind: string;
  /** What it is about; together with targetId the record to be opened. */
  targetType: string;
  targetId: string;
  /** Place of that record in this API, null where there is none. */
  link: string | null;
  summary: string;
  textZh: string;
  textEn: string;
  createdAt: string;
  readAt: string | null;
}

export class NotificationPageView {
  @ApiProperty({ type: [NotificationView] })
  items: readonly NotificationView[];
  nextCursor: string | null;
}

export class UnreadKindView {
  kind: string;
  unread: number;
}

export class NotificationSummaryView {
  /** Not read yet. */
  unread: number;
  @ApiProperty({ type: [UnreadKindView] })
  byKind: readonly UnreadKindView[];
}

export class ReadAllView {
  /** How many were marked. */
  marked: number;
}

export interface NotificationRow {
  readonly id: string;
  readonly kind: string;
  readonly target_type: string;
  readonly target_id: string;
  readonly summary: string;
  readonly facts_json: string | null;
  readonly created_at: Date;
  readonly read_at: Date | null;
}

/** Collections of the API by what a notice is about. */
const PLACES: Readonly<Record<string, string>> = {
  certificate: '/certificates',
  application: '/certificate-applications',
  'card-case': '/card-cases',
  deployment: '/duty/deployments',
  import: '/imports',
  publication: '/publications',
  officer: '/officers',
  webhook: '/webhooks',
  'mismatch-report': '/mismatch-reports',
};

export function notificationView(row: NotificationRow): NotificationView {
  const facts = row.facts_json === null ? {} : (JSON.parse(row.facts_json) as Reason['facts']);
  const text = noticeText(row.kind, facts);
  const place = PLACES[row.target_type];
  return {
    id: row.id,
    kind: row.kind,
    targetType: row.target_type,
    targetId: row.target_id,
    link: place === undefined ? null : `${place}/${row.target_id}`,
    summary: row.summary,
    textZh: text?.zh ?? row.summary,
    textEn: text?.en ?? row.kind,
    createdAt: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}
