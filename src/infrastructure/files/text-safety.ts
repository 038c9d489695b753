/**
 * Text that a spreadsheet program would take for a formula. Leading blanks are skipped because the programs skip them;
 * the full-width forms are turned into the plain ones by some of them.
 */
/* eslint-disable no-control-regex -- control characters are what these patterns look for */
const DANGEROUS = /^[\s\u0000\u200b-\u200f\ufeff]*[=+\-@\t\r\u0000\uff1d\uff0b\uff0d\uff20\u2212]/;
const LEADING_CONTROL = /^[\t\r\n\u0000]/;
const GUARDED = /^'(?='*(?:[\t\r\n\u0000]|[\s\u0000\u200b-\u200f\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]))/;

/* eslint-enable no-control-regex */

/**
 * An apostrophe in front makes it text (ASVS 1.2.10, BR-142). Text that already begins with apostrophes before such a
 * character gets one more, so that `restore` gives back exactly what was there.
 */
export function neutralise(text: string): string {
  const bare = text.replace(/^'+/, '');
  return DANGEROUS.test(bare) || LEADING_CONTROL.test(bare) ? `'${text}` : text;
}

export function restore(text: string): string {
  return text.charCodeAt(0) === 0x27 ? text.replace(GUARDED, '') : text;
}

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const NEEDS_ESCAPE = /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

/** Workbooks write what XML cannot hold as `_x000D_`; an underscore that would look like one is itself written so. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPE, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

export function encodeEscapes(text: string): string {
  return text.replace(NEEDS_ESCAPE, (found) => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}
