import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsObject, ValidateNested } from 'class-validator';
import {
  IsDivisionCode,
  IsId,
  IsInstant,
  IsNoIdNumber,
  IsPlainText,
  MayBeAbsent,
} from '../infrastructure/validation/rules.js';

/** Names one officer: by officerId or by certificateNo, exactly one of the two. */
export class DutyMemberDto {
  @MayBeAbsent()
  @IsId()
  @IsNoIdNumber()
  officerId?: string;

  @MayBeAbsent()
  @IsPlainText(40)
  @IsNoIdNumber()
  certificateNo?: string;
}

/** May these people do this act, for this body, in this area, for this span of time? */
export class DutyQuestionDto {
  /** The acting body: the organ itself, or the entrusted body that sends the people. */
  @IsId()
  subjectId: string;

  @IsPlainText(60)
  matterCode: string;

  /** Where the act happens; without it area conditions are not evaluated. */
  @MayBeAbsent()
  @IsDivisionCode()
  divisionCode?: string;

  /** Begin of the span [from, to); given together with `to`. */
  @MayBeAbsent()
  @IsInstant()
  from?: string;

  @MayBeAbsent()
  @IsInstant()
  to?: string;

  /** A single moment instead of a span. */
  @MayBeAbsent()
  @IsInstant()
  at?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => DutyMemberDto)
  members: DutyMemberDto[];
}

export class DutyCheckDto extends DutyQuestionDto {
  /** Decide by what was known at that moment; not in the future. */
  @MayBeAbsent()
  @IsInstant()
  knownAt?: string;

  /** Keep the check as evidence (the default). */
  @MayBeAbsent()
  @IsBoolean()
  record?: boolean = true;
}

/** A deployment is always decided by today's knowledge, so it takes no knownAt. */
export class CreateDeploymentDto extends DutyQuestionDto {
  @IsPlainText(200)
  title: string;
}
