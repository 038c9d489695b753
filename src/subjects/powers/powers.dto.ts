import { Type } from 'class-transformer';
import { IsDefined, Matches, ValidateNested } from 'class-validator';
import {
  IsDivisionCode,
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

  @IsDefined()
  @ValidateNested()
  @Type(() => LegalBasisDto)
  legalBasis: LegalBasisDto;

  @IsLegalDate()
  validFrom: string;

  /** Last day, inclusive. */
  @MayBeAbsent()
  @IsLegalDate()
  validTo?: string;
}

export class EndPowerDto {
  /** Last day, inclusive; earlier than the last day known until now. */
  @IsLegalDate()
  validTo: string;

  @IsPlainText(500)
  reason: string;
}

export class PowersQuery extends PageQuery {
  @MayBeAbsent()
  @Matches(MATTER_CODE, MATTER_CODE_RULE)
  matterCode?: string;
}
