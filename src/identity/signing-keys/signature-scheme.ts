import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { BigInteger } from 'jsbn';
import smCrypto from 'sm-crypto';

/** Chosen by the dated setting `signing.algorithm`: the international one, or that of GB/T 39786 where national ciphers are required. */
export const SIGNATURE_ALGORITHMS = ['Ed25519', 'SM2'] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** A way of signing; signatures have 64 bytes in each. What is verified elsewhere (rosters, live codes) knows it by its name. */
export interface SignatureScheme {
  /** A new pair: the public half as raw bytes, the private half in a form that only `sign` reads. */
  generate(): { readonly publicKey: Buffer; readonly privateKey: string };
  sign(privateKey: string, message: Buffer): Buffer;
  verify(publicKey: Buffer, message: Buffer, signature: Buffer): boolean;
}

/** RFC 8032; public keys of 32 bytes. */
const ed25519: SignatureScheme = {
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
  verify(publicKey, message, signature) {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
      format: 'jwk',
    });
    return verify(null, message, key, signature);
  },
};

const { sm2: library } = smCrypto;
/** The user id that GB/T 32918 names where none is agreed; node:crypto would sign with an empty one. */
const SM2_USER = '1234567812345678';
/** 64 bits more than the order of the curve has, so that what is taken modulo it is not biased. */
const randomHex = (): string => randomBytes(40).toString('hex');

/** GB/T 32918 with SM3; public keys of 65 bytes (04, x, y), signatures r and s of 32 bytes each. */
const sm2: SignatureScheme = {
  generate() {
    const { publicKey, privateKey } = library.generateKeyPairHex(randomHex(), 16);
    return { publicKey: Buffer.from(publicKey, 'hex'), privateKey };
  },
  sign(privateKey, message) {
    // The library draws its own points from a generator that is seeded once; a foreseeable one would give the key away.
    const point = library.generateKeyPairHex(randomHex(), 16);
    const pointPool = [
      { k: new BigInteger(point.privateKey, 16), x1: new BigInteger(point.publicKey.slice(2, 66), 16) },
    ];
    return Buffer.from(library.doSignature(message, privateKey, { hash: true, userId: SM2_USER, pointPool }), 'hex');
  },
  verify(publicKey, message, signature) {
    if (publicKey.length !== 65 || signature.length !== 64) return false;
    const options = { hash: true, userId: SM2_USER } as const;
    return library.doVerifySignature(message, signature.toString('hex'), publicKey.toString('hex'), options);
  },
};

const SCHEMES: Readonly<Record<SignatureAlgorithm, SignatureScheme>> = { Ed25519: ed25519, SM2: sm2 };
const isKnown = (name: string): name is SignatureAlgorithm => Object.hasOwn(SCHEMES, name);

/** @throws Error for a name that is none of ours */
export function signatureScheme(algorithm: string): SignatureScheme & { readonly algorithm: SignatureAlgorithm } {
  if (!isKnown(algorithm)) throw new Error(`no signature algorithm is called ${algorithm}`);
  return { algorithm, ...SCHEMES[algorithm] };
}

/** Takes a key of ours: its algorithm and its public half in base64url. Gives whether it signed the message. */
export const checkSignature = (
  key: { readonly algorithm: string; readonly public_key: string },
  message: Buffer,
  signature: Buffer,
): boolean => signatureScheme(key.algorithm).verify(Buffer.from(key.public_key, 'base64url'), message, signature);
