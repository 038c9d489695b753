import { ApiProperty } from '@nestjs/swagger';
import { MISMATCH_KINDS, MISMATCH_OUTCOMES } from './mismatch.dto.js';

export class MismatchReportView {
  id: string;
  @ApiProperty({ enum: MISMATCH_KINDS })
  kind: string;
  /** Null where what was scanned is no certificate of ours. */
  certificateId: string | null;
  certificateNo: string | null;
  subjectId: string | null;
  subjectName: string | null;
  /** What the page said at that moment. */
  verdict: string;
  description: string | null;
  place: string | null;
  reportedAt: string;
  @ApiProperty({ enum: ['OPEN', 'SETTLED'] })
  status: string;
  @ApiProperty({ enum: MISMATCH_OUTCOMES, nullable: true, type: String })
  outcome: string | null;
  note: string | null;
  settledAt: string | null;
  version: number;
}

export class MismatchReportPage {
  @ApiProperty({ type: [MismatchReportView] })
  items: readonly MismatchReportView[];
  nextCursor: string | null;
}
