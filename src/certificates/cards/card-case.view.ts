import { ApiProperty } from '@nestjs/swagger';
export class CardCaseView {
  id: string;
  officerId: string;
  officerName: string;
  certificateId: string;
  certificateNo: string;
  /** LEFT_SERVICE or TRANSFERRED. */
  cause: string;
  /** The card is to be back by the end of this day. */
  dueOn: string;
  openedAt: string;
  closedAt: string | null;
  overdue: boolean;
}

export class CardCasePage {
  @ApiProperty({ type: [CardCaseView] })
  items: readonly CardCaseView[];
  nextCursor: string | null;
}
