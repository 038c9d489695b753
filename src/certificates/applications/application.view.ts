import { ApiProperty } from '@nestjs/swagger';
import { ReasonView } from '../../infrastructure/http/reason.view.js';

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
