import { randomBytes } from 'node:crypto';
import { Module, type Type } from '@nestjs/common';
import { PublicCodes } from '../../../src/infrastructure/crypto/public-codes.js';
import { HandlesTopic } from '../../../src/infrastructure/discovery/marks.js';
import { newId } from '../../../src/kernel/ids.js';
import type { IssuanceSettings } from '../../../src/rules/issuance.rules.js';
import { CertificatesModule } from '../../../src/certificates/index.js';
import { Readiness, type ReadinessFacts, type ReadinessQuestion } from '../../../src/qualification/index.js';
import { openHouse, type House } from '../../support/house.js';

/** Everybody is fit for everything, unless a test says otherwise. */
export class GivenFacts {
  readonly exceptions = new Map<string, Partial<ReadinessFacts>>();

  async of(
    officerIds: readonly string[],
    { domains = [], subjectId = '', instant }: ReadinessQuestion,
  ): Promise<ReadonlyMap<string, ReadinessFacts>> {
    const today = new Date(instant).toISOString().slice(0, 10);
    return new Map(
      officerIds.map((id) => [
        id,
        {
          officerId: id,
          officerName: '张三',
          at: instant,
          unitId: subjectId,
          isAssigned: true,
          domains,
          staffCategory: 'CIVIL_SERVANT',
          onEstablishment: true,
          establishmentConfirmedOn: null,
          leftFrom: null,
          offPost: [],
          birthDate: '1990-01-01',
          isFit: null,
          education: '大学',
          passedLastAppraisal: null,
          bars: [],
          unit: { name: '城市管理局', kind: 'ADMIN_ORGAN', isConfirmed: true, hasEffectiveDelegation: false },
          training: {
            prePostHours: 60,
            commonLawHours: 30,
            specialLawHours: Object.fromEntries(domains.map((domain) => [domain, 30])),
          },
          passes: [
            { subject: 'COMMON_LAW', domain: null, passedOn: today },
            ...domains.map((domain) => ({ subject: 'SPECIAL_LAW' as const, domain, passedOn: today })),
          ],
          hasLegalQualification: false,
          hoursLastYear: 60,
          hasPhoto: null,
          hasUnitOpinion: null,
          hasVoidNotice: null,
          ...this.exceptions.get(id),
        } satisfies ReadinessFacts,
      ]),
    );
  }

  async settings(): Promise<IssuanceSettings> {
    return {
      minEducation: '高中',
      bars: 'allOn',
      establishmentConfirmMonths: 12,
      passValidYears: 5,
      exemptCommon: true,
      renewalTest: true,
      renewBeforeDays: 180,
      annualHours: 60,
      prePostHours: 40,
      allowBoth: false,
    };
  }
}

@HandlesTopic('import.advance')
class NoImports {
  async handle(): Promise<void> {}
}

@Module({ providers: [NoImports] })
class NeighboursModule {}

export const MODULES: readonly Type[] = [NeighboursModule, CertificatesModule];

const given = new WeakMap<House, GivenFacts>();

/** The facts of readiness of this house; from the first call on they are given here and not by training and exams. */
export function factsOf(house: House): GivenFacts {
  const known = given.get(house);
  if (known) return known;
  const facts = new GivenFacts();
  const readiness = house.app.get(Readiness, { strict: false });
  readiness.of = (ids, question) => facts.of(ids, question);
  readiness.settings = () => facts.settings();
  given.set(house, facts);
  return facts;
}

/** A house in which everybody qualifies, unless a test says otherwise. */
export async function openCertificatesHouse(): Promise<House> {
  const house = await openHouse({ modules: MODULES });
  factsOf(house);
  return house;
}

export const DOMAIN = 'URBAN_MANAGEMENT';
const SINCE = new Date('2020-01-01T00:00:00Z');

export interface OfficerOptions {
  readonly subjectId?: string;
  readonly name?: string;
  readonly idNumberIndex?: string;
}

