import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean } from 'class-validator';
import { IsId, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';

/** At least one of `subjectIds` and `officerIds`. */
export class CreateRosterDto {
  /** @example 夜市检查第二组 */
  @IsPlainText(100)
  title: string;

  /** Everybody of these units and of those below them. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsId({ each: true })
  subjectIds?: string[];

  /** The members of a team. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2000)
  @IsId({ each: true })
  officerIds?: string[];

  /** Small portraits, for teams of at most 500. */
  @MayBeAbsent()
  @IsBoolean()
  withPhotos?: boolean;
}

export class RosterListQuery extends PageQuery {}
