import { OfficerIdentity } from '../../../src/officers/index.js';
import { newId } from '../../../src/kernel/ids.js';
import { idCheckDigit } from '../../../src/rules/codes/id-number.js';
import type { House } from '../../support/house.js';

export interface GivenOfficer {
  readonly name?: string;
  readonly subjectId?: string;
  readonly staffCategory?: string;
  readonly onEstablishment?: boolean;
  readonly birthDate?: string;
  readonly education?: string | null;
  readonly domains?: readonly string[];
  readonly legalQualificationNo?: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly idNumber: string;
}

let sequence = 0;

/** An ID number of somebody born on that day; each call gives another one. */
export function anIdNumber(birthDate = '1990-01-01'): string {
  sequence += 1;
  const first17 = `410102${birthDate.replaceAll('-', '')}${String(sequence % 1000).padStart(3, '0')}`;
  // A thousand people a day is enough for one birthday; the area tells the others apart.
  const area = String(410102 + Math.floor(sequence / 1000));
  const digits = area + first17.slice(6);
  return digits + idCheckDigit(digits);
}

/** Inserts officers by SQL: civil servants of the house's unit, assigned since 2020, with a running assignment. */
export async function insertOfficers(house: House, given: readonly GivenOfficer[]): Promise<Person[]> {
  const identity = house.app.get(OfficerIdentity, { strict: false });
  const since = new Date('2020-01-01T00:00:00Z');
  const people = given.map((one, index) => ({
    one,
    id: newId(),
    name: one.name ?? `考生${index}`,
    idNumber: anIdNumber(one.birthDate),
    subjectId: one.subjectId ?? house.unit,
    staff: {
      staff_category: one.staffCategory ?? 'CIVIL_SERVANT',
      on_establishment: one.onEstablishment ?? true,
    },
  }));
  await house.uow.run(async () => {
    await house.db.insert(
      'officers',
      people.map(({ one, id, name, idNumber, subjectId, staff }) => ({
        id,
        name,
        ...identity.sealIdNumber(id, idNumber),
        gender: 'MALE',
        birth_date: one.birthDate ?? '1990-01-01',
        education: one.education === undefined ? '本科' : one.education,
        post_title: '执法岗',
        domains_json: JSON.stringify(one.domains ?? ['URBAN_MANAGEMENT']),
        ...staff,
        legal_qualification_no: one.legalQualificationNo ?? null,
        subject_id: subjectId,
        created_at: since,
      })),
    );
    await house.db.insert(
      'officer_assignments',
      people.map(({ id, subjectId, staff }) => ({
        id: newId(),
        officer_id: id,
        subject_id: subjectId,
        post_title: '执法岗',
        ...staff,
        effective_from: since,
        recorded_at: since,
      })),
    );
  });
  return people.map(({ id, name, idNumber }) => ({ id, name, idNumber }));
}

export const insertOfficer = async (house: House, given: GivenOfficer = {}): Promise<Person> => {
  const [person] = await insertOfficers(house, [given]);
  if (!person) throw new Error('no officer was inserted');
  return person;
};

/** Holds the row of an exam until told to let go; what was asked meanwhile then goes on all at once. */
export async function holdExam(
  house: House,
  examId: string,
  inside: () => Promise<unknown> = async () => undefined,
): Promise<() => Promise<void>> {
  let letGo = (): void => undefined;
  const told = new Promise<void>((resolve) => (letGo = resolve));
  let unit: Promise<void> = Promise.resolve();
  await new Promise<void>((held, failed) => {
    unit = house.uow.run(async () => {
      await house.db.row('SELECT id FROM exams WHERE id = ? FOR UPDATE', [examId]);
      await inside();
      held();
      await told;
    });
    unit.catch(failed);
  });
  return async () => {
    // Long enough for those who do not ask for the row to have gone past it.
    await new Promise((resolve) => setTimeout(resolve, 400));
    letGo();
    await unit;
  };
}
