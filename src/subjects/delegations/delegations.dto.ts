import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  IsDivisionCode,
  IsId,
  IsInstantOrDate,
  IsLastDay,
  IsLegalDate,
  IsPlainText,
  MayBeAbsent,
  PageQuery,
} from '../../infrastructure/validation/rules.js';
import { DELEGATION_STANDINGS, type DelegationStanding } from '../../rules/delegation.lifecycle.js';
import { LegalBasisDto } from '../legal-basis.dto.js';
import { MATTER_CODE, MATTER_CODE_RULE } from '../matters/matters.dto.js';

export class CreateDelegationDto {
  @IsId()
  delegatorId: string;

  @IsId()
  delegateeId: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @Matches(MATTER_CODE, { ...MATTER_CODE_RULE, each: true })
  matterCodes: string[];

  @IsDivisionCode()
  jurisdictionCode: string;

  /** What exactly is delegated, in the words of the letter. */
  @IsPlainText(1000, { lines: true })
  authority: string;

  /** @example 中城委〔2026〕3号 */
  @IsPlainText(100)
  documentNo: string;

  @IsObject()
  @ValidateNested()
  @Type(() => LegalBasisDto)
  legalBasis: LegalBasisDto;

  @IsLegalDate()
  validFrom: string;

  /** Last day, inclusive. */
  @IsLastDay()
  validTo: string;

  /** Given: the delegation is SIGNED; left out: a DRAFT, which is no fact of the duty decision. */
  @MayBeAbsent()
  @IsLegalDate()
  signedOn?: string;
}

export class SignDelegationDto {
  @IsLegalDate()
  signedOn: string;
}

export class PublicationDto {
  @IsPlainText(300)
  reference: string;

  @IsLegalDate()
  publishedOn: string;
}

export class PublishDelegationDto {
  @IsObject()
  @ValidateNested()
  @Type(() => PublicationDto)
  delegatorPublication: PublicationDto;

  @IsObject()
  @ValidateNested()
  @Type(() => PublicationDto)
  delegateePublication: PublicationDto;
}

export class SuspendDelegationDto {
  @IsPlainText(500)
  reason: string;

  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class ResumeDelegationDto {
  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class RevokeDelegationDto extends SuspendDelegationDto {}

export class DelegationRecordDto {
  /** Left out: today. */
  @MayBeAbsent()
  @IsLegalDate()
  happenedOn?: string;

  @IsPlainText(2000, { lines: true })
  summary: string;

  @MayBeAbsent()
  @IsPlainText(2000, { lines: true })
  findings?: string;
}

export class DelegationsQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  delegatorId?: string;

  @MayBeAbsent()
  @IsId()
  delegateeId?: string;

  /** On either side. */
  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  /** Part of the document number. */
  @MayBeAbsent()
  @IsPlainText(100)
  q?: string;

  @MayBeAbsent()
  @Matches(MATTER_CODE, MATTER_CODE_RULE)
  matterCode?: string;

  /** Signed, not revoked, and its last day lies no more than so many days from today. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(3660)
  expiringWithinDays?: number;

  /** How it stands at this moment. */
  @MayBeAbsent()
  @IsIn(DELEGATION_STANDINGS)
  state?: DelegationStanding;
}

/** What narrows a list of delegations. */
export type DelegationFilters = Omit<DelegationsQuery, 'limit' | 'cursor' | 'after'>;
