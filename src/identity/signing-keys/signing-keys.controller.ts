import { Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { SigningKeys, type SigningKeyRow } from './signing-keys.js';
import { SigningKeysView, type SigningKeyView } from './signing-keys.view.js';

const viewOf = (row: SigningKeyRow): SigningKeyView => ({
  keyId: row.id,
  algorithm: row.algorithm,
  publicKey: row.public_key,
  status: row.status,
  createdAt: row.created_at.toISOString(),
  retiredAt: row.retired_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** The public halves are for everybody who verifies; rotating and revoking is the security administrator's. */
@ApiTags('signing keys')
@Controller()
export class SigningKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('public/signing-keys')
  @Requires('public')
  @Header('access-control-allow-origin', '*')
  async list(): Promise<SigningKeysView> {
    return { items: (await this.keys.list()).map(viewOf) };
  }

  @Post('signing-keys/rotate')
  @HttpCode(200)
  @Requires('signing-key.write')
  async rotate(@ActingAs() actor: Actor): Promise<SigningKeysView> {
    await this.keys.rotate(actor);
    return this.list();
  }

  @Post('signing-keys/:keyId/revoke')
  @HttpCode(200)
  @Requires('signing-key.write')
  async revoke(@ActingAs() actor: Actor, @Param('keyId') keyId: string): Promise<SigningKeysView> {
    await this.keys.revoke(actor, keyId);
    return this.list();
  }
}
