import { createHmac, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The opaque code behind a printed QR: 9 random characters and one keyed check character. It carries no personal data (BR-97). */
export class PublicCodes {
  constructor(private readonly key: Buffer) {}

  create(): string {
    const bytes = randomBytes(9);
    const body = [...bytes].map((byte) => ALPHABET[byte % 32]).join('');
    return body + this.check(body);
  }

  /** The code in its stored form, or null when it can't be one of ours. Takes grouping dashes and look-alikes. */
  read(text: string): string | null {
    const code = text.toUpperCase().replaceAll('-', '').replaceAll('O', '0').replace(/[IL]/g, '1');
    if (code.length !== 10 || [...code].some((char) => !ALPHABET.includes(char))) return null;
    return this.check(code.slice(0, 9)) === code[9] ? code : null;
  }

  private check(body: string): string {
    const digest = createHmac('sha256', this.key).update(body).digest();
    return ALPHABET[(digest[0] ?? 0) % 32] ?? '0';
  }
}
