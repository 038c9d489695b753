import { ApiProperty } from '@nestjs/swagger';
import { STAFF_CATEGORIES, type StaffCategory } from '../rules/duty-facts.js';
import { LEAVE_CAUSES, OFF_POST_CAUSES, type LeaveCause, type OffPostCause } from './officer-verbs.dto.js';

export const OFFICER_STATES = ['ON_DUTY', 'OFF_POST', 'LEFT'] as const;
export type OfficerState = (typeof OFFICER_STATES)[number];

export class UnitView {
  id: string;
  name: string;
}

/** One line of a list. */
export class OfficerSummaryView {
  id: string;
  name: string;
  /** Masked. @example 410***********0012 */
  idNumber: string;
  @ApiProperty({ enum: ['MALE', 'FEMALE'] })
  gender: 'MALE' | 'FEMALE';
  @ApiProperty({ enum: STAFF_CATEGORIES })
  staffCategory: StaffCategory;
  onEstablishment: boolean;
  subjectId: string;
  subject: UnitView;
  postTitle: string;
  domains: string[];
  /** At this moment. */
  @ApiProperty({ enum: OFFICER_STATES })
  state: OfficerState;
}

export class AssignmentView {
  id: string;
  subjectId: string;
  subject: UnitView;
  postTitle: string;
  @ApiProperty({ enum: STAFF_CATEGORIES })
  staffCategory: StaffCategory;
  onEstablishment: boolean;
  effectiveFrom: string;
  /** The assignment ends before this instant; null: it runs. */
  effectiveTo: string | null;
  /** When the system learned it. */
  recordedAt: string;
}

export class OffPostOrderView {
  id: string;
  @ApiProperty({ enum: OFF_POST_CAUSES })
  cause: OffPostCause;
  document: string | null;
  returnDocument: string | null;
  effectiveFrom: string;
  effectiveTo: string | null;
  recordedAt: string;
}

export class DepartureView {
  @ApiProperty({ enum: LEAVE_CAUSES })
  cause: LeaveCause;
  effectiveFrom: string;
  recordedAt: string;
}

export class OfficerView extends OfficerSummaryView {
  /** GET /officers/{id}/photo gives it. */
  hasPhoto: boolean;
  education: string | null;
  /** Masked. @example 138****5678 */
  phone: string | null;
  legalQualificationNo: string | null;
  assignments: AssignmentView[];
  offPostOrders: OffPostOrderView[];
  departure: DepartureView | null;
  version: number;
  createdAt: string;
}

export class OfficerPageView {
  items: OfficerSummaryView[];
  nextCursor: string | null;
}

export class RevealedIdNumberView {
  idNumber: string;
}
