import { Injectable } from '@nestjs/common';
import { normaliseText } from '../infrastructure/files/cell-normalisation.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import { Problem, type InputError } from '../kernel/problem.js';
import { legalDateOf } from '../rules/calendar.js';
import { checkIdNumber, type Gender, type IdNumberCode } from '../rules/codes/id-number.js';
import { judgeRegistration, type NamedCategory } from '../rules/officer-service.rules.js';

/** What a person may do about it; the number itself is never repeated. */
const ID_NUMBER_TEXTS: Readonly<Record<IdNumberCode, string>> = {
  ID_MALFORMED: 'An ID number has 18 characters: 17 digits and a digit or X. Copy it from the card.',
  ID_BIRTH_DATE: 'Digits 7 to 14 are no date of birth. Compare them with the card.',
  ID_CHECK_DIGIT: 'The last character does not fit the others: a digit was mistyped. Compare them with the card.',
  ID_STORED_AS_NUMBER: 'The last three digits were lost in a spreadsheet. Take the number from the card.',
};

interface GivenPerson {
  readonly name?: string;
  readonly idNumber?: string;
  readonly gender?: Gender;
  readonly domains?: readonly string[];
}

export interface CheckedPerson {
  readonly name: string;
  readonly gender: Gender;
  readonly birthDate: string;
}

/** The 422 for a category that no officer can have. */
export function refuseAuxiliary(category: NamedCategory): Problem {
  const { reasons } = judgeRegistration(category);
  return new Problem('refused', 'AUXILIARY_NOT_AN_OFFICER', 'Auxiliary personnel are no officers.', { reasons });
}

/** What the fields of a person must be beyond their form: by the law book and the dictionaries of the day. */
@Injectable()
export class OfficerInput {
  constructor(private readonly settings: Settings) {}

  /** For a registration: all faults at once. @throws Problem 400 */
  async check(given: GivenPerson & { name: string; idNumber: string }, now: number): Promise<CheckedPerson> {
    const today = todayOf(now);
    const errors = await this.errorsOf(given, today);
    const idNumber = checkIdNumber(given.idNumber, today);
    if (errors.length > 0 || !idNumber.ok) throw inputInvalid(errors);
    return { name: personName(given.name), gender: idNumber.gender, birthDate: idNumber.birthDate };
  }

  /** For a change of what is registered. @throws Problem 400 */
  async checkChange(given: Pick<GivenPerson, 'name' | 'domains'>, now: number): Promise<void> {
    const errors = await this.errorsOf(given, todayOf(now));
    if (errors.length > 0) throw inputInvalid(errors);
  }

  /** The blind index may be asked for this text. @throws Problem 400 */
  checkIdNumber(idNumber: string, now: number): void {
    const errors = idNumberErrors({ idNumber }, todayOf(now));
    if (errors.length > 0) throw inputInvalid(errors);
  }

  private async errorsOf(given: GivenPerson, today: string): Promise<InputError[]> {
    const errors = given.name === undefined ? [] : nameErrors(given.name);
    errors.push(...idNumberErrors(given, today));
    if (given.domains && given.domains.length > 0) {
      const known = new Set((await this.settings.dictionary(today, 'domains')).map(({ code }) => code));
      const detail = 'There is no such domain. Take a code of GET /dictionaries/domains.';
      for (const [i, domain] of given.domains.entries())
        if (!known.has(domain)) errors.push({ pointer: `/domains/${i}`, code: 'DOMAIN_UNKNOWN', detail });
    }
    return errors;
  }
}

/** One spelling for what looks the same, as the sheets have it. */
export const personName = (text: string): string => normaliseText(text).value;

export function todayOf(now: number): string {
  const today = legalDateOf(now);
  if (today === null) throw new Error('the clock gives no date');
  return today;
}

function nameErrors(name: string): InputError[] {
  const { value, faults } = normaliseText(name);
  if (value !== '' && faults.length === 0) return [];
  const detail = 'The name holds a character that no card can show. Type it anew.';
  return [{ pointer: '/name', code: faults[0] ?? 'TEXT', detail }];
}

function idNumberErrors({ idNumber, gender }: GivenPerson, today: string): InputError[] {
  if (idNumber === undefined) return [];
  const checked = checkIdNumber(idNumber, today);
  if (!checked.ok) return [{ pointer: '/idNumber', code: checked.code, detail: ID_NUMBER_TEXTS[checked.code] }];
  if (gender === undefined || gender === checked.gender) return [];
  return [{ pointer: '/gender', code: 'ID_MISMATCH', detail: 'The gender does not agree with the ID number.' }];
}
