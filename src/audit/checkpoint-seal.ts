import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../infrastructure/config/app-config.js';
import { readKeys } from '../infrastructure/config/keys.js';
import { sha256 } from '../infrastructure/crypto/canonical.js';

export interface Checkpoint {
  readonly seq: number;
  readonly entryHash: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly createdAt: string;
  readonly signature: string;
  readonly keyId: string;
}

/** Signs checkpoints with a key that the database never sees: HMAC-SHA256, derived by HKDF from the key file (R28). */
@Injectable()
export class CheckpointSeal {
  private readonly key: Buffer;
  readonly keyId: string;

  constructor(config: AppConfig) {
    const { blindIndex } = readKeys(config.KEY_FILE);
    this.key = Buffer.from(hkdfSync('sha256', blindIndex, '', 'chizheng/audit-checkpoint/1', 32));
    this.keyId = sha256(this.key).slice(0, 16);
  }

  seal(seq: number, entryHash: string, createdAt: string): Checkpoint {
    return { seq, entryHash, createdAt, signature: this.sign(seq, entryHash, createdAt), keyId: this.keyId };
  }

  isGenuine({ seq, entryHash, createdAt, signature, keyId }: Checkpoint): boolean {
    const expected = Buffer.from(this.sign(seq, entryHash, createdAt));
    const given = Buffer.from(signature);
    return keyId === this.keyId && given.length === expected.length && timingSafeEqual(given, expected);
  }

  private sign(seq: number, entryHash: string, createdAt: string): string {
    const text = `chizheng/audit-checkpoint/1\n${seq}\n${entryHash}\n${createdAt}\n`;
    return createHmac('sha256', this.key).update(text).digest('hex');
  }
}
