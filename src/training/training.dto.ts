import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsCode, IsId, IsLegalDate, IsPlainText, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { TRAINING_CLASS_STATES, type TrainingClassState } from '../rules/training-class.lifecycle.js';

export const TRAINING_TYPES = ['PRE_POST', 'ROTATION', 'RENEWAL', 'THEMATIC', 'OFF_POST_REMEDIAL'] as const;
export type TrainingType = (typeof TRAINING_TYPES)[number];
export const TRAINING_SUBJECTS = ['COMMON_LAW', 'SPECIAL_LAW'] as const;
export type TrainingSubject = (typeof TRAINING_SUBJECTS)[number];

const IsHours =
  (least: number): PropertyDecorator =>
  (target, name) => {
    IsNumber({ allowNaN: false, allowInfinity: false, maxDecimalPlaces: 1 })(target, name);
    Min(least)(target, name);
    Max(999)(target, name);
  };
const IsYear = (): PropertyDecorator => (target, name) => {
  IsInt()(target, name);
  Min(1990)(target, name);
  Max(2200)(target, name);
};

export class CreateTrainingPlanDto {
  /** @example 2026 */
  @IsYear()
  year: number;

  @IsIn(TRAINING_TYPES)
  type: TrainingType;

  @IsPlainText(200)
  title: string;

  @IsIn(TRAINING_SUBJECTS)
  subject: TrainingSubject;

  /** Code of the dictionary `domains`; needed for SPECIAL_LAW, not allowed for COMMON_LAW. */
  @MayBeAbsent()
  @IsCode()
  domain?: string;

  /** 培训对象. */
  @MayBeAbsent()
  @IsPlainText(500)
  audience?: string;

  /** 学时, of 45 minutes each. */
  @IsHours(0.1)
  hours: number;
}

export class CreateTrainingClassDto {
  @IsPlainText(200)
  title: string;

  @IsLegalDate()
  startsOn: string;

  /** Last day; it may lie in the past when a class is entered afterwards. */
  @IsLegalDate()
  endsOn: string;

  @IsPlainText(200)
  place: string;

  /** Left out: as many as come. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(100_000)
  capacity?: number;

  @IsHours(0.1)
  hours: number;
}

export class EnrolOfficersDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsId({ each: true })
  officerIds: string[];
}

export class AttendanceRecordDto {
  @IsId()
  officerId: string;

  /** More than the class has is recorded as given and counts as the hours of the class. */
  @IsHours(0)
  hours: number;
}

export class RecordAttendanceDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @ArrayUnique((record: AttendanceRecordDto | null) => record?.officerId)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AttendanceRecordDto)
  records: AttendanceRecordDto[];
}

export class TrainingPlansQuery extends PageQuery {
  @MayBeAbsent()
  @Type(() => Number)
  @IsYear()
  year?: number;

  @MayBeAbsent()
  @IsIn(TRAINING_TYPES)
  type?: TrainingType;
}

export class TrainingClassesQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  planId?: string;

  @MayBeAbsent()
  @IsIn(TRAINING_CLASS_STATES)
  status?: TrainingClassState;
}

export class PlanClassesQuery extends PageQuery {}
export class EnrolmentsQuery extends PageQuery {}

export class OfficerHoursQuery extends PageQuery {
  /** Left out: the current year. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsYear()
  year?: number;

  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  /** 'true': who has the hours of the year together; 'false': who has not. */
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  reached?: 'true' | 'false';
}

export class TrainingHoursQuery {
  /** Left out: the current year. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsYear()
  year?: number;
}
