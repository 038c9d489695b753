import { Type } from 'class-transformer';
import { IsObject, Matches, ValidateNested } from 'class-validator';
import {
  IsDivisionCode,
  IsLastDay,
  IsLegalDate,
  IsPlainText,
  MayBeAbsent,
  PageQuery,
} from '../../infrastructure/validation/rules.js';
import { LegalBasisDto } from '../legal-basis.dto.js';
import { MATTER_CODE, MATTER_CODE_RULE } from '../matters/matters.dto.js';

export class GrantPowerDto {
  @Matches(MATTER_CODE, MATTER_CODE_RULE)
  matterCode: string;

  /** Where it may be exercised; trailing pairs of zeros cover everything below. */
  @IsDivisionCode()
  jurisdictionCode: string;

  @IsObject()
  @ValidateNested()
  @Type(() => LegalBasisDto)
  legalBasis: LegalBasisDto;

  @IsLegalDate()
  validFrom: string;

  /** Last day, inclusive. */
  @MayBeAbsent()
  @IsLastDay()
  validTo?: string;
}

export class EndPowerDto {
  /** Last day, inclusive; earlier than the last day known until now. */
  @IsLastDay()
  validTo: string;

  @IsPlainText(500)
  reason: string;
}

export class PowersQuery extends PageQuery {
  @MayBeAbsent()
  @Matches(MATTER_CODE, MATTER_CODE_RULE)
  matterCode?: string;
}
