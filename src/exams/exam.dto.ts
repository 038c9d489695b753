import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsNumber,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsCode, IsId, IsLegalDate, IsPlainText, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { EXAM_STATES, type ExamState } from '../rules/exam.lifecycle.js';
import { RESULT_OUTCOMES, type ResultOutcome } from '../rules/exam-grading.rules.js';
import { EXAM_SUBJECTS, type ExamSubject } from '../rules/exam-pass.rules.js';

export class PaperDto {
  @IsIn(EXAM_SUBJECTS)
  subject: ExamSubject;

  /** Code of the dictionary `domains`; needed for SPECIAL_LAW, not allowed for COMMON_LAW. */
  @MayBeAbsent()
  @IsCode()
  domain?: string;

  /** Left out: the setting `exam.passMark` as of `heldOn`. */
  @MayBeAbsent()
  @IsNumber({ allowNaN: false, allowInfinity: false, maxDecimalPlaces: 1 })
  @Min(0)
  @Max(100)
  passMark?: number;
}

export class CreateExamDto {
  @IsPlainText(200)
  title: string;

  @IsLegalDate()
  heldOn: string;

  /** The released exam of which this one is a resit: it takes only who failed there, and only the papers failed. BR-50. */
  @MayBeAbsent()
  @IsId()
  resitOf?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PaperDto)
  papers: PaperDto[];
}

export class ExamsQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(EXAM_STATES)
  status?: ExamState;

  /** Held on this day or later. */
  @MayBeAbsent()
  @IsLegalDate()
  heldFrom?: string;

  /** Held on this day or earlier. */
  @MayBeAbsent()
  @IsLegalDate()
  heldTo?: string;
}

export class RegisterCandidatesDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100_000)
  @IsId({ each: true })
  officerIds: string[];
}

export class RegistrationsQuery extends PageQuery {
  @MayBeAbsent()
  @IsPlainText(20)
  admissionNo?: string;

  @MayBeAbsent()
  @IsId()
  officerId?: string;
}

export class ResultsQuery extends RegistrationsQuery {
  @MayBeAbsent()
  @IsIn(RESULT_OUTCOMES)
  outcome?: ResultOutcome;

  @MayBeAbsent()
  @IsIn(['true', 'false'])
  passed?: 'true' | 'false';
}
