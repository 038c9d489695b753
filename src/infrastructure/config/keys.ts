import { readFileSync } from 'node:fs';

/** Key material, kept outside the database. Each key is 32 bytes. */
export interface Keys {
  /** AES-256-GCM keys by id; the highest id encrypts, all decrypt. */
  readonly encryption: ReadonlyMap<string, Buffer>;
  readonly blindIndex: Buffer;
  readonly publicCode: Buffer;
}

/** Reads the key file. @throws Error that names the missing or short key, never its content. */
export function readKeys(path: string): Keys {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new Error('KEY_FILE can not be read as JSON');
  }
  const { encryption, blindIndex, publicCode } = raw as Record<string, unknown>;
  if (typeof encryption !== 'object' || encryption === null) throw new Error('KEY_FILE: encryption is missing');
  const keys = new Map(Object.entries(encryption).map(([id, text]) => [id, keyOf(`encryption.${id}`, text)] as const));
  if (keys.size === 0) throw new Error('KEY_FILE: encryption holds no key');
  return { encryption: keys, blindIndex: keyOf('blindIndex', blindIndex), publicCode: keyOf('publicCode', publicCode) };
}

function keyOf(name: string, text: unknown): Buffer {
  const key = typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  if (key.length !== 32) throw new Error(`KEY_FILE: ${name} must be 32 bytes in base64`);
  return key;
}
