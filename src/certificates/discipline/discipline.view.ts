import { ApiProperty } from '@nestjs/swagger';
import { SANCTION_KINDS, type SanctionKind } from '../../rules/card-case.lifecycle.js';

export class SanctionView {
  id: string;
  officerId: string;
  @ApiProperty({ enum: SANCTION_KINDS })
  kind: SanctionKind;
  organ: string;
  document: string;
  effectiveFrom: string;
  /** The bar on certification that follows from it; null: none. */
  barredTo: string | null;
  barred: boolean;
  recordedAt: string;
  /** Set where it was withdrawn. */
  withdrawnAt: string | null;
  /** Cases that it opened and that are not closed. */
  openCases: number;
  /** withdraw: what the asker may do now. */
  allowedVerbs: string[];
}

export class SanctionPage {
  @ApiProperty({ type: [SanctionView] })
  items: readonly SanctionView[];
  nextCursor: string | null;
}

export class DisqualificationView {
  id: string;
  officerId: string;
  ground: string;
  decidedBy: string;
  document: string;
  effectiveFrom: string;
  barredFrom: string;
  /** Null: for ever. */
  barredTo: string | null;
  recordedAt: string;
  /** Numbers of the certificates that it revoked. */
  revoked: string[];
}

export class DisqualificationPage {
  @ApiProperty({ type: [DisqualificationView] })
  items: readonly DisqualificationView[];
  nextCursor: string | null;
}
