import { ApiProperty } from '@nestjs/swagger';
import {
  CARD_CASE_CAUSES,
  CARD_CASE_STATES,
  REQUIRED_ACTS,
  type CardCaseCause,
  type CardCaseState,
  type RequiredAct,
} from '../../rules/card-case.lifecycle.js';
import type { CustodyState } from '../../rules/card-custody.lifecycle.js';
import type { ClockColour } from '../../rules/working-days.js';

export class CardCaseView {
  id: string;
  officerId: string;
  officerName: string;
  certificateId: string;
  certificateNo: string;
  @ApiProperty({ enum: CARD_CASE_CAUSES })
  cause: CardCaseCause;
  @ApiProperty({ enum: CARD_CASE_STATES })
  state: CardCaseState;
  /** CANCEL or REVOKE the certificate and take the card back; DECIDE: suspend, revoke or keep; RETURN: take the card back. */
  @ApiProperty({ enum: REQUIRED_ACTS })
  requiredAct: RequiredAct;
  /** The sanction or other record that opened it. */
  sourceId: string | null;
  /** The last day. */
  dueOn: string;
  openedAt: string;
  escalatedAt: string | null;
  closedAt: string | null;
  /** DONE, KEPT or WITHDRAWN. */
  outcome: string | null;
  closingNote: string | null;
  overdue: boolean;
  @ApiProperty({ enum: ['GREEN', 'AMBER', 'RED'], nullable: true })
  clock: ClockColour | null;
  workingDaysUsed: number | null;
  workingDaysAllowed: number | null;
  /** How the certificate stands now. */
  certificateState: string;
  /** Where the card is. */
  custody: CustodyState;
  /** What is left to do: CANCEL, REVOKE, DECIDE, TAKE_BACK. */
  toDo: string[];
  /** keep: what the asker may do with the case itself; the certificate and the card have verbs of their own. */
  allowedVerbs: string[];
}

export class CardCasePage {
  @ApiProperty({ type: [CardCaseView] })
  items: readonly CardCaseView[];
  nextCursor: string | null;
}