/** Registers officers by SQL, assigned to the body since 2020. */
export async function insertOfficers(house: House, count: number, options: OfficerOptions = {}): Promise<string[]> {
  const subjectId = options.subjectId ?? house.unit;
  const ids = Array.from({ length: count }, newId);
  await house.uow.run(async () => {
    await house.db.insert(
      'officers',
      ids.map((id, place) => ({
        id,
        name: options.name ?? `张${place + 1}`,
        id_number_cipher: 'none',
        id_number_index: options.idNumberIndex ?? randomBytes(32).toString('hex'),
        id_number_masked: '410***********0012',
        gender: 'MALE',
        birth_date: '1990-01-01',
        education: '大学',
        post_title: '行政执法岗',
        domains_json: JSON.stringify([DOMAIN]),
        staff_category: 'CIVIL_SERVANT',
        on_establishment: true,
        subject_id: subjectId,
        created_at: SINCE,
      })),
    );
    await house.db.insert(
      'officer_assignments',
      ids.map((id) => ({
        id: newId(),
        officer_id: id,
        subject_id: subjectId,
        post_title: '行政执法岗',
        staff_category: 'CIVIL_SERVANT',
        on_establishment: true,
        effective_from: SINCE,
        recorded_at: SINCE,
      })),
    );
  });
  return ids;
}

export async function insertOfficer(house: House, options: OfficerOptions = {}): Promise<string> {
  const [id] = await insertOfficers(house, 1, options);
  if (!id) throw new Error('no officer');
  return id;
}

export interface CardOptions {
  readonly type?: 'ENFORCEMENT' | 'SUPERVISION' | 'MINISTRY';
  readonly subjectId?: string;
  readonly state?: 'RESERVED' | 'VALID' | 'EXPIRED' | 'LOST' | 'REVOKED' | 'CANCELLED' | 'REPLACED';
  readonly number?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly recordedAt?: Date;
  readonly domains?: readonly string[];
  readonly publicCode?: string;
}

let serial = 16_900_000_000 + (process.pid % 1000) * 10_000;
export const nextNumber = (): string => String((serial += 1));

/** A card with the moves that lead to its state. */
export async function insertCard(house: House, officerId: string, options: CardOptions = {}): Promise<string> {
  const id = newId();
  const type = options.type ?? 'ENFORCEMENT';
  const state = options.state ?? 'VALID';
  const number = options.number ?? nextNumber();
  const recordedAt = options.recordedAt ?? new Date('2024-01-01T00:00:00Z');
  await house.uow.run(async () => {
    await house.db.insert('certificate_numbers', {
      type,
      number,
      state: state === 'RESERVED' ? 'RESERVED' : 'ISSUED',
      origin: 'LEGACY',
      certificate_id: id,
      recorded_at: recordedAt,
    });
    await house.db.insert('certificates', {
      id,
      type,
      number,
      officer_id: officerId,
      subject_id: options.subjectId ?? house.unit,
      holder_name: '张三',
      subject_name: '城市管理局',
      domains_json: JSON.stringify(options.domains ?? [DOMAIN]),
      valid_from: options.validFrom ?? '2024-01-01',
      valid_to: options.validTo ?? (state === 'EXPIRED' ? '2025-12-31' : '2030-12-31'),
      origin: 'LEGACY',
      public_code: options.publicCode ?? house.app.get(PublicCodes).create(),
      content_json: '{}',
      content_hash: '0'.repeat(64),
      rules_version: 'test',
      recorded_at: recordedAt,
    });
    await house.db.insert('certificate_states', {
      certificate_id: id,
      status: state,
      live_slot: state === 'VALID' ? `${officerId}:${type}` : null,
    });
    const path = PATHS[state];
    await house.db.insert(
      'certificate_moves',
      path.map(([command, after]) => ({
        id: newId(),
        certificate_id: id,
        command,
        state_after: after,
        effective_from: recordedAt,
        recorded_at: recordedAt,
      })),
    );
  });
  return id;
}

const ISSUED = [
  ['reserve', 'RESERVED'],
  ['activate', 'VALID'],
] as const;
const PATHS = {
  RESERVED: [ISSUED[0]],
  VALID: ISSUED,
  EXPIRED: [...ISSUED, ['expire', 'EXPIRED']],
  LOST: [...ISSUED, ['reportLoss', 'LOST']],
  REVOKED: [...ISSUED, ['revoke', 'REVOKED']],
  CANCELLED: [...ISSUED, ['cancel', 'CANCELLED']],
  REPLACED: [...ISSUED, ['replace', 'REPLACED']],
} as const;

