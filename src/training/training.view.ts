import { ApiProperty } from '@nestjs/swagger';
import { ReasonView } from '../infrastructure/http/reason.view.js';
import { TRAINING_CLASS_STATES, type TrainingClassState } from '../rules/training-class.lifecycle.js';
import { TRAINING_SUBJECTS, TRAINING_TYPES, type TrainingSubject, type TrainingType } from './training.dto.js';

export class TrainingPlanView {
  id: string;
  year: number;
  @ApiProperty({ enum: TRAINING_TYPES })
  type: TrainingType;
  title: string;
  @ApiProperty({ enum: TRAINING_SUBJECTS })
  subject: TrainingSubject;
  domain: string | null;
  audience: string | null;
  hours: number;
  /** The unit that runs it. */
  ownerSubjectId: string;
  version: number;
  createdAt: string;
}

export class TrainingPlanPage {
  items: TrainingPlanView[];
  nextCursor: string | null;
}

export class TrainingClassView {
  id: string;
  planId: string;
  title: string;
  startsOn: string;
  endsOn: string;
  place: string;
  capacity: number | null;
  hours: number;
  @ApiProperty({ enum: TRAINING_CLASS_STATES })
  status: TrainingClassState;
  enrolled: number;
  ownerSubjectId: string;
  closedAt: string | null;
  version: number;
  createdAt: string;
}

export class TrainingClassPage {
  items: TrainingClassView[];
  nextCursor: string | null;
}

export class EnrolmentView {
  officerId: string;
  name: string;
  /** Masked. @example 410***********0012 */
  idNumber: string;
  subjectId: string;
  subjectName: string;
  /** Null: nothing recorded yet. */
  hoursAttended: number | null;
  /** Null until the class is closed. */
  hoursConfirmed: number | null;
  enrolledAt: string;
  confirmedAt: string | null;
}

export class EnrolmentPage {
  items: EnrolmentView[];
  nextCursor: string | null;
}

export class EnrolmentOutcomeView {
  officerId: string;
  @ApiProperty({ enum: ['ENROLLED', 'REFUSED'] })
  status: 'ENROLLED' | 'REFUSED';
  reasons: ReasonView[];
}

export class EnrolmentOutcomesView {
  items: EnrolmentOutcomeView[];
}

export class AttendanceOutcomeView {
  officerId: string;
  @ApiProperty({ enum: ['RECORDED', 'REFUSED'] })
  status: 'RECORDED' | 'REFUSED';
  reasons: ReasonView[];
}

export class AttendanceOutcomesView {
  items: AttendanceOutcomeView[];
}

export class CreditedClassView {
  classId: string;
  planId: string;
  title: string;
  @ApiProperty({ enum: TRAINING_TYPES })
  type: TrainingType;
  @ApiProperty({ enum: TRAINING_SUBJECTS })
  subject: TrainingSubject;
  domain: string | null;
  startsOn: string;
  endsOn: string;
  /** Hours of the class. */
  planned: number;
  /** Confirmed for this person when the class was closed. */
  confirmed: number;
  /** What counts: no more than the cap of a day, overlapping classes once. */
  credited: number;
}

export class TrainingHoursView {
  officerId: string;
  year: number;
  /** What counts: credited hours of the classes that ended in the year. */
  hours: number;
  /** Confirmed hours of these classes, before the cap of a day (BR-31). */
  confirmedHours: number;
  /** `hours.annual`. */
  target: number;
  remaining: number;
  commonLawHours: number;
  specialLawHours: number;
  prePostHours: number;
  classes: CreditedClassView[];
}

/** One officer in service in one year. */
export class OfficerHoursView {
  officerId: string;
  name: string;
  subjectId: string;
  subjectName: string;
  year: number;
  /** What counts: credited hours of the classes that ended in the year. */
  hours: number;
  /** `hours.annual`. */
  target: number;
  remaining: number;
}

export class OfficerHoursPage {
  @ApiProperty({ type: [OfficerHoursView] })
  items: readonly OfficerHoursView[];
  nextCursor: string | null;
}

export class UnitHoursView {
  subjectId: string;
  name: string;
  /** Officers in service. */
  officers: number;
  /** Those of them who have the hours of the year together. */
  reached: number;
}

export class HoursByUnitView {
  year: number;
  /** `hours.annual`. */
  target: number;
  /** The bodies with the most officers below the target first, no more than a picture can show. */
  @ApiProperty({ type: [UnitHoursView] })
  items: readonly UnitHoursView[];
}
