import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExamResultsImport } from '../../../src/exams/exam-results.import.js';
import { newId } from '../../../src/kernel/ids.js';
import { Bars, QualificationModule, Readiness } from '../../../src/qualification/index.js';
import { insertOfficer, type Person } from '../exams/people.js';
import { openHouse, type House } from '../../support/house.js';

interface Condition {
  code: string;
  met: boolean;
  facts: Record<string, unknown>;
  title: { zh: string; en: string };
  evidence: { zh: string; en: string };
  basis: string;
  howTo: { zh: string; en: string } | null;
}
interface ReadinessBody {
  ready: boolean;
  domains: string[];
  certificateType: string;
  conditions: Condition[];
  notRecorded: Condition[];
}
interface Passes {
  exemptFromCommonLaw: boolean;
  items: { subject: string; domain: string | null; score: number; passedOn: string; validTo: string; valid: boolean }[];
  nextCursor: string | null;
}
interface BarList {
  items: {
    ground: string;
    source: { type: string; id: string };
    barredFrom: string;
    barredTo: string | null;
    running: boolean;
  }[];
}

let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [QualificationModule] });
});
afterAll(() => house.close());

const URBAN = 'URBAN_MANAGEMENT';

/** A class that has taken place, and what of it was confirmed to the officer. */
async function attended(
  officer: Person,
  given: {
    type?: string;
    subject?: string;
    domain?: string | null;
    hours?: number;
    confirmed?: number | null;
    from?: string;
    to?: string;
  },
): Promise<void> {
  const at = new Date('2024-01-01T00:00:00Z');
  const planId = newId();
  const classId = newId();
  const hours = given.hours ?? 20;
  await house.uow.run(async () => {
    await house.db.insert('training_plans', {
      id: planId,
      plan_year: 2024,
      type: given.type ?? 'PRE_POST',
      title: '岗前培训',
      subject: given.subject ?? 'COMMON_LAW',
      domain: given.domain ?? null,
      hours,
      owner_subject_id: house.root,
      created_at: at,
    });
    await house.db.insert('training_classes', {
      id: classId,
      plan_id: planId,
      title: '一班',
      starts_on: given.from ?? '2024-03-04',
      ends_on: given.to ?? '2024-03-08',
      place: '礼堂',
      hours,
      status: 'CLOSED',
      owner_subject_id: house.root,
      created_at: at,
    });
    await house.db.insert('training_enrolments', {
      class_id: classId,
      officer_id: officer.id,
      hours_attended: hours,
      hours_confirmed: given.confirmed === undefined ? hours : given.confirmed,
      enrolled_at: at,
    });
  });
}

/** An exam of that day with results of the officers, released unless told otherwise. */
async function examined(
  people: readonly (readonly [Person, Record<string, string>])[],
  { heldOn = '2025-06-20', released = true } = {},
): Promise<string> {
  const { body } = await house.as('exam-officer').post<{ id: string }>('/exams', {
    title: '执法资格考试',
    heldOn,
    papers: [{ subject: 'COMMON_LAW' }, { subject: 'SPECIAL_LAW', domain: URBAN }],
  });
  const registered = await house
    .as('exam-officer')
    .post<{ items: { admissionNo: string }[] }>(`/exams/${body.id}/registrations`, {
      officerIds: people.map(([{ id }]) => id),
    });
  const rows = people.flatMap(([person, scores], index) =>
    Object.entries(scores).map(([subject, score]) => ({
      admissionNo: registered.body.items[index]?.admissionNo ?? '',
      name: person.name,
      idNumber: person.idNumber,
      subject,
      score,
    })),
  );
  const outcomes = await house.uow.run(() =>
    house.app.get(ExamResultsImport, { strict: false }).apply(
      { actor: house.as('exam-officer').actor, importId: newId(), parameters: { examId: body.id } },
      rows.map((values, index) => ({ rowNumber: index + 2, values })),
    ),
  );
  expect(outcomes.map(({ state }) => state)).toEqual(rows.map(() => 'CREATED'));
  if (released) expect((await house.as('approver').post(`/exams/${body.id}/release`)).status).toBe(200);
  return body.id;
}

