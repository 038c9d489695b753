import { ApiProperty } from '@nestjs/swagger';
import { ReasonView } from '../infrastructure/http/reason.view.js';
import { PUBLICATION_STATES } from '../rules/publication.lifecycle.js';
import { PUBLICATION_COLOURS } from '../rules/publication.rules.js';

export class PublicationSubjectView {
  id: string;
  name: string;
}

export class PublicationClockView {
  @ApiProperty({ enum: PUBLICATION_COLOURS })
  colour: string;
  /** The clock began with the issue or the change. */
  sinceOn: string;
  amberOn: string;
  /** Setting publish.targetDays. */
  targetOn: string;
  /** 20 working days, by law. */
  limitOn: string;
}

export class PublicationView {
  id: string;
  certificateId: string;
  certificateNo: string;
  officerId: string;
  officerName: string;
  subject: PublicationSubjectView;
  /** ISSUED, CHANGED (post or area differ from what is public) or BACK (after a suspension or an absence). */
  cause: string;
  @ApiProperty({ enum: PUBLICATION_STATES })
  state: string;
  /** Null once it is published or ended. */
  clock: PublicationClockView | null;
  /** Whether the public sees it at this moment: published, and certificate, holder and body allow it now. */
  shownNow: boolean;
  preparedAt: string | null;
  publishedAt: string | null;
  endedAt: string | null;
  /** State of the certificate, EXPIRED, SUSPENDED, NOT_ON_POST, or REPLACED by a newer record. */
  endedCause: string | null;
  /** prepare, check, withhold. */
  allowedVerbs: string[];
  version: number;
}

export class PublicationStepView {
  step: string;
  decision: string;
  privacyChecked: boolean | null;
  secrecyChecked: boolean | null;
  note: string;
  actorName: string;
  decidedAt: string;
}

/** Exactly what the public gets to see (BR-94). */
export class PublicOfficerView {
  name: string;
  unit: string;
  certificateNo: string;
  post: string;
  /** Names of the fields of enforcement. */
  domains: string[];
  area: string;
  issuer: string | null;
  validFrom: string;
  validTo: string;
  /** Always VALID: nobody else is on the list. */
  status: string;
}

export class PublicationDetailView extends PublicationView {
  /** What would be or is published; null as long as nobody prepared it. */
  content: PublicOfficerView | null;
  steps: PublicationStepView[];
}

export class PublicationPage {
  @ApiProperty({ type: [PublicationView] })
  items: readonly PublicationView[];
  nextCursor: string | null;
}

export class PublicationDoneView {
  publicationId: string;
  /** The new state of the record, or REFUSED. */
  status: string;
  /** Empty when it was done. */
  reasons: ReasonView[];
}

export class PublicationsDoneView {
  items: PublicationDoneView[];
}

export class PublicOfficerPage {
  @ApiProperty({ type: [PublicOfficerView] })
  items: readonly PublicOfficerView[];
  nextCursor: string | null;
}

export class PublicUnitView {
  id: string;
  name: string;
  area: string;
  /** Officers on the list now. */
  officers: number;
}

export class PublicUnitPage {
  @ApiProperty({ type: [PublicUnitView] })
  items: readonly PublicUnitView[];
  nextCursor: string | null;
}
