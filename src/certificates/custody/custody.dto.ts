import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { IsId, IsLegalDate, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';
import {
  CUSTODY_STATES,
  DESTRUCTION_STATES,
  type CustodyState,
  type DestructionState,
} from '../../rules/card-custody.lifecycle.js';

export class MoveCardDto {
  /** From whom the card was taken, or to whom it was given; left out: the holder. */
  @MayBeAbsent()
  @IsPlainText(100)
  counterpart?: string;

  /** The day; left out: today. */
  @MayBeAbsent()
  @IsLegalDate()
  happenedOn?: string;

  @MayBeAbsent()
  @IsPlainText(500, { lines: true })
  note?: string;
}

export class CustodyListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(CUSTODY_STATES)
  state?: CustodyState;

  @MayBeAbsent()
  @IsId()
  officerId?: string;

  @MayBeAbsent()
  @IsId()
  subjectId?: string;
}

export class ListForDestructionDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsId({ each: true })
  certificateIds: string[];

  /** How and where they are to be destroyed. */
  @IsPlainText(500, { lines: true })
  note: string;
}

export class SignDestructionDto {
  @MayBeAbsent()
  @IsPlainText(500, { lines: true })
  note?: string;
}

export class WithdrawDestructionDto {
  @IsPlainText(500, { lines: true })
  reason: string;
}

export class DestructionListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(DESTRUCTION_STATES)
  state?: DestructionState;
}
