import { IsIn } from 'class-validator';
import { IsId, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';
import {
  CARD_CASE_CAUSES,
  CARD_CASE_STATES,
  type CardCaseCause,
  type CardCaseState,
} from '../../rules/card-case.lifecycle.js';

export class CardCaseListQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  officerId?: string;

  @MayBeAbsent()
  @IsId()
  certificateId?: string;

  /** OPEN: not closed, escalated ones too. */
  @MayBeAbsent()
  @IsIn(CARD_CASE_STATES)
  state?: CardCaseState;

  @MayBeAbsent()
  @IsIn(CARD_CASE_CAUSES)
  cause?: CardCaseCause;
}

export class KeepCertificateDto {
  /** Number of the decision. */
  @IsPlainText(200)
  document: string;

  @IsPlainText(250, { lines: true })
  reason: string;
}
