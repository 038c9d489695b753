import { isLegalDate, type LegalDate } from './calendar.js';
import { numberMatcher } from './certificate.rules.js';
import type { CertificateType } from './duty-facts.js';
import { judge, unless, type Reason, type Verdict } from './verdict.js';

/** `cert.numberScheme`: how the allocator writes a number. BR-60; design notes, "Two ways a certificate gets its number". */

const CODE_PARTS = ['PROVINCE', 'CITY', 'COUNTY', 'DEPARTMENT'] as const;
type CodePart = (typeof CODE_PARTS)[number];
const RESTARTS = [...CODE_PARTS, 'TYPE', 'YEAR'] as const;
export type Restart = (typeof RESTARTS)[number];

export type NumberSegment =
  | { readonly kind: 'CONST'; readonly value: string }
  /** A code of the issuing place, written with exactly this many characters. */
  | { readonly kind: CodePart; readonly width: number }
  | { readonly kind: 'TYPE'; readonly codes: Readonly<Partial<Record<CertificateType, string>>> }
  | { readonly kind: 'YEAR'; readonly digits: 2 | 4 }
  | { readonly kind: 'SERIAL'; readonly width: number; readonly start: number; readonly restartBy?: readonly Restart[] }
  /** One check digit over all digits before it (ISO 7064 MOD 11,10). */
  | { readonly kind: 'CHECK' };

export type NumberScheme = readonly NumberSegment[];

/** What a number is made for. Codes are text: leading zeros count. */
export interface NumberContext {
  readonly type: CertificateType;
  readonly issuedOn: LegalDate;
  readonly codes: Readonly<Partial<Record<CodePart, string>>>;
}

export type NumberingCode = 'NUMBER_SCHEME_INVALID' | 'NUMBERS_EXHAUSTED' | 'NUMBER_PART_MISSING' | 'NUMBER_MALFORMED';

export type NumberResult =
  { readonly ok: true; readonly number: string } | { readonly ok: false; readonly reason: Reason<NumberingCode> };

const refuse = (code: NumberingCode, facts: Reason['facts']): NumberResult => ({ ok: false, reason: { code, facts } });

/** Takes a scheme. Gives its serial segment, null when there is none. */
export const serialOf = (scheme: NumberScheme): Extract<NumberSegment, { kind: 'SERIAL' }> | null =>
  scheme.find((segment) => segment.kind === 'SERIAL') ?? null;

/** Takes a scheme and what a number is made for. Gives the key of the counter that its serial is taken from. */
export function counterKey(scheme: NumberScheme, context: NumberContext): string {
  const restartBy = serialOf(scheme)?.restartBy ?? [];
  const value = (restart: Restart): string =>
    restart === 'YEAR'
      ? context.issuedOn.slice(0, 4)
      : restart === 'TYPE'
        ? context.type
        : (context.codes[restart] ?? '');
  // The order of the table, so that the order in the setting does not matter.
  const parts = RESTARTS.filter((restart) => restartBy.includes(restart)).map(
    (restart) => `${restart}=${value(restart)}`,
  );
  return parts.length === 0 ? 'ALL' : parts.join(';');
}

/** Takes a scheme and the next serial. Gives how many numbers are left, this one included. */
export function numbersLeft(scheme: NumberScheme, nextSerial: number): number {
  const segment = serialOf(scheme);
  return segment === null ? 0 : Math.max(0, 10 ** segment.width - Math.max(nextSerial, segment.start));
}

/** Takes scheme, context and serial. Gives the number as text, or why there is none. The pattern is checked again on each. */
export function writeNumber(
  scheme: NumberScheme,
  context: NumberContext,
  serial: number,
  pattern: string,
): NumberResult {
  if (!isScheme(scheme)) return refuse('NUMBER_SCHEME_INVALID', { pattern });
  let number = '';
  for (const segment of scheme) {
    if (segment.kind === 'SERIAL' && !isSerial(segment, serial)) {
      return refuse('NUMBERS_EXHAUSTED', { serial, width: segment.width });
    }
    const part = segment.kind === 'CHECK' ? checkDigit(number) : writePart(segment, context, serial);
    if (part === null) return refuse('NUMBER_PART_MISSING', { part: segment.kind });
    number += part;
  }
  const matches = numberMatcher(pattern);
  if (matches === null || !matches(number)) return refuse('NUMBER_MALFORMED', { certificateNo: number, pattern });
  return { ok: true, number };
}

