import { ApiProperty } from '@nestjs/swagger';
import type { CustodyState, DestructionState } from '../../rules/card-custody.lifecycle.js';

export class CustodyView {
  certificateId: string;
  certificateNo: string;
  officerId: string;
  holderName: string;
  certificateState: string;
  /** Where the card is. */
  @ApiProperty({ enum: ['AT_DESK', 'WITH_HOLDER', 'RETURNED', 'MISSING', 'LISTED', 'DESTROYED'] })
  state: CustodyState;
  /** The day of its last move; null where nothing is written down yet. */
  since: string | null;
}

export class CustodyMoveView {
  command: string;
  stateAfter: string;
  counterpart: string | null;
  note: string | null;
  happenedOn: string;
  destructionId: string | null;
  recordedAt: string;
  /** User name of who did it; null for the system. */
  recordedBy: string | null;
}

export class CustodyDetailView extends CustodyView {
  moves: CustodyMoveView[];
  /** hand-out, take-back, give-back, report-missing: what the asker may do now. */
  allowedVerbs: string[];
}

export class CustodyPage {
  @ApiProperty({ type: [CustodyView] })
  items: readonly CustodyView[];
  nextCursor: string | null;
}

export class DestructionView {
  id: string;
  listNo: string;
  @ApiProperty({ enum: ['PROPOSED', 'DESTROYED', 'WITHDRAWN'] })
  state: DestructionState;
  note: string;
  count: number;
  /** The first signature. */
  createdBy: string;
  createdAt: string;
  /** The second signature, or who withdrew it. */
  finishedBy: string | null;
  finishedAt: string | null;
  closingNote: string | null;
  /** sign, withdraw: what the asker may do now. */
  allowedVerbs: string[];
  version: number;
}

export class DestructionCardView {
  certificateId: string;
  certificateNo: string;
  holderName: string;
  certificateState: string;
}

export class DestructionDetailView extends DestructionView {
  cards: DestructionCardView[];
}

export class DestructionPage {
  @ApiProperty({ type: [DestructionView] })
  items: readonly DestructionView[];
  nextCursor: string | null;
}
