import { IsIn, Matches } from 'class-validator';
import { IsId, IsInstantOrDate, IsPlainText, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';

const WORD = { message: '$property must be a word as it stands in the entries', context: { code: 'WORD_FORM' } };

export class AuditEntriesQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  actorId?: string;

  /** @example certificate.revoke */
  @MayBeAbsent()
  @Matches(/^[a-z][A-Za-z0-9.-]{0,79}$/, WORD)
  verb?: string;

  /** @example subject */
  @MayBeAbsent()
  @Matches(/^[a-z][A-Za-z0-9-]{0,59}$/, WORD)
  targetType?: string;

  @MayBeAbsent()
  @IsPlainText(80)
  targetId?: string;

  /** Recorded at this instant or later; a date means its beginning. */
  @MayBeAbsent()
  @IsInstantOrDate()
  from?: string;

  /** Recorded before this instant; a date means its end. */
  @MayBeAbsent()
  @IsInstantOrDate()
  to?: string;

  /** By number; 'desc' begins with the newest. */
  @MayBeAbsent()
  @IsIn(['asc', 'desc'])
  order: 'asc' | 'desc' = 'asc';
}

export class CheckpointsQuery extends PageQuery {}
