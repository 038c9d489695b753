import { Injectable } from '@nestjs/common';
import { likelyDigits } from '../rules/codes/damaged-number.js';
import { Db } from '../infrastructure/database/db.js';
import type { DamagedRow, RepairOffer } from '../kernel/import-definition.js';
import { OfficerIdentity } from '../officers/index.js';
import { normaliseText } from '../infrastructure/files/index.js';
import type { ExamRow } from './exam.rows.js';

interface Candidate {
  readonly admission_no: string;
  readonly officer_id: string;
  readonly name: string;
  readonly id_number_cipher: string;
  readonly unit_name: string;
}

/** People of one name in one exam; of more nobody can say which is meant. */
const MOST = 50;
/** Excel keeps 15 digits of a number. */
const DIGITS_KEPT = 15;

/** Offers the number of the one candidate of an exam whom the rest of a row fits. */
@Injectable()
export class RepairCandidates {
  constructor(
    private readonly db: Db,
    private readonly identity: OfficerIdentity,
  ) {}

  /** Name and admission number, or name and the digits that are left of the ID number: two things must agree, and one person only. */
  async offers(exam: ExamRow, { raw, values }: DamagedRow): Promise<readonly RepairOffer[]> {
    const name = normaliseText(raw['name'] ?? '').value;
    if (name === '') return [];
    const rows = await this.db.rows<Candidate>(
      `SELECT r.admission_no, r.officer_id, o.name, o.id_number_cipher, u.name AS unit_name
       FROM exam_registrations r JOIN officers o ON o.id = r.officer_id JOIN subjects u ON u.id = o.subject_id
       WHERE r.exam_id = ? AND o.name = ? ORDER BY r.id LIMIT ?`,
      [exam.id, name, MOST + 1],
    );
    if (rows.length === 0 || rows.length > MOST) return [];
    const people = rows
      .filter((row) => row.name === name)
      .map((row) => ({
        ...row,
        idNumber: this.identity.openIdNumber(row.officer_id, row.id_number_cipher),
      }));
    return [...this.forIdNumber(people, raw, values), ...this.forAdmissionNo(people, raw, values)];
  }

  private forIdNumber(
    people: readonly (Candidate & { readonly idNumber: string })[],
    raw: DamagedRow['raw'],
    values: DamagedRow['values'],
  ): RepairOffer[] {
    const admissionNo = normaliseText(raw['admissionNo'] ?? '').value;
    const left = likelyDigits(raw['idNumber'] ?? '');
    const byNumber = people.filter(({ admission_no }) => admission_no === admissionNo);
    const byDigits = people.filter(({ idNumber }) => left.length >= DIGITS_KEPT && idNumber.startsWith(left));
    const [person, another] = byNumber.length > 0 ? byNumber : byDigits;
    if (!person || another || person.idNumber === values['idNumber']) return [];
    // Digits that are left and say something else are another person's: then there is no offer.
    if (!person.idNumber.startsWith(left)) return [];
    const because = [
      '姓名',
      ...(byNumber.length > 0 ? ['准考证号'] : []),
      ...(byDigits.includes(person) ? ['身份证号前 15 位'] : []),
    ];
    return [
      {
        column: 'idNumber',
        value: person.idNumber,
        because,
        person: { name: person.name, unitName: person.unit_name },
      },
    ];
  }

  /** A number that lost its leading zeros, or was mistyped, where ID number and name agree. */
  private forAdmissionNo(
    people: readonly (Candidate & { readonly idNumber: string })[],
    raw: DamagedRow['raw'],
    values: DamagedRow['values'],
  ): RepairOffer[] {
    const given = normaliseText(raw['admissionNo'] ?? '').value;
    if (people.some(({ admission_no }) => admission_no === given)) return [];
    const known = people.filter(({ idNumber }) => idNumber === values['idNumber']);
    const padded = people.filter(
      ({ admission_no }) => given !== '' && admission_no.replace(/^0+/, '') === given.replace(/^0+/, ''),
    );
    const [person, another] = known.length > 0 ? known : padded;
    if (!person || another) return [];
    const because = ['姓名', known.length > 0 ? '身份证号' : '准考证号（补足前面的 0）'];
    return [
      {
        column: 'admissionNo',
        value: person.admission_no,
        because,
        person: { name: person.name, unitName: person.unit_name },
      },
    ];
  }
}
