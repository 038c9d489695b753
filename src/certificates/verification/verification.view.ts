import { ApiProperty } from '@nestjs/swagger';
import { ReasonView } from '../../infrastructure/http/reason.view.js';

/** A card as the supervising staff see it. Outside the asker's scope it holds what the public sees. */
export class VerifiedCardView {
  certificateNo: string;
  type: string;
  @ApiProperty({
    enum: ['USABLE', 'NOT_USABLE', 'NOT_YET_VALID', 'SUSPENDED', 'EXPIRED', 'LOST', 'REVOKED', 'CANCELLED', 'REPLACED'],
  })
  verdict: string;
  verdictZh: string;
  verdictEn: string;
  @ApiProperty({ enum: ['green', 'amber', 'red', 'grey'] })
  colour: string;
  name: string | null;
  unit: string | null;
  post: string | null;
  domains: string[];
  area: string | null;
  issuer: string | null;
  validFrom: string | null;
  validTo: string | null;
  /** Within the asker's scope; then the fields below are filled. */
  inScope: boolean;
  certificateId: string | null;
  officerId: string | null;
  /** The last four characters. */
  idNumberTail: string | null;
  /** GET /officers/{officerId}/photo gives it. */
  hasPhoto: boolean;
  /** Why a genuine card may not be used now. */
  @ApiProperty({ type: [ReasonView] })
  reasons: readonly ReasonView[];
  /** Checks of this card since midnight, this one included. */
  checksToday: number;
}

export class CardVerificationView {
  /** MISTYPED: a slip of the finger. LIVE_OVER: a live code whose minute is over. LIVE_FORGED: one that nobody here signed. */
  @ApiProperty({ enum: ['FOUND', 'NOT_FOUND', 'MISTYPED', 'LIVE_OVER', 'LIVE_FORGED'] })
  result: string;
  checkedAt: string;
  @ApiProperty({ type: [VerifiedCardView] })
  items: readonly VerifiedCardView[];
}

export class LiveCodeView {
  /** Goes into the QR on the screen. */
  url: string;
  token: string;
  keyId: string;
  issuedAt: string;
  expiresAt: string;
  secondsLeft: number;
  /** Checks of this card since midnight. */
  checksToday: number;
}
