import { ApiProperty } from '@nestjs/swagger';
import { ReasonView } from '../../infrastructure/http/reason.view.js';

export class BatchCountsView {
  total: number;
  waiting: number;
  reserved: number;
  issued: number;
  refused: number;
}

export class BatchItemView {
  applicationId: string;
  certificateId?: string;
  certificateNo?: string;
  /** WAITING, RESERVED, ISSUED or REFUSED. */
  status: string;
  /** Empty unless it was refused. */
  reasons: ReasonView[];
}

export class BatchView {
  id: string;
  /** ISSUING, WAITING_FOR_NUMBERS, COMPLETED or PARTIALLY_COMPLETED. */
  status: string;
  /** ALLOCATED or BACKFILL, as it was on the day of issue. */
  numberMode: string;
  validFrom: string;
  validTo: string;
  counts: BatchCountsView;
  /** Share of the items that are done, 0 to 100. */
  percent: number;
  secondsLeft: number | null;
  createdAt: string;
  finishedAt: string | null;
  version: number;
}

export class BatchDetailView extends BatchView {
  items: BatchItemView[];
}

export class BatchPage {
  @ApiProperty({ type: [BatchView] })
  items: readonly BatchView[];
  nextCursor: string | null;
}
