import { createHash } from 'node:crypto';
import { canonicalJson } from '../../infrastructure/crypto/canonical.js';
import type { SigningKeys } from '../../identity/index.js';

/** The form of a signed document; docs/offline-verification.md describes it for whoever writes a verifier. */
export const FORMAT = 'chizheng-signed/1';

/** What identifies a card in an offline document: nobody learns a code from it. 16 of the 32 bytes, in base64url. */
export const codeHash = (publicCode: string): string =>
  createHash('sha256').update(`chizheng-code/1\n${publicCode}`).digest().subarray(0, 16).toString('base64url');

/** Signs a payload as canonical JSON. The signature covers format, key id and every byte of the payload. */
export async function signDocument(keys: SigningKeys, keyId: string, payload: object): Promise<string> {
  const bytes = Buffer.from(canonicalJson(payload));
  const { algorithm, value } = await keys.sign(keyId, Buffer.concat([Buffer.from(`${FORMAT}\n${keyId}\n`), bytes]));
  return canonicalJson({
    format: FORMAT,
    algorithm,
    keyId,
    payload: bytes.toString('base64url'),
    signature: value.toString('base64url'),
  });
}