/** Puts a setting in force for all time. */
export async function setSetting(house: House, key: string, value: unknown): Promise<void> {
  await house.uow.run(() =>
    house.db.execute('UPDATE settings SET value_json = ? WHERE setting_key = ?', [JSON.stringify(value), key]),
  );
}

/** Numbers are made here: 16 and nine digits. */
export async function allocateHere(house: House, width = 9): Promise<void> {
  await setSetting(house, 'cert.numberMode', 'ALLOCATED');
  await setSetting(house, 'cert.numberScheme', [
    { kind: 'CONST', value: '16'.padEnd(11 - width, '0') },
    { kind: 'SERIAL', width, start: 1 },
  ]);
}

interface Submitted {
  readonly items: { officerId: string; status: string; applicationId?: string; reasons: { code: string }[] }[];
}
interface Decided {
  readonly items: { applicationId: string; status: string; reasons: { code: string }[] }[];
}
export interface BatchAnswer extends Record<string, unknown> {
  readonly id: string;
  readonly status: string;
  readonly counts: Record<string, number>;
  readonly items: {
    applicationId: string;
    certificateId?: string;
    certificateNo?: string;
    status: string;
    reasons: { code: string }[];
  }[];
}

export const submit = (house: House, officerIds: readonly string[], more: Record<string, unknown> = {}) =>
  house.as('hr').post<Submitted>('/certificate-applications', {
    type: 'FIRST',
    certificateType: 'ENFORCEMENT',
    subjectId: house.unit,
    domains: [DOMAIN],
    officerIds,
    ...more,
  });

export const decide = (
  house: House,
  who: string,
  applicationIds: readonly string[],
  decision = 'APPROVE',
  opinion = '同意',
) => house.as(who).post<Decided>('/certificate-applications/decide', { applicationIds, decision, opinion });

/** Applications that have passed both steps. */
export async function approved(
  house: House,
  officerIds: readonly string[],
  more: Record<string, unknown> = {},
): Promise<string[]> {
  const submitted = await submit(house, officerIds, more);
  const ids = submitted.body.items.map(({ applicationId, reasons }) => {
    if (!applicationId) throw new Error(`refused: ${reasons.map(({ code }) => code).join(', ')}`);
    return applicationId;
  });
  await decide(house, 'reviewer', ids);
  await decide(house, 'approver', ids);
  return ids;
}

export const openBatch = (house: House, applicationIds: readonly string[], more: Record<string, unknown> = {}) =>
  house.as('approver').post<BatchAnswer>('/certificate-batches', { applicationIds, validFrom: '2026-03-01', ...more });

export const batchOf = async (house: House, id: string): Promise<BatchAnswer> =>
  (await house.as('approver').get<BatchAnswer>(`/certificate-batches/${id}`)).body;

export interface CardAnswer extends Record<string, unknown> {
  readonly id: string;
  readonly state: string;
  readonly status?: string;
  readonly code?: string;
  readonly version: number;
  readonly certificateNo: string;
  readonly commands: string[];
  readonly moves: { command: string; stateAfter: string; effectiveFrom: string; recordedAt: string }[];
  readonly suspensions: {
    id: string;
    effectiveFrom: string;
    effectiveTo: string | null;
    supersededAt: string | null;
  }[];
  readonly previous: { id: string } | null;
  readonly next: { id: string } | null;
}

export const cardOf = async (house: House, id: string): Promise<CardAnswer> =>
  (await house.as('approver').get<CardAnswer>(`/certificates/${id}`)).body;

/** BR-75: the notice without which a lost card is not replaced. */
export async function declareVoid(house: House, certificateId: string, publishedOn = '2026-02-01'): Promise<void> {
  const told = await house
    .as('hr')
    .post(`/certificates/${certificateId}/void-notice`, { medium: '大河报', reference: '2026-1', publishedOn });
  if (told.status !== 200) throw new Error(`no void notice: ${JSON.stringify(told.body)}`);
}
