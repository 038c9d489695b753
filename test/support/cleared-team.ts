import { randomBytes } from 'node:crypto';
import { sha256 } from '../../src/infrastructure/crypto/canonical.js';
import type { Db } from '../../src/infrastructure/database/db.js';
import { newId } from '../../src/kernel/ids.js';
import type { House } from './house.js';

export const LONG_AGO = new Date('2021-01-01T00:00:00Z');

export interface TestOfficer {
  readonly id: string;
  readonly certificateId: string;
  readonly certificateNo: string;
  readonly assignmentId: string;
}

export interface Team {
  readonly subjectId: string;
  readonly matterCode: string;
  readonly officers: readonly TestOfficer[];
  /** A check or deployment of the first two officers, next year. */
  question(more?: Record<string, unknown>): Record<string, unknown>;
}

let serial = 0;

/** Inserts an officer with a running assignment and a valid certificate. Call it inside a unit of work. */
export async function insertOfficer(
  db: Db,
  subjectId: string,
  domains: readonly string[] = ['URBAN_MANAGEMENT'],
): Promise<TestOfficer> {
  const [id, certificateId, assignmentId] = [newId(), newId(), newId()];
  const number = `16${String((serial += 1)).padStart(4, '0')}${String(randomBytes(4).readUInt32BE() % 100_000).padStart(5, '0')}`;
  await db.insert('officers', {
    id,
    name: `测试员${serial}`,
    id_number_cipher: 'g1.1.none',
    id_number_index: sha256(id),
    id_number_masked: '410***********0012',
    gender: 'MALE',
    birth_date: '1990-01-01',
    post_title: '执法员',
    domains_json: JSON.stringify(domains),
    staff_category: 'CIVIL_SERVANT',
    on_establishment: 1,
    subject_id: subjectId,
    created_at: LONG_AGO,
  });
  await db.insert('officer_assignments', {
    id: assignmentId,
    officer_id: id,
    subject_id: subjectId,
    post_title: '执法员',
    staff_category: 'CIVIL_SERVANT',
    on_establishment: 1,
    effective_from: LONG_AGO,
    recorded_at: LONG_AGO,
  });
  await insertCertificate(db, { id: certificateId, officerId: id, subjectId, number, domains });
  return { id, certificateId, certificateNo: number, assignmentId };
}

/** Inserts a VALID enforcement certificate, 2021-01-01 to 2029-12-31 unless told otherwise. */
export async function insertCertificate(
  db: Db,
  given: {
    id: string;
    officerId: string;
    subjectId: string;
    number: string;
    domains: readonly string[];
    type?: string;
    validFrom?: string;
    validTo?: string;
    recordedAt?: Date;
  },
): Promise<void> {
  const type = given.type ?? 'ENFORCEMENT';
  const recordedAt = given.recordedAt ?? LONG_AGO;
  await db.insert('certificates', {
    id: given.id,
    type,
    number: given.number,
    officer_id: given.officerId,
    subject_id: given.subjectId,
    holder_name: '测试员',
    subject_name: '测试单位',
    domains_json: JSON.stringify(given.domains),
    valid_from: given.validFrom ?? '2021-01-01',
    valid_to: given.validTo ?? '2029-12-31',
    origin: 'LEGACY',
    public_code: randomBytes(6).toString('hex').toUpperCase(),
    content_json: '{}',
    content_hash: sha256('{}'),
    rules_version: 'test',
    recorded_at: recordedAt,
  });
  await db.insert('certificate_states', {
    certificate_id: given.id,
    status: 'VALID',
    live_slot: `${given.officerId}:${type}`,
  });
  await db.insert('certificate_moves', {
    id: newId(),
    certificate_id: given.id,
    command: 'activate',
    state_after: 'VALID',
    effective_from: recordedAt,
    recorded_at: recordedAt,
  });
}

/** A matter, a power of the unit over it and three cleared officers. */
export async function insertTeam(house: House, actType = 'INSPECTION'): Promise<Team> {
  const matterCode = `M-${(serial += 1)}-${randomBytes(2).toString('hex').toUpperCase()}`;
  return house.uow.run(async () => {
    await house.db.insert('matters', {
      id: newId(),
      code: matterCode,
      name: '占道经营检查',
      act_type: actType,
      domain: 'URBAN_MANAGEMENT',
      created_at: LONG_AGO,
    });
    await house.db.insert('subject_powers', {
      id: newId(),
      subject_id: house.unit,
      matter_code: matterCode,
      jurisdiction_code: '410102',
      basis_title: '河南省城市管理条例',
      basis_article: '第十条',
      basis_rank: 'LOCAL_REGULATION',
      valid_from: '2020-01-01',
      recorded_at: LONG_AGO,
    });
    const officers: TestOfficer[] = [];
    for (let i = 0; i < 3; i++) officers.push(await insertOfficer(house.db, house.unit));
    return {
      subjectId: house.unit,
      matterCode,
      officers,
      question: (more = {}) => ({
        subjectId: house.unit,
        matterCode,
        divisionCode: '410102',
        from: '2027-03-01T08:00:00+08:00',
        to: '2027-03-01T18:00:00+08:00',
        members: officers.slice(0, 2).map(({ id }) => ({ officerId: id })),
        ...more,
      }),
    };
  });
}
