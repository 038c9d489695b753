import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, ValidateNested } from 'class-validator';
import {
  IsDivisionCode,
  IsId,
  IsInstantOrDate,
  IsLegalDate,
  IsPlainText,
  MayBeAbsent,
  PageQuery,
} from '../../infrastructure/validation/rules.js';
import { SUBJECT_KINDS, type SubjectKind } from '../../rules/duty-facts.js';
import { SUBJECT_STATES, type SubjectState } from '../../rules/subject.lifecycle.js';
import { LegalBasisDto } from '../legal-basis.dto.js';

export class RegisterSubjectDto {
  /** @example 中原区城市管理局 */
  @IsPlainText(200)
  name: string;

  /**
   * 统一社会信用代码; both check characters must fit.
   * @example 11410102MB1A0001XW
   */
  @IsPlainText(40)
  uscc: string;

  @IsIn(SUBJECT_KINDS)
  kind: SubjectKind;

  /** @example 410102 */
  @IsDivisionCode()
  divisionCode: string;

  /** The body above; left out it is your own home body. */
  @MayBeAbsent()
  @IsId()
  parentId?: string;

  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LegalBasisDto)
  legalBases: LegalBasisDto[];
}

export class SubjectsQuery extends PageQuery {
  /** Part of the name, or the credit code. */
  @MayBeAbsent()
  @IsPlainText(100)
  q?: string;

  @MayBeAbsent()
  @IsIn(SUBJECT_KINDS)
  kind?: SubjectKind;

  /** The state at this moment. */
  @MayBeAbsent()
  @IsIn(SUBJECT_STATES)
  state?: SubjectState;

  /** Only those directly below this body. */
  @MayBeAbsent()
  @IsId()
  parentId?: string;
}

export class ConfirmSubjectDto {
  /** @example 中政文〔2026〕1号 */
  @IsPlainText(200)
  approvalDocument: string;

  @IsPlainText(300)
  announcementReference: string;

  @IsLegalDate()
  announcedOn: string;

  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class SuspendSubjectDto {
  @IsPlainText(500)
  reason: string;

  @IsPlainText(200)
  document: string;

  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class RestoreSubjectDto {
  @IsPlainText(200)
  document: string;

  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class AbolishSubjectDto extends SuspendSubjectDto {}
