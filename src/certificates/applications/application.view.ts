import { ApiProperty } from '@nestjs/swagger';
import { ReasonView } from '../../infrastructure/http/reason.view.js';
import type { ClockColour } from '../../rules/working-days.js';
import { ClockView } from '../clock.view.js';

export class SubmittedItemView {
  officerId: string;
  /** SUBMITTED or REFUSED. */
  status: string;
  applicationId?: string;
  /** Empty when it was submitted. */
  reasons: ReasonView[];
}

export class SubmittedView {
  items: SubmittedItemView[];
}

export class DecidedItemView {
  applicationId: string;
  /** The new state of the application, or REFUSED. */
  status: string;
  reasons: ReasonView[];
}

export class DecidedView {
  items: DecidedItemView[];
}

export class ApplicationView {
  id: string;
  /** 受理号; never the number of a certificate. */
  applicationNo: string;
  type: string;
  certificateType: string;
  officerId: string;
  officerName: string;
  subjectId: string;
  subjectName: string;
  domains: string[];
  state: string;
  /** DISTRICT_REVIEW or DISTRICT_APPROVAL where it waits for one. */
  step: string | null;
  previousCertificateId: string | null;
  submittedAt: string;
  /** The level whose clock runs: DISTRICT_CHECK, UPLOAD, PROVINCE or COLLECTION; null when none does. */
  level: string | null;
  /** The last day of that level. */
  dueOn: string | null;
  @ApiProperty({ enum: ['GREEN', 'AMBER', 'RED'], nullable: true })
  clock: ClockColour | null;
  workingDaysUsed: number | null;
  workingDaysAllowed: number | null;
  /** resubmit, withdraw, decide: what the asker may do now. */
  allowedVerbs: string[];
  version: number;
}

export class ApplicationStepView {
  step: string;
  decision: string;
  opinion: string;
  actorName: string;
  decidedAt: string;
}

export class ApplicationDetailView extends ApplicationView {
  steps: ApplicationStepView[];
  /** Every level that has begun, with its clock. */
  levels: ClockView[];
  /** What the submission rested on. */
  facts: Record<string, unknown>;
  /** The settings of that day that it was decided by. */
  settings: Record<string, unknown>;
}

export class ApplicationPage {
  @ApiProperty({ type: [ApplicationView] })
  items: readonly ApplicationView[];
  nextCursor: string | null;
}

export class QueuedApplicationView extends ApplicationView {
  /** What stands against it today; empty: it can be approved with the others. */
  reasons: ReasonView[];
}

export class QueueCauseView {
  code: string;
  count: number;
  /** What to do, as of the first application with this cause. */
  zh: string;
  en: string;
}

export class QueueCountsView {
  total: number;
  /** Nothing stands against them. */
  clean: number;
  exceptions: number;
  green: number;
  amber: number;
  red: number;
}

export class ApplicationQueueView {
  /** DISTRICT_REVIEW or DISTRICT_APPROVAL. */
  step: string;
  counts: QueueCountsView;
  @ApiProperty({ type: [QueueCauseView] })
  causes: readonly QueueCauseView[];
  /** Exceptions first, then by clock (red, amber, green), then the oldest. */
  @ApiProperty({ type: [QueuedApplicationView] })
  items: readonly QueuedApplicationView[];
  /** True: more wait than are judged at once; the oldest are shown. */
  truncated: boolean;
}
