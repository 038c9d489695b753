import { isEmail, Matches, registerDecorator, type ValidationOptions } from 'class-validator';
import { holdsIdNumber } from '../../rules/codes/id-number.js';
import { endOfDay, isLegalDate, startOfDay } from '../../rules/calendar.js';

function textRule(name: string, holds: (text: string) => boolean, message: string, options?: ValidationOptions) {
  return (target: object, propertyName: string | symbol): void =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: propertyName as string,
      options: { message, context: { code: name }, ...options },
      validator: { validate: (value: unknown) => typeof value === 'string' && holds(value) },
    });
}

/** Ids are opaque texts: one that is none of ours is simply not found, by itself in a list. With `each` for lists. */
export const IsId = (options?: ValidationOptions): PropertyDecorator =>
  textRule(
    'ID_FORM',
    (text) => /^[\x21-\x7e]{1,80}$/.test(text),
    '$property must be an id as this API gave it (text)',
    options,
  );

/** The settings begin in 1900, and deadlines are counted from a date, so it keeps far from the end of the calendar. */
const FIRST_DATE = '1900-01-01';
const LATEST_DATE = '2999-12-31';
const isUsableDate = (text: string): boolean => isLegalDate(text) && text >= FIRST_DATE && text <= LATEST_DATE;

/** A legal date 'YYYY-MM-DD' that exists (30 February does not), of the years 1900 to 2999. */
export const IsLegalDate = (): PropertyDecorator =>
  textRule('DATE_MALFORMED', isUsableDate, '$property must be an existing date as YYYY-MM-DD, from 1900 to 2999');

/** The last day of a validity: 9999-12-31, the customary way to write "without end", is one too. */
export const IsLastDay = (): PropertyDecorator =>
  textRule(
    'DATE_MALFORMED',
    (text) => isLegalDate(text) && text >= FIRST_DATE,
    '$property must be an existing date as YYYY-MM-DD, from 1900 on',
  );

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

const isInstant = (text: string): boolean => {
  const found = INSTANT.exec(text);
  return found?.[1] !== undefined && isLegalDate(found[1]) && isUsable(Date.parse(text));
};

const EARLIEST = startOfDay(FIRST_DATE) ?? 0;
const LATEST = endOfDay(LATEST_DATE) ?? 0;
const isUsable = (instant: number): boolean => instant >= EARLIEST && instant <= LATEST;

/** An RFC 3339 instant with offset. */
export const IsInstant = (): PropertyDecorator =>
  textRule('INSTANT_MALFORMED', isInstant, '$property must be an instant with offset, e.g. 2026-03-01T08:00:00+08:00');

/** An instant with offset, or a date (which means 00:00 +08:00 of that day). */
export const IsInstantOrDate = (): PropertyDecorator =>
  textRule(
    'INSTANT_OR_DATE',
    (text) => isUsableDate(text) || isInstant(text),
    '$property must be an existing date (YYYY-MM-DD) or an instant with offset',
  );

/** Text of 1..max characters that is not blank and holds no control character; line breaks only where asked for. */
export const IsPlainText = (max: number, { lines = false, min = 1 } = {}): PropertyDecorator =>
  textRule(
    'TEXT',
    (text) => {
      const length = [...text].length;
      // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
      const control = lines ? /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/ : /[\u0000-\u001f\u007f]/;
      return length >= min && length <= max && text.trim().length >= Math.min(min, 1) && !control.test(text);
    },
    `$property must be text of ${min} to ${max} characters without control characters`,
  );

/** An id that may be stored as it was asked: an ID number in its place is refused, and so is never kept. */
export const IsNoIdNumber = (): PropertyDecorator =>
  textRule('ID_NUMBER', (text) => !holdsIdNumber(text), '$property must not be an ID number');

/** One address. Letters beyond ASCII before the @ are refused by most mail servers. */
export const IsMailAddress = (): PropertyDecorator =>
  textRule(
    'MAIL_ADDRESS',
    // The library throws on half a character.
    (text) => text.length <= 120 && !/\p{Surrogate}/u.test(text) && isEmail(text, { allow_utf8_local_part: false }),
    '$property must be a mail address of 120 characters at most',
  );

/** Division code: 6 digits, or up to 12 for streets and villages. */
export const IsDivisionCode = (): PropertyDecorator =>
  Matches(/^\d{6}(\d{3}){0,2}$/, {
    message: '$property must be a division code of 6, 9 or 12 digits',
    context: { code: 'DIVISION_CODE' },
  });

/** Dictionary codes: DOMAIN-like upper-case words. */
export const IsCode = (options?: ValidationOptions): PropertyDecorator =>
  textRule(
    'CODE_FORM',
    (text) => /^[A-Z][A-Z0-9_]{0,59}$/.test(text),
    '$property must be a code (capital letters, digits, underscore)',
    options,
  );

export { MayBeAbsent } from './may-be-absent.js';
export { PageQuery } from './page-query.dto.js';
