import { ApiProperty } from '@nestjs/swagger';
import { SIGNATURE_ALGORITHMS } from './signature-scheme.js';

export class SigningKeyView {
  keyId: string;
  @ApiProperty({ enum: SIGNATURE_ALGORITHMS })
  algorithm: string;
  /** In base64url: 32 bytes of Ed25519 (`x` of a JSON Web Key), or 65 bytes of SM2 (04, x and y). */
  publicKey: string;
  /** ACTIVE signs; what a RETIRED one signed before `retiredAt` is good; of a REVOKED one nothing is. */
  @ApiProperty({ enum: ['ACTIVE', 'RETIRED', 'REVOKED'] })
  status: string;
  createdAt: string;
  retiredAt: string | null;
  revokedAt: string | null;
}

export class SigningKeysView {
  @ApiProperty({ type: [SigningKeyView] })
  items: readonly SigningKeyView[];
}
