import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import {
  IsCode,
  IsId,
  IsLegalDate,
  IsPlainText,
  MayBeAbsent,
  PageQuery,
} from '../../infrastructure/validation/rules.js';
import {
  REVIEW_DECISIONS,
  REVIEW_STATES,
  REVIEW_STEPS,
  type ReviewDecision,
  type ReviewState,
  type ReviewStep,
} from '../../rules/review.lifecycle.js';
import { REVIEW_SORTINGS, type ReviewSorting } from '../../rules/review.rules.js';

export class OpenReviewDto {
  /** The body whose certificates, and those of all bodies below it, are reviewed; left out: the own one. */
  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  /** The year that is reviewed, usually the one before this; to be named, so that nothing is opened by an empty request. */
  @ApiProperty({ type: 'integer', minimum: 2000, maximum: 2998 })
  @IsInt()
  @Min(2000)
  @Max(2998)
  reviewedYear: number;

  /** Left out: as the setting review.period says. */
  @MayBeAbsent()
  @IsLegalDate()
  periodFrom?: string;

  /** The last day; who is not passed by its end is overdue. Left out: as the setting review.period says. */
  @MayBeAbsent()
  @IsLegalDate()
  periodTo?: string;
}

export class ExplainReviewsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsId({ each: true })
  fileIds: string[];

  /** What the unit has to say about what was found. */
  @IsPlainText(500, { lines: true })
  explanation: string;
}

export class ReopenReviewsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsId({ each: true })
  fileIds: string[];

  /** What was mended. */
  @IsPlainText(500, { lines: true })
  note: string;
}

export class DecideReviewsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsId({ each: true })
  fileIds: string[];

  @IsIn(REVIEW_DECISIONS)
  decision: ReviewDecision;

  /** Why. To fail a card or to send its file back it has to say something. */
  @MayBeAbsent()
  @IsPlainText(500, { lines: true, min: 0 })
  opinion?: string;
}

export class ReviewCampaignQuery extends PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 2000, maximum: 2998 })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2998)
  reviewedYear?: number;
}

export class ReviewFileQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  campaignId?: string;

  @MayBeAbsent()
  @IsIn(REVIEW_SORTINGS)
  sorting?: ReviewSorting;

  @MayBeAbsent()
  @IsIn(REVIEW_STATES)
  state?: ReviewState;

  /** Only those that wait at this step. */
  @MayBeAbsent()
  @IsIn(REVIEW_STEPS)
  step?: ReviewStep;

  /** Only those with this finding. */
  @MayBeAbsent()
  @IsCode()
  cause?: string;

  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  @MayBeAbsent()
  @IsId()
  officerId?: string;
}