const readiness = async (officer: Person, query = '', who = 'hr') =>
  house.as(who).get<ReadinessBody>(`/officers/${officer.id}/readiness${query}`);
const notMet = ({ conditions }: ReadinessBody) => conditions.filter(({ met }) => !met).map(({ code }) => code);
const passesOf = async (officer: Person) => (await house.as('hr').get<Passes>(`/officers/${officer.id}/passes`)).body;
const barsOf = async (officer: Person) =>
  (await house.as('hr').get<BarList>(`/officers/${officer.id}/bars`)).body.items;

describe('readiness', () => {
  it('names every condition: met or not, evidence, rule and the way to meet it', async () => {
    const officer = await insertOfficer(house);
    const { status, body } = await readiness(officer);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ready: false, domains: [URBAN], certificateType: 'ENFORCEMENT' });
    expect(notMet(body).sort()).toEqual([
      'EXAM_COMMON_LAW_NOT_PASSED',
      'EXAM_SPECIAL_LAW_NOT_PASSED',
      'TRAINING_COMMON_LAW_MISSING',
      'TRAINING_HOURS_SHORT',
      'TRAINING_SPECIAL_LAW_MISSING',
    ]);
    for (const condition of body.conditions) {
      expect(condition.title.zh).not.toBe('');
      expect(condition.evidence.zh).not.toBe('');
      expect(condition.basis).not.toBe('');
      expect(condition.howTo === null).toBe(condition.met);
    }
    // Nobody can enter these yet: shown, not blocking.
    expect(body.notRecorded.map(({ code }) => code)).toContain('PHOTO_MISSING');
    expect(body.conditions.map(({ code }) => code)).not.toContain('PHOTO_MISSING');
  });

  it('is complete with 40 hours in both kinds of law and both papers passed', async () => {
    const officer = await insertOfficer(house);
    await attended(officer, { hours: 20 });
    await attended(officer, { subject: 'SPECIAL_LAW', domain: URBAN, hours: 20, from: '2024-04-01', to: '2024-04-05' });
    await examined([[officer, { 公共: '60', 专业: '60' }]]);
    const { body } = await readiness(officer);
    expect(notMet(body)).toEqual([]);
    expect(body.ready).toBe(true);
    const elsewhere = await readiness(officer, '?domains=URBAN_MANAGEMENT,FIRE');
    expect(notMet(elsewhere.body).sort()).toEqual(['EXAM_SPECIAL_LAW_NOT_PASSED', 'TRAINING_SPECIAL_LAW_MISSING']);
    expect((await readiness(officer, '?domains=URBAN_MANAGEMENT&domains=FIRE')).body.domains).toEqual([URBAN, 'FIRE']);
  });

  it('counts confirmed hours of classes before the post only, and no more than a day holds', async () => {
    const officer = await insertOfficer(house);
    await attended(officer, { hours: 40, confirmed: null });
    await attended(officer, { type: 'ROTATION', hours: 40, from: '2024-05-06', to: '2024-05-10' });
    await attended(officer, { subject: 'SPECIAL_LAW', domain: URBAN, hours: 30, from: '2024-06-03', to: '2024-06-03' });
    await attended(officer, { subject: 'SPECIAL_LAW', domain: 'FIRE', hours: 8, from: '2024-06-04', to: '2024-06-04' });
    const facts = (await house.app.get(Readiness).of([officer.id], { instant: Date.now() })).get(officer.id);
    expect(facts?.training).toEqual({
      prePostHours: 16,
      commonLawHours: 0,
      specialLawHours: { URBAN_MANAGEMENT: 8, FIRE: 8 },
    });
    const { body } = await readiness(officer);
    const short = body.conditions.find(({ code }) => code === 'TRAINING_HOURS_SHORT');
    expect(short).toMatchObject({ met: false, facts: { done: 16, required: 40 } });
  });

  it('takes no pass that is not released, failed, too old or yet to come', async () => {
    const officer = await insertOfficer(house);
    await examined([[officer, { 公共: '90', 专业: '59.9' }]], { released: false });
    expect((await passesOf(officer)).items).toEqual([]);
    await examined([[officer, { 公共: '90', 专业: '59.9' }]], { heldOn: '2019-06-20' });
    const { body } = await readiness(officer);
    expect(notMet(body)).toEqual(expect.arrayContaining(['EXAM_PASS_TOO_OLD', 'EXAM_SPECIAL_LAW_NOT_PASSED']));
    expect(notMet(body)).not.toContain('EXAM_COMMON_LAW_NOT_PASSED');
    expect((await passesOf(officer)).items).toMatchObject([
      { subject: 'COMMON_LAW', valid: false, validTo: '2024-06-19' },
    ]);
  });

  it('exempts from common law who holds the legal qualification, never from special law (BR-54)', async () => {
    const officer = await insertOfficer(house, { legalQualificationNo: 'A20200000000001' });
    const codes = notMet((await readiness(officer)).body);
    expect(codes).not.toContain('EXAM_COMMON_LAW_NOT_PASSED');
    expect(codes).toContain('EXAM_SPECIAL_LAW_NOT_PASSED');
    expect((await passesOf(officer)).exemptFromCommonLaw).toBe(true);
  });

  it('says what is wrong with person and unit (BR-17 to BR-20)', async () => {
    const officer = await insertOfficer(house, {
      subjectId: house.otherUnit,
      staffCategory: 'PUBLIC_INSTITUTION',
      onEstablishment: false,
      birthDate: '2015-01-01',
    });
    expect(notMet((await readiness(officer)).body)).toEqual(
      expect.arrayContaining([
        'NOT_ON_ESTABLISHMENT',
        'AGE_BELOW_18',
        'NO_EFFECTIVE_DELEGATION',
        'PUBLIC_INSTITUTION_NOT_ENTITLED',
      ]),
    );
  });

  it('knows a live certificate and an open application', async () => {
    const officer = await insertOfficer(house);
    const certificateId = newId();
    const at = new Date('2024-01-01T00:00:00Z');
    await house.uow.run(async () => {
      await house.db.insert('certificates', {
        id: certificateId,
        type: 'ENFORCEMENT',
        number: '16010100001',
        officer_id: officer.id,
        subject_id: house.unit,
        holder_name: officer.name,
        subject_name: '城市管理局',
        domains_json: JSON.stringify([URBAN]),
        valid_from: '2024-01-01',
        valid_to: '2099-12-31',
        origin: 'LEGACY',
        public_code: 'ABCDEFGHJK',
        content_json: '{}',
        content_hash: '0'.repeat(64),
        rules_version: '1',
        recorded_at: at,
      });
      await house.db.insert('certificate_states', {
        certificate_id: certificateId,
        status: 'VALID',
        live_slot: `${officer.id}:ENFORCEMENT`,
      });
    });
    expect(notMet((await readiness(officer)).body)).toContain('LIVE_CERTIFICATE_EXISTS');
    expect(notMet((await readiness(officer, '?certificateType=SUPERVISION')).body)).toContain(
      'OTHER_TYPE_CERTIFICATE_EXISTS',
    );
  });

  it('is read within the scope, by officers of themselves, and with known parameters only', async () => {
    const officer = await insertOfficer(house);
    for (const part of ['readiness', 'passes', 'bars']) {
      const path = `/officers/${officer.id}/${part}`;
      for (const who of ['hr', 'hr-1', 'reviewer', 'approver', 'supervisor', 'exam-officer'])
        expect((await house.as(who).get(path)).status).toBe(200);
      for (const who of ['auditor', 'system-admin', 'security-admin'])
        expect((await house.as(who).get(path)).status).toBe(403);
      for (const who of ['hr-2', 'officer']) expect((await house.as(who).get(path)).status).toBe(404);
      expect((await house.as('hr').get(`/officers/${newId()}/${part}`)).status).toBe(404);
      expect((await house.as('hr').get(`${path}?colour=red`)).status).toBe(400);
      expect((await house.anybody('GET', path)).status).toBe(401);
    }
    for (const query of ['?certificateType=MINISTRY', '?domains=MOON', '?domains=lower', '?domains=FIRE,MOON'])
      expect((await readiness(officer, query)).status).toBe(400);
    expect(JSON.stringify((await readiness(officer)).body)).not.toContain(officer.idNumber);
  });

  it('of many people at once is the same as one by one', async () => {
    const people = await Promise.all([insertOfficer(house), insertOfficer(house, { domains: ['FIRE'] })]);
    const [first, second] = people;
    await examined([[first, { 公共: '70' }]]);
    const desk = house.app.get(Readiness);
    const instant = Date.now();
    const together = await desk.of([first.id, second.id, newId()], { instant });
    expect([...together.keys()].sort()).toEqual([first.id, second.id].sort());
    for (const { id } of people) expect((await desk.of([id], { instant })).get(id)).toEqual(together.get(id));
    expect(together.get(first.id)?.passes).toEqual([{ subject: 'COMMON_LAW', domain: null, passedOn: '2025-06-20' }]);
  });

  it('judges the unit that applies, and tells who is not assigned there', async () => {
    const officer = await insertOfficer(house);
    const desk = house.app.get(Readiness);
    const own = (await desk.of([officer.id], { instant: Date.now() })).get(officer.id);
    const other = (await desk.of([officer.id], { instant: Date.now(), subjectId: house.otherUnit })).get(officer.id);
    expect(own).toMatchObject({ unitId: house.unit, isAssigned: true, unit: { kind: 'ADMIN_ORGAN' } });
    expect(other).toMatchObject({ unitId: house.otherUnit, isAssigned: false, unit: { kind: 'DELEGATED_ORG' } });
  });
});

