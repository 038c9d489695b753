import { Injectable } from '@nestjs/common';
import { likelyDigits } from '../rules/codes/damaged-number.js';
import { Db } from '../infrastructure/database/db.js';
import { normaliseText } from '../infrastructure/files/index.js';
import type { Actor } from '../kernel/actor.js';
import type { DamagedRow, RepairOffer } from '../kernel/import-definition.js';
import { OfficerIdentity } from './officer-identity.js';
import { officerScope } from './officer-scope.js';

interface Namesake {
  readonly id: string;
  readonly name: string;
  readonly id_number_cipher: string;
  readonly unit_name: string;
}

/** People of one name within a scope; of more nobody can say which is meant. */
const MOST = 50;
/** Excel keeps 15 digits of a number. */
const DIGITS_KEPT = 15;

/** Offers the ID number of the one registered person whom a row with a damaged number fits. Nothing is decided here. */
@Injectable()
export class OfficerRepairs {
  constructor(
    private readonly db: Db,
    private readonly identity: OfficerIdentity,
  ) {}

  /** Name and the first 15 digits must agree, with one person of the scope only; where the row names a unit, it must be that one's. */
  async forIdNumber(actor: Actor, { raw, values }: DamagedRow, unitField?: string): Promise<readonly RepairOffer[]> {
    const name = normaliseText(raw['name'] ?? '').value;
    const left = likelyDigits(raw['idNumber'] ?? '');
    if (name === '' || left.length < DIGITS_KEPT) return [];
    const scope = officerScope(actor);
    const rows = await this.db.rows<Namesake>(
      `SELECT o.id, o.name, o.id_number_cipher, s.name AS unit_name FROM officers o JOIN subjects s ON s.id = o.subject_id
       WHERE o.name = ? AND ${scope.sql} ORDER BY o.id LIMIT ?`,
      [name, ...scope.parameters, MOST + 1],
    );
    if (rows.length > MOST) return [];
    const fitting = rows
      .map((row) => ({ ...row, idNumber: this.identity.openIdNumber(row.id, row.id_number_cipher) }))
      .filter((row) => row.name === name && row.idNumber.startsWith(left));
    const unit = unitField === undefined ? '' : normaliseText(raw[unitField] ?? '').value;
    const [person, another] = unit === '' ? fitting : fitting.filter(({ unit_name }) => unit_name === unit);
    if (!person || another || person.idNumber === values['idNumber']) return [];
    const because = ['姓名', '身份证号前 15 位', ...(unit === '' ? [] : ['单位'])];
    return [
      {
        column: 'idNumber',
        value: person.idNumber,
        because,
        person: { name: person.name, unitName: person.unit_name },
      },
    ];
  }
}