const isSerial = ({ width, start }: { readonly width: number; readonly start: number }, serial: number): boolean =>
  Number.isSafeInteger(serial) && serial >= start && serial < 10 ** width;

function writePart(
  segment: Exclude<NumberSegment, { kind: 'CHECK' }>,
  { type, issuedOn, codes }: NumberContext,
  serial: number,
): string | null {
  switch (segment.kind) {
    case 'CONST':
      return segment.value;
    case 'TYPE':
      return segment.codes[type] ?? null;
    case 'YEAR':
      return isLegalDate(issuedOn) ? issuedOn.slice(4 - segment.digits, 4) : null;
    case 'SERIAL':
      return String(serial).padStart(segment.width, '0');
    default: {
      const code = codes[segment.kind];
      return code !== undefined && code.length === segment.width ? code : null;
    }
  }
}

/** ISO 7064 MOD 11,10 over the digits of the text; null when it holds anything else. */
export function checkDigit(text: string): string | null {
  if (!/^\d+$/.test(text)) return null;
  let product = 10;
  for (const digit of text) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

const isWidth = (width: unknown): width is number =>
  Number.isInteger(width) && (width as number) >= 1 && (width as number) <= 12;

function isSegment(segment: NumberSegment): boolean {
  switch (segment.kind) {
    case 'CONST':
      return typeof segment.value === 'string' && /^[0-9A-Z-]+$/.test(segment.value);
    case 'TYPE':
      return typeof segment.codes === 'object' && segment.codes !== null;
    case 'YEAR':
      return segment.digits === 2 || segment.digits === 4;
    case 'SERIAL':
      return (
        isWidth(segment.width) &&
        Number.isSafeInteger(segment.start) &&
        segment.start >= 0 &&
        segment.start < 10 ** segment.width &&
        (segment.restartBy ?? []).every((restart) => RESTARTS.includes(restart))
      );
    case 'CHECK':
      return true;
    default:
      return CODE_PARTS.includes(segment.kind) && isWidth(segment.width);
  }
}

/** Takes anything. Gives whether it is a scheme: known segments, exactly one serial, at most one check digit and that at the end. */
export function isScheme(scheme: unknown): scheme is NumberScheme {
  if (!Array.isArray(scheme)) return false;
  const segments = scheme as NumberScheme;
  if (!segments.every((segment) => typeof segment === 'object' && segment !== null && isSegment(segment))) return false;
  const checks = segments.flatMap((segment, place) => (segment.kind === 'CHECK' ? [place] : []));
  return (
    segments.filter(({ kind }) => kind === 'SERIAL').length === 1 &&
    checks.every((place) => place === segments.length - 1 && place > 0)
  );
}

/**
 * Takes a scheme to be put in force, the pattern, and every context that the deployment issues for. Gives whether the numbers it
 * makes fit. Serials are tried at both ends and at every digit in every place; the allocator checks each number once more.
 */
export function decideScheme(
  scheme: unknown,
  pattern: string,
  contexts: readonly NumberContext[],
): Verdict<NumberingCode> {
  if (!isScheme(scheme) || numberMatcher(pattern) === null || contexts.length === 0) {
    return judge<NumberingCode>(unless(false, 'NUMBER_SCHEME_INVALID', { pattern }));
  }
  const serial = serialOf(scheme);
  const { width, start } = serial ?? { width: 1, start: 0 };
  const places = Array.from({ length: width }, (_, place) =>
    Array.from({ length: 10 }, (__, digit) => digit * 10 ** place),
  ).flat();
  const serials = [start, 10 ** width - 1, ...places].filter((each) => each >= start);
  for (const context of contexts) {
    for (const each of serials) {
      const result = writeNumber(scheme, context, each, pattern);
      if (!result.ok) return judge<NumberingCode>(result.reason);
    }
  }
  return judge<NumberingCode>();
}
