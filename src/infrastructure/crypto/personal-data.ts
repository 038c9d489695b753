import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Keys } from '../config/keys.js';

const VERSION = 'g1';
const NONCE = 12;
const NONCES_DRAWN = 256;

/**
 * Encrypts personal data at rest: AES-256-GCM with a fresh nonce, bound to table, column and row, so that a ciphertext moved to
 * another place does not open (R29). Equality search goes over a keyed blind index.
 */
@Injectable()
export class PersonalData {
  private readonly currentId: string;
  private nonces: Buffer = Buffer.alloc(0);
  private nonceAt = 0;

  constructor(private readonly keys: Keys) {
    const ids = [...keys.encryption.keys()].sort((a, b) => Number(a) - Number(b));
    this.currentId = ids.at(-1) ?? '';
  }

  /** @param place table, column and row id, e.g. 'officers.id_number.<id>' */
  encrypt(plain: string | Buffer, place: string): string {
    const nonce = this.freshNonce();
    const cipher = createCipheriv('aes-256-gcm', this.key(this.currentId), nonce);
    cipher.setAAD(Buffer.from(`${VERSION}|${this.currentId}|${place}`));
    const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
    const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return [VERSION, this.currentId, Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')].join('.');
  }

  /** @throws Error when the text was altered, moved or encrypted under an unknown key. */
  decrypt(stored: string, place: string): string {
    return this.decryptBytes(stored, place).toString('utf8');
  }

  /** The same for what was no text. */
  decryptBytes(stored: string, place: string): Buffer {
    const [version, keyId, text] = stored.split('.');
    if (version !== VERSION || !keyId || !text) throw new Error('this ciphertext is of no known form');
    const blob = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key(keyId), blob.subarray(0, 12));
    decipher.setAAD(Buffer.from(`${VERSION}|${keyId}|${place}`));
    decipher.setAuthTag(blob.subarray(12, 28));
    return Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]);
  }

  /** Equal texts of one column give equal indexes; nobody without the key can compute one. */
  blindIndex(normalised: string, column: string): string {
    return createHmac('sha256', this.keys.blindIndex).update(`${column}\u0000${normalised}`).digest('hex');
  }

  /** Random bytes are drawn for many at once: each draw costs as much as the encryption of a short text. None is used twice. */
  private freshNonce(): Buffer {
    if (this.nonceAt + NONCE > this.nonces.length) {
      this.nonces = randomBytes(NONCE * NONCES_DRAWN);
      this.nonceAt = 0;
    }
    const at = this.nonceAt;
    this.nonceAt += NONCE;
    return this.nonces.subarray(at, at + NONCE);
  }

  private key(id: string): Buffer {
    const key = this.keys.encryption.get(id);
    if (!key) throw new Error(`encryption key ${id} is not in the key file`);
    return key;
  }
}
