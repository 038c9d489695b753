import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** What a typed code is: one of ours (which need not be given out), mistyped, or nothing like a code. */
export type TypedCode =
  { readonly kind: 'CODE'; readonly code: string } | { readonly kind: 'MISTYPED' } | { readonly kind: 'NO_CODE' };

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
    const typed = this.examine(text);
    return typed.kind === 'CODE' ? typed.code : null;
  }

  /** The same, and what was wrong: a slip of the finger is told apart from a code that is nobody's. */
  examine(text: string): TypedCode {
    const code = text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
    if (!/^[0-9A-Z]{6,14}$/.test(code)) return { kind: 'NO_CODE' };
    if (code.length !== LENGTH || [...code].some((char) => !ALPHABET.includes(char))) return { kind: 'MISTYPED' };
    return this.check(code.slice(0, 9)) === code[9] ? { kind: 'CODE', code } : { kind: 'MISTYPED' };
  }

  /** Seals what a form of ours carries in a hidden field, so that it comes back as it went out. */
  sealForm(content: string): string {
    return `${Buffer.from(content).toString('base64url')}.${this.formMac(content).toString('base64url')}`;
  }

  /** What a sealed field carries; null when it was altered or is none. */
  openForm(sealed: string): string | null {
    const [body = ''] = sealed.split('.');
    const content = Buffer.from(body, 'base64url').toString();
    // Compared as they are written: the last letter of base64 has bits that say nothing, and altered is altered.
    const [given, wanted] = [sealed, this.sealForm(content)].map((text) => Buffer.from(text)) as [Buffer, Buffer];
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? content : null;
  }

  private formMac(content: string): Buffer {
    return createHmac('sha256', this.key).update(`form\u0000${content}`).digest();
  }

  private check(body: string): string {
    const digest = createHmac('sha256', this.key).update(body).digest();
    return ALPHABET[(digest[0] ?? 0) % 32] ?? '0';
  }
}
