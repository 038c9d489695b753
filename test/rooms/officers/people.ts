import { idCheckDigit } from '../../../src/rules/codes/id-number.js';
import type { House } from '../../support/house.js';

let serial = 0;

/** A valid ID number that no other call gives. The sequence decides the gender. */
export function anIdNumber(gender: 'MALE' | 'FEMALE' = 'MALE', born = '19900101'): string {
  serial += 1;
  const day = String(1 + (Math.floor(serial / 400) % 28)).padStart(2, '0');
  const sequence = String((serial % 400) * 2 + (gender === 'MALE' ? 1 : 2)).padStart(3, '0');
  const first = `410102${born.slice(0, 6)}${day}${sequence}`;
  return first + idCheckDigit(first);
}

export interface OfficerBody {
  readonly [field: string]: unknown;
  readonly idNumber: string;
}

export const anOfficer = (house: House, more: Readonly<Record<string, unknown>> = {}): OfficerBody => ({
  name: '张伟',
  idNumber: anIdNumber(),
  staffCategory: 'CIVIL_SERVANT',
  onEstablishment: true,
  subjectId: house.unit,
  postTitle: '行政执法岗',
  domains: ['URBAN_MANAGEMENT'],
  assignedFrom: '2024-01-01',
  ...more,
});

export interface Officer {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly idNumber: string;
  readonly subjectId: string;
  readonly assignments: readonly {
    id: string;
    subjectId: string;
    staffCategory: string;
    effectiveFrom: string;
    effectiveTo: string | null;
    recordedAt: string;
  }[];
  readonly offPostOrders: readonly { cause: string; effectiveFrom: string; effectiveTo: string | null }[];
  readonly departure: { cause: string; effectiveFrom: string; recordedAt: string } | null;
}

/** Registers somebody over HTTP as the district's HR and gives the record. */
export async function registered(house: House, more: Readonly<Record<string, unknown>> = {}): Promise<Officer> {
  const answer = await house.as('hr').post<Officer>('/officers', anOfficer(house, more));
  if (answer.status !== 201) throw new Error(`not registered: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Every text of every table, for looking for what must not be there. */
export async function everyText(house: House): Promise<string> {
  const columns = await house.db.rows<{ t: string; c: string }>(
    `SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()
     AND data_type IN ('char','varchar','text','mediumtext','longtext','json')`,
  );
  const texts: string[] = [];
  for (const { t, c } of columns) {
    const rows = await house.db.rows<{ v: string | null }>(`SELECT \`${c}\` AS v FROM \`${t}\``);
    texts.push(...rows.map(({ v }) => `${t}.${c}: ${String(v)}`));
  }
  return texts.join('\n');
}
