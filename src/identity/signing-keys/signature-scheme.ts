import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

/** A way of signing. What is verified elsewhere (rosters, live codes) knows the algorithm by this name. */
export interface SignatureScheme {
  readonly algorithm: 'Ed25519';
  /** A new pair: the public half as 32 raw bytes, the private half in a form that only `sign` reads. */
  generate(): { readonly publicKey: Buffer; readonly privateKey: string };
  sign(privateKey: string, message: Buffer): Buffer;
}

/** RFC 8032; signatures of 64 bytes. */
export const ed25519: SignatureScheme = {
  algorithm: 'Ed25519',
  generate() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const jwk = publicKey.export({ format: 'jwk' }) as { readonly x?: string };
    return {
      publicKey: Buffer.from(jwk.x ?? '', 'base64url'),
      privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    };
  },
  sign(privateKey, message) {
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
    return sign(null, message, key);
  },
};

/** Takes a public key of ours (32 bytes in base64url). Gives whether it signed the message. */
export function checkSignature(publicKey: string, message: Buffer, signature: Buffer): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, message, key, signature);
}
