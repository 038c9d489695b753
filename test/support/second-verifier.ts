import { createHash, createPublicKey, verify } from 'node:crypto';
import { secondSm2 } from './second-sm2.js';

/**
 * A second verifier, written from docs/offline-verification.md and sharing nothing with `verifier/`: its own reader of JSON and
 * base64url, node:crypto instead of WebCrypto. Gives null for whatever it doesn't trust.
 */
export interface TrustedKey {
  readonly algorithm: string;
  readonly isGood: (message: Buffer, signature: Buffer) => boolean;
  readonly status: string;
  readonly retiredAt: number | null;
}

function checkOf(algorithm: string, publicKey: Buffer): TrustedKey['isGood'] {
  if (algorithm === 'SM2') return (message, signature) => secondSm2(publicKey, message, signature);
  // SubjectPublicKeyInfo of Ed25519: a fixed head and the 32 bytes.
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return (message, signature) => verify(null, message, key, signature);
}

export function secondKeys(items: readonly Record<string, unknown>[]): ReadonlyMap<string, TrustedKey> {
  return new Map(
    items.map((item) => {
      const retired = item['retiredAt'];
      return [
        String(item['keyId']),
        {
          algorithm: String(item['algorithm']),
          isGood: checkOf(String(item['algorithm']), Buffer.from(String(item['publicKey']), 'base64url')),
          status: String(item['status']),
          retiredAt: typeof retired === 'string' ? new Date(retired).getTime() / 1000 : null,
        },
      ];
    }),
  );
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Six bits at a time; left-over bits must be zero. */
function decode(text: string): Buffer | null {
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const char of text) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return null;
    bits = (bits << 6) | value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
    bits &= (1 << held) - 1;
  }
  return bits === 0 && held < 6 ? Buffer.from(bytes) : null;
}

const ENVELOPE =
  /^\{"algorithm":"(Ed25519|SM2)","format":"chizheng-signed\/1","keyId":"([0-9a-f]{16})","payload":"([A-Za-z0-9_-]+)","signature":"([A-Za-z0-9_-]{86})"\}$/;

export interface SecondRoster {
  readonly issuedAt: number;
  readonly freshUntil: number;
  readonly validUntil: number;
  readonly verdicts: ReadonlyMap<string, readonly (readonly [number, string])[]>;
}

/** Takes a signed roster as text. Gives what it says, or null when it can't be trusted. */
export function secondOpen(text: string, keys: ReadonlyMap<string, TrustedKey>): SecondRoster | null {
  const found = ENVELOPE.exec(text);
  const [, algorithm = '', keyId = '', body = '', mac = ''] = found ?? [];
  const trusted = keys.get(keyId);
  const [payload, signature] = [decode(body), decode(mac)];
  if (!found || !trusted || !payload || signature?.length !== 64) return null;
  if (trusted.status !== 'ACTIVE' && trusted.status !== 'RETIRED') return null;
  const signed = Buffer.concat([Buffer.from(`chizheng-signed/1\n${keyId}\n`, 'latin1'), payload]);
  if (trusted.algorithm !== algorithm || !trusted.isGood(signed, signature)) return null;
  const said = JSON.parse(payload.toString('utf8')) as Record<string, unknown>;
  const [issuedAt, freshUntil, validUntil] = ['issuedAt', 'freshUntil', 'validUntil'].map((name) => Number(said[name]));
  if (said['version'] !== 1 || said['kind'] !== 'roster') return null;
  if (issuedAt === undefined || freshUntil === undefined || validUntil === undefined) return null;
  if (trusted.status === 'RETIRED' && !(trusted.retiredAt !== null && issuedAt <= trusted.retiredAt)) return null;
  const entries = said['entries'] as { readonly code: string; readonly verdicts: [number, string][] }[];
  return { issuedAt, freshUntil, validUntil, verdicts: new Map(entries.map(({ code, verdicts }) => [code, verdicts])) };
}

/** The colour for a code in its stored form, without status list and live codes. */
export function secondColour(roster: SecondRoster, code: string, now: number): string {
  const hash = createHash('sha256').update('chizheng-code/1\n').update(code).digest().subarray(0, 16);
  const verdicts = roster.verdicts.get(hash.toString('base64url'));
  const holding = verdicts?.filter(([from]) => from <= Math.max(now, roster.issuedAt)).at(-1)?.[1];
  if (holding === undefined) return 'GREY';
  if (holding !== 'USABLE') return 'RED';
  if (now >= roster.validUntil) return 'GREY';
  return now >= roster.issuedAt - 120 && now < roster.freshUntil ? 'GREEN' : 'AMBER';
}
