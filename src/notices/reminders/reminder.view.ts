import { ApiProperty } from '@nestjs/swagger';
import { REMINDER_SOURCES } from '../../kernel/clock-source.js';

export class ReminderView {
  id: string;
  @ApiProperty({ enum: REMINDER_SOURCES })
  source: string;
  /** What it is about; together with targetId the record to be opened. */
  targetType: string;
  targetId: string;
  subjectId: string;
  subjectName: string;
  officerId: string | null;
  officerName: string | null;
  /** 180, 90, 30 or 7 (setting cert.remindDays), AMBER or RED. */
  stage: string;
  /** 1 the unit, 2 the district clerk too, 3 the head and the supervisors too. */
  level: number;
  deadline: string;
  daysLeft: number;
  /** How many were told. */
  recipients: number;
  raisedAt: string;
  closedAt: string | null;
}

export class ReminderPage {
  @ApiProperty({ type: [ReminderView] })
  items: readonly ReminderView[];
  nextCursor: string | null;
}

export class ReminderCountView {
  source: string;
  stage: string;
  open: number;
}

export class ReminderSummaryView {
  items: ReminderCountView[];
}
