import { ApiProperty } from '@nestjs/swagger';
import type { PassRow } from '../exams/index.js';
import { lastDayOfYears } from '../rules/calendar.js';

export class BodyView {
  id: string;
  name: string;
}

export class PassView {
  exam: BodyView;
  subject: string;
  /** Null for COMMON_LAW. */
  domain: string | null;
  score: number;
  passedOn: string;
  /** The last day on which it may be used for a first certificate (BR-53). */
  validTo: string;
  valid: boolean;
}

export class PassPage {
  /** Exempt from common law as the holder of a legal qualification (BR-54). */
  exemptFromCommonLaw: boolean;
  @ApiProperty({ type: [PassView] })
  items: readonly PassView[];
  nextCursor: string | null;
}

export class BarView {
  id: string;
  /** EXAM_CHEATING, DISQUALIFIED, SANCTION or UNDER_INVESTIGATION. */
  ground: string;
  source: BarSourceView;
  /** Legal dates, inclusive on both ends. */
  barredFrom: string;
  barredTo: string | null;
  running: boolean;
  recordedAt: string;
}

export class BarSourceView {
  type: string;
  id: string;
}

export class BarPage {
  @ApiProperty({ type: [BarView] })
  items: readonly BarView[];
  nextCursor: string | null;
}

export interface BarListRow {
  readonly id: string;
  readonly ground: string;
  readonly source_type: string;
  readonly source_id: string;
  readonly barred_from: string;
  readonly barred_to: string | null;
  readonly recorded_at: Date;
}

export function passView(pass: PassRow, today: string, validYears: number): PassView {
  const validTo = lastDayOfYears(pass.passedOn, validYears);
  return {
    exam: { id: pass.examId, name: pass.examTitle },
    subject: pass.subject,
    domain: pass.domain,
    score: pass.score,
    passedOn: pass.passedOn,
    validTo,
    valid: pass.passedOn <= today && today <= validTo,
  };
}

export const barView = (row: BarListRow, today: string): BarView => ({
  id: row.id,
  ground: row.ground,
  source: { type: row.source_type, id: row.source_id },
  barredFrom: row.barred_from,
  barredTo: row.barred_to,
  running: row.barred_from <= today && (row.barred_to === null || today <= row.barred_to),
  recordedAt: row.recorded_at.toISOString(),
});
