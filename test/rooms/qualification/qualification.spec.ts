import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExamResultsImport } from '../../../src/exams/exam-results.import.js';
import { newId } from '../../../src/kernel/ids.js';
import { Bars, Readiness } from '../../../src/qualification/index.js';
import { insertCard, MODULES } from '../certificates/support.js';
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
  ways: Way[];
}
interface ReadinessBody {
  ready: boolean;
  domains: string[];
  certificateType: string;
  conditions: Condition[];
  notRecorded: Condition[];
}
interface Way {
  kind: string;
  id: string;
  title: string;
  startsOn: string;
  hours: number | null;
  seatsLeft: number | null;
  heldBy: string;
  isEntered: boolean;
  mayOpen: boolean;
  sentence: { zh: string; en: string };
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
  house = await openHouse({ modules: MODULES });
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
    await insertCard(house, officer.id);
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
    for (const query of [
      '?type=OTHER',
      '?certificateType=MINISTRY',
      '?domains=MOON',
      '?domains=lower',
      '?domains=FIRE,MOON',
    ])
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

describe('the shortest way', () => {
  const TODAY = '2027-01-04T02:00:00Z';
  beforeAll(() => house.clock.set(TODAY));
  afterAll(() => house.clock.set(null));

  const plan = async (owner: string, given: Record<string, unknown>): Promise<string> => {
    const who = owner === house.root ? 'hr' : owner === house.unit ? 'hr-1' : 'hr-2';
    const made = await house.as(who).post('/training-plans', {
      year: 2027,
      type: 'PRE_POST',
      title: '岗前培训计划',
      subject: 'COMMON_LAW',
      hours: 40,
      ...given,
    });
    expect(made.status).toBe(201);
    return String(made.body['id']);
  };
  const course = async (owner: string, planId: string, given: Record<string, unknown>): Promise<string> => {
    const who = owner === house.root ? 'hr' : owner === house.unit ? 'hr-1' : 'hr-2';
    const made = await house.as(who).post(`/training-plans/${planId}/classes`, { place: '党校', hours: 20, ...given });
    expect(made.status).toBe(201);
    return String(made.body['id']);
  };
  const enrol = (classId: string, people: readonly Person[]) =>
    house.as('hr').post(`/training-classes/${classId}/enrolments`, { officerIds: people.map(({ id }) => id) });
  const exam = async (title: string, heldOn: string, papers: object[], more: object = {}): Promise<string> => {
    const made = await house.as('exam-officer').post('/exams', { title, heldOn, papers, ...more });
    expect(made.status).toBe(201);
    return String(made.body['id']);
  };
  const waysOf = async (officer: Person, code: string, { query = '', who = 'hr' } = {}): Promise<Way[]> => {
    const found = (await readiness(officer, query, who)).body.conditions.find((one) => one.code === code);
    if (!found) throw new Error(`no condition ${code}`);
    return found.ways;
  };
  const titles = (ways: readonly Way[]): string[] => ways.map(({ title }) => title);

  it('to hours is the nearest open classes of the unit and the bodies above it', async () => {
    const officer = await insertOfficer(house);
    const [root, unit, other] = [house.root, house.unit, house.otherUnit];
    const common = await plan(root, {});
    const special = await plan(root, { subject: 'SPECIAL_LAW', domain: URBAN });
    const fire = await plan(root, { subject: 'SPECIAL_LAW', domain: 'FIRE' });
    const rotation = await plan(root, { type: 'ROTATION' });
    const own = await plan(unit, {});
    const elsewhere = await plan(other, {});
    const days = (day: string) => ({ startsOn: day, endsOn: day });
    await course(root, common, { title: '已过', ...days('2027-01-03') });
    await course(root, common, { title: '四月', ...days('2027-04-06') });
    const march = await course(root, common, { title: '三月', ...days('2027-03-06'), capacity: 1 });
    await course(root, common, { title: '二月', ...days('2027-02-06'), capacity: 30 });
    await course(root, common, { title: '今天', ...days('2027-01-04') });
    await course(root, special, { title: '专业', ...days('2027-01-20') });
    await course(root, fire, { title: '消防', ...days('2027-01-05') });
    await course(root, rotation, { title: '轮训', ...days('2027-01-05') });
    await course(unit, own, { title: '本单位', ...days('2027-01-10') });
    await course(other, elsewhere, { title: '外单位', ...days('2027-01-05') });
    expect((await enrol(march, [await insertOfficer(house)])).status).toBe(200);

    expect(titles(await waysOf(officer, 'TRAINING_COMMON_LAW_MISSING'))).toEqual(['今天', '本单位', '二月']);
    expect(titles(await waysOf(officer, 'TRAINING_SPECIAL_LAW_MISSING'))).toEqual(['专业']);
    const hours = await waysOf(officer, 'TRAINING_HOURS_SHORT');
    expect(titles(hours)).toEqual(['今天', '本单位', '专业']);
    expect((await waysOf(officer, 'TRAINING_COMMON_LAW_MISSING'))[2]).toMatchObject({
      kind: 'TRAINING_CLASS',
      startsOn: '2027-02-06',
      hours: 20,
      seatsLeft: 30,
      heldBy: '中原区人民政府',
      isEntered: false,
      mayOpen: true,
      sentence: {
        zh: '请报名培训班“二月”：2027-02-06 至 2027-02-06，党校，20 学时，剩余名额：30。',
        en: 'Enter for the class “二月”: 2027-02-06 to 2027-02-06, 党校, 20 hours, seats left: 30.',
      },
    });
    // Who sees only the unit can open the unit's own class and no other; nobody is shown a class that is full.
    const asUnit = await waysOf(officer, 'TRAINING_COMMON_LAW_MISSING', { who: 'hr-1' });
    expect(asUnit.map(({ title, mayOpen }) => [title, mayOpen])).toEqual([
      ['今天', false],
      ['本单位', true],
      ['二月', false],
    ]);
    for (const { id, mayOpen } of asUnit) {
      expect((await house.as('hr-1').get(`/training-classes/${id}`)).status).toBe(mayOpen ? 200 : 404);
    }
    // Every class named takes the officer; from then on it is the one that only has to be finished.
    for (const { id } of hours) {
      const entered = await house
        .as('hr')
        .post<{ items: { status: string }[] }>(`/training-classes/${id}/enrolments`, { officerIds: [officer.id] });
      expect(entered.body.items).toMatchObject([{ status: 'ENROLLED' }]);
    }
    const [first] = await waysOf(officer, 'TRAINING_HOURS_SHORT');
    expect(first).toMatchObject({
      title: '今天',
      isEntered: true,
      sentence: { zh: expect.stringContaining('已报名') },
    });
    // The other unit's people are offered their own class and those above.
    const stranger = await insertOfficer(house, { subjectId: house.otherUnit });
    expect(titles(await waysOf(stranger, 'TRAINING_COMMON_LAW_MISSING'))).toEqual(['今天', '外单位', '二月']);
  });

  it('to the hours of last year is a class of that year that waits to be closed, else those of this year', async () => {
    const officer = await insertOfficer(house);
    await insertCard(house, officer.id, { validTo: '2027-03-01' });
    const planId = await plan(house.root, { type: 'ROTATION' });
    const last = await course(house.root, planId, { title: '去年', startsOn: '2026-12-01', endsOn: '2026-12-05' });
    await course(house.root, planId, { title: '去年未报名', startsOn: '2026-12-01', endsOn: '2026-12-05' });
    await course(house.root, planId, { title: '今年', startsOn: '2027-05-01', endsOn: '2027-05-05' });
    await course(house.root, planId, { title: '跨年', startsOn: '2027-12-30', endsOn: '2028-01-02' });
    await enrol(last, [officer]);
    const ways = await waysOf(officer, 'HOURS_SHORT', { query: '?type=RENEW' });
    expect(titles(ways).filter((title) => title !== '轮训')).toEqual(['去年', '今年']);
    expect(ways[0]?.sentence.zh).toContain('结课确认后计入 2026 年度');
    expect(ways.at(-1)?.sentence.zh).toContain('计入 2027 年度，次年起作为上一年度学时');
  });

  it('to a pass is the nearest exams that would register the officer for that paper', async () => {
    const officer = await insertOfficer(house);
    const both = [{ subject: 'COMMON_LAW' }, { subject: 'SPECIAL_LAW', domain: URBAN }];
    await exam('五月', '2027-05-08', both);
    await exam('四月', '2027-04-08', both);
    await exam('三月', '2027-03-08', both);
    await exam('公共', '2027-02-08', [{ subject: 'COMMON_LAW' }]);
    await exam('消防', '2027-02-01', [{ subject: 'SPECIAL_LAW', domain: 'FIRE' }]);
    await exam('已过', '2027-01-03', both);
    // A resit takes only who failed in its round.
    const failed = await insertOfficer(house);
    const round = await examined([[failed, { 公共: '50', 专业: '70' }]], { heldOn: '2026-12-01' });
    await exam('补考', '2027-01-08', [{ subject: 'COMMON_LAW' }], { resitOf: round });
    expect(titles(await waysOf(failed, 'EXAM_COMMON_LAW_NOT_PASSED'))).toEqual(['补考', '公共', '三月']);

    const common = await waysOf(officer, 'EXAM_COMMON_LAW_NOT_PASSED');
    expect(titles(common)).toEqual(['公共', '三月', '四月']);
    expect(titles(await waysOf(officer, 'EXAM_SPECIAL_LAW_NOT_PASSED'))).toEqual(['三月', '四月', '五月']);
    expect(common[0]).toMatchObject({
      kind: 'EXAM',
      startsOn: '2027-02-08',
      isEntered: false,
      mayOpen: true,
      sentence: {
        zh: '请报名考试“公共”：2027-02-08，科目：公共法律知识。',
        en: 'Register for the exam “公共” on 2027-02-08: the common-law paper.',
      },
    });
    for (const { id } of common) {
      const entered = await house
        .as('exam-officer')
        .post<{ items: { status: string }[] }>(`/exams/${id}/registrations`, { officerIds: [officer.id] });
      expect(entered.body.items).toMatchObject([{ status: 'REGISTERED' }]);
    }
    expect(
      (await waysOf(officer, 'EXAM_COMMON_LAW_NOT_PASSED')).map(({ title, isEntered }) => [title, isEntered]),
    ).toEqual([
      ['公共', true],
      ['三月', true],
      ['四月', true],
    ]);
    // Whoever would be refused is shown no exam.
    const barred = await insertOfficer(house, { onEstablishment: false });
    expect(await waysOf(barred, 'EXAM_COMMON_LAW_NOT_PASSED')).toEqual([]);
    // What is met needs no way.
    const lawyer = await insertOfficer(house, { legalQualificationNo: 'A20200000000002' });
    expect(await waysOf(lawyer, 'EXAM_COMMON_LAW_NOT_PASSED')).toEqual([]);
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
