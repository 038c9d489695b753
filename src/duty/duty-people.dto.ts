import {
  IsDivisionCode,
  IsId,
  IsInstant,
  IsNoIdNumber,
  IsPlainText,
  MayBeAbsent,
  PageQuery,
} from '../infrastructure/validation/rules.js';

/** Names and certificate numbers as somebody typed or pasted them. */
export class FindMembersDto {
  /** Parted by lines, commas, semicolons, 、 or tabs; at most 1,000. An ID number is refused. */
  @IsPlainText(40_000, { lines: true })
  @IsNoIdNumber()
  text: string;

  /** The acting body: its own people come first. */
  @MayBeAbsent()
  @IsId()
  subjectId?: string;
}

/** Who else could do this act for this body in this span? */
export class SubstitutesQuery {
  @IsId()
  subjectId: string;

  @IsPlainText(60)
  matterCode: string;

  @MayBeAbsent()
  @IsDivisionCode()
  divisionCode?: string;

  @IsInstant()
  from: string;

  @IsInstant()
  to: string;
}

export class StrengthQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  subjectId?: string;
}
