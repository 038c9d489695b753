import { ApiProperty } from '@nestjs/swagger';

export class SigningKeyView {
  keyId: string;
  @ApiProperty({ enum: ['Ed25519'] })
  algorithm: string;
  /** 32 bytes in base64url: `x` of a JSON Web Key with `kty` OKP and `crv` Ed25519. */
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