describe('passes', () => {
  it('are listed with the last day of their use, page by page', async () => {
    const officer = await insertOfficer(house);
    await examined([[officer, { 公共: '61.5', 专业: '88' }]], { heldOn: '2025-06-20' });
    const { items } = await passesOf(officer);
    expect(items).toHaveLength(2);
    expect(items).toContainEqual(
      expect.objectContaining({
        subject: 'SPECIAL_LAW',
        domain: URBAN,
        score: 88,
        passedOn: '2025-06-20',
        validTo: '2030-06-19',
        valid: true,
      }),
    );
    const page = async (cursor: string | null) =>
      (
        await house
          .as('hr')
          .get<Passes>(`/officers/${officer.id}/passes?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`)
      ).body;
    const first = await page(null);
    const second = await page(first.nextCursor);
    expect([...first.items, ...second.items]).toEqual(items);
    expect(second.nextCursor).toBeNull();
  });
});

describe('a bar', () => {
  it('follows from cheating: from the day of the exam, for as long as the setting says, once', async () => {
    const [cheater, honest] = [await insertOfficer(house), await insertOfficer(house)];
    const examId = await examined(
      [
        [cheater, { 公共: '90', 专业: '作弊' }],
        [honest, { 公共: '90', 专业: '90' }],
      ],
      { heldOn: '2026-06-20' },
    );
    await house.drain();
    expect(await barsOf(cheater)).toEqual([
      expect.objectContaining({
        ground: 'EXAM_CHEATING',
        source: { type: 'exam', id: examId },
        barredFrom: '2026-06-20',
        barredTo: '2027-06-19',
      }),
    ]);
    expect(await barsOf(honest)).toEqual([]);
    expect((await passesOf(cheater)).items).toEqual([]);
    // The same event again, as another message: nothing is barred twice.
    await house.uow.run(() =>
      house.db.insert('outbox', {
        id: newId(),
        topic: 'exam.released',
        payload_json: JSON.stringify({ examId }),
        created_at: new Date(),
      }),
    );
    await house.drain();
    expect(await barsOf(cheater)).toHaveLength(1);

    house.clock.set('2027-06-19T15:59:59.999Z');
    expect(notMet((await readiness(cheater)).body)).toContain('BARRED_PERIOD');
    house.clock.set('2027-06-19T16:00:00.000Z');
    expect(notMet((await readiness(cheater)).body)).not.toContain('BARRED_PERIOD');
    house.clock.set(null);
    const refused = await house.as('exam-officer').post<{ id: string }>('/exams', {
      title: '补考',
      heldOn: '2026-12-20',
      papers: [{ subject: 'COMMON_LAW' }],
    });
    house.clock.set('2026-12-01T00:00:00Z');
    const { body } = await house
      .as('exam-officer')
      .post<{ items: { reasons: { code: string }[] }[] }>(`/exams/${refused.body.id}/registrations`, {
        officerIds: [cheater.id],
      });
    house.clock.set(null);
    expect(body.items[0]?.reasons.map(({ code }) => code)).toEqual(['BARRED_PERIOD']);
  });

  it('is imposed and lifted as facts, each with an entry in the audit trail', async () => {
    const officer = await insertOfficer(house);
    const bars = house.app.get(Bars);
    const source = { type: 'decision', id: newId() };
    const bar = { officerId: officer.id, ground: 'SANCTION', from: '2026-01-01', to: null, source } as const;
    const { actor } = house.as('approver');
    expect(await house.uow.run(() => bars.impose(actor, [bar, bar]))).toBe(1);
    expect(await house.uow.run(() => bars.impose(actor, [bar]))).toBe(0);
    await house.uow.run(() =>
      bars.lift(actor, { officerId: officer.id, source, on: '2026-03-01', reason: '撤销处分' }),
    );
    expect(await barsOf(officer)).toEqual([
      expect.objectContaining({ barredFrom: '2026-01-01', barredTo: '2026-02-28', running: false }),
    ]);
    await expect(
      house.uow.run(() => bars.lift(actor, { officerId: officer.id, source, on: '2026-04-01', reason: 'x' })),
    ).rejects.toMatchObject({ kind: 'conflict', code: 'BAR_ENDED' });
    await house.uow.run(() =>
      bars.lift(actor, { officerId: officer.id, source, on: '2026-01-01', reason: '认定有误' }),
    );
    expect(await barsOf(officer)).toEqual([]);
    await expect(
      house.uow.run(() => bars.lift(actor, { officerId: officer.id, source, on: '2026-01-01', reason: 'x' })),
    ).rejects.toMatchObject({ kind: 'not-found' });
    const rows = await house.db.rows<{ n: number }>(
      'SELECT COUNT(*) AS n FROM qualification_bars WHERE officer_id = ? AND superseded_at IS NOT NULL',
      [officer.id],
    );
    expect(Number(rows[0]?.n)).toBe(2);
    const verbs = await house.db.rows<{ verb: string }>(
      'SELECT verb FROM audit_entries WHERE target_id = ? ORDER BY seq',
      [officer.id],
    );
    expect(verbs.map(({ verb }) => verb)).toEqual(['bar.impose', 'bar.lift', 'bar.lift']);
  });

  it('asked for twice at once is imposed once', async () => {
    const officer = await insertOfficer(house);
    const bars = house.app.get(Bars);
    const source = { type: 'decision', id: newId() };
    const bar = { officerId: officer.id, ground: 'SANCTION', from: '2026-01-01', to: null, source } as const;
    const imposed = await Promise.all(
      Array.from({ length: 6 }, () => house.uow.run(() => bars.impose(house.as('approver').actor, [bar]))),
    );
    expect(imposed.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await barsOf(officer)).toHaveLength(1);
  });
});
