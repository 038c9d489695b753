import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { checkSignature, SigningKeys } from '../../identity/index.js';

/** Version 1: version 1, key 8, issued at 4 (s), lifetime 2 (s), nonce 8, code 10 bytes; then the signature. */
const VERSION = 1;
const PAYLOAD = 33;
const SIGNATURE = 64;
const PREFIX = 'L1.';
/** Keeps a signature over a live code from ever being one over something else. */
export const LIVE_CONTEXT = 'chizheng-live/1\n';
export const LIVE_SECONDS = 60;

export interface LiveCode {
  readonly publicCode: string;
  readonly keyId: string;
  /** Epoch seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export type ReadLiveCode =
  | { readonly kind: 'GOOD'; readonly live: LiveCode }
  | { readonly kind: 'OVER'; readonly live: LiveCode }
  | { readonly kind: 'FORGED' };

/** Codes for showing on a screen: signed, good for a minute, verified with or without a network. */
@Injectable()
export class LiveCodes {
  constructor(private readonly keys: SigningKeys) {}

  /** @param now milliseconds */
  async create(publicCode: string, now: number): Promise<LiveCode & { readonly token: string }> {
    const keyId = await this.keys.activeId();
    const issuedAt = Math.floor(now / 1000);
    const payload = Buffer.alloc(PAYLOAD);
    payload.writeUInt8(VERSION, 0);
    payload.write(keyId, 1, 8, 'hex');
    payload.writeUInt32BE(issuedAt, 9);
    payload.writeUInt16BE(LIVE_SECONDS, 13);
    randomBytes(8).copy(payload, 15);
    payload.write(publicCode, 23, 10, 'latin1');
    const { value } = await this.keys.sign(keyId, Buffer.concat([Buffer.from(LIVE_CONTEXT), payload]));
    const token = PREFIX + Buffer.concat([payload, value]).toString('base64url');
    return { token, publicCode, keyId, issuedAt, expiresAt: issuedAt + LIVE_SECONDS };
  }

  /** Null for what is no live code at all. */
  async read(token: string, now: number): Promise<ReadLiveCode | null> {
    if (!token.startsWith(PREFIX)) return null;
    const text = token.slice(PREFIX.length);
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length !== PAYLOAD + SIGNATURE || bytes.toString('base64url') !== text) return { kind: 'FORGED' };
    const payload = bytes.subarray(0, PAYLOAD);
    const keyId = payload.toString('hex', 1, 9);
    const issuedAt = payload.readUInt32BE(9);
    const lifetime = payload.readUInt16BE(13);
    const key = (await this.keys.list()).find(({ id }) => id === keyId);
    const isTrusted =
      key !== undefined &&
      key.status !== 'REVOKED' &&
      (key.retired_at === null || issuedAt * 1000 <= key.retired_at.getTime());
    const message = Buffer.concat([Buffer.from(LIVE_CONTEXT), payload]);
    if (!isTrusted || payload[0] !== VERSION || lifetime > LIVE_SECONDS) return { kind: 'FORGED' };
    if (!checkSignature(key, message, bytes.subarray(PAYLOAD))) return { kind: 'FORGED' };
    const live = { publicCode: payload.toString('latin1', 23), keyId, issuedAt, expiresAt: issuedAt + lifetime };
    const second = now / 1000;
    return { kind: second >= issuedAt && second < live.expiresAt ? 'GOOD' : 'OVER', live };
  }
}
