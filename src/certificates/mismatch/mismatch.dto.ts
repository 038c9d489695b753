import { IsIn } from 'class-validator';
import { IsNoIdNumber, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';

export const MISMATCH_KINDS = ['NOT_THE_PERSON', 'DATA_DIFFER', 'CARD_LOOKS_FORGED', 'NOT_FOUND', 'OTHER'] as const;
export type MismatchKind = (typeof MISMATCH_KINDS)[number];
export const MISMATCH_OUTCOMES = ['CONFIRMED', 'UNFOUNDED', 'DATA_CORRECTED'] as const;
export type MismatchOutcome = (typeof MISMATCH_OUTCOMES)[number];

export class MismatchListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(['OPEN', 'SETTLED'])
  status?: 'OPEN' | 'SETTLED';
}

export class SettleMismatchDto {
  @IsIn(MISMATCH_OUTCOMES)
  outcome: MismatchOutcome;

  /** What was found and done. */
  @IsPlainText(500, { lines: true })
  @IsNoIdNumber()
  note: string;
}
