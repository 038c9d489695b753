import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExamsModule } from '../../../src/exams/index.js';
import { newId } from '../../../src/kernel/ids.js';
import { addDays } from '../../../src/rules/calendar.js';
import { openHouse, type House } from '../../support/house.js';
import { holdExam, insertOfficer, insertOfficers } from './people.js';

interface Exam {
  id: string;
  version: number;
  papers: { id: string; subject: string; domain: string | null; passMark: number }[];
  [more: string]: unknown;
}
interface Outcomes {
  items: { officerId: string; status: string; admissionNo?: string; reasons: { code: string; zh: string }[] }[];
}

const COMMON = { subject: 'COMMON_LAW' };
const URBAN = { subject: 'SPECIAL_LAW', domain: 'URBAN_MANAGEMENT' };
const FARMING = { subject: 'SPECIAL_LAW', domain: 'AGRICULTURE', passMark: 72.5 };

let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [ExamsModule] });
});
afterAll(() => house.close());

const create = async (papers: object[] = [COMMON, URBAN, FARMING], more: object = {}): Promise<Exam> => {
  const { status, body } = await house
    .as('exam-officer')
    .post<Exam>('/exams', { title: '2026年第一批执法资格考试', heldOn: '2026-06-20', papers, ...more });
  expect(status).toBe(201);
  return body;
};
const register = async (exam: Exam, officerIds: string[], who = 'exam-officer'): Promise<Outcomes['items']> => {
  const { status, body } = await house.as(who).post<Outcomes>(`/exams/${exam.id}/registrations`, { officerIds });
  expect(status).toBe(200);
  return body.items;
};
const codes = (item: Outcomes['items'][number] | undefined) => item?.reasons.map(({ code }) => code);

describe('an exam', () => {
  it('is created with its papers; the pass mark is the usual one unless it is given', async () => {
    const { status, body, headers } = await house
      .as('exam-officer')
      .post<Exam>('/exams', { title: '考试', heldOn: '2026-06-20', papers: [COMMON, FARMING] });
    expect(status).toBe(201);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({
      title: '考试',
      heldOn: '2026-06-20',
      status: 'OPEN',
      ownerSubject: { id: house.root },
      commands: ['release'],
      counts: { registered: 0, papers: 0, recorded: 0, missing: 0, passed: 0, absent: 0, void: 0 },
      papers: [
        { subject: 'COMMON_LAW', domain: null, passMark: 60 },
        { subject: 'SPECIAL_LAW', domain: 'AGRICULTURE', passMark: 72.5 },
      ],
    });
    const read = await house.as('hr').get<Exam>(`/exams/${body.id}`);
    expect(read.body).toEqual(body);
    expect(read.headers.get('etag')).toBe('"1"');
  });

  it.each([
    ['no paper', { papers: [] }, '/papers'],
    ['special law without domain', { papers: [{ subject: 'SPECIAL_LAW' }] }, '/papers/0/domain'],
    ['common law with domain', { papers: [{ ...COMMON, domain: 'FIRE' }] }, '/papers/0/domain'],
    ['a domain of no dictionary', { papers: [COMMON, { ...URBAN, domain: 'MOON' }] }, '/papers/1/domain'],
    ['a paper twice', { papers: [COMMON, URBAN, URBAN] }, '/papers/2'],
    ['a pass mark over 100', { papers: [{ ...COMMON, passMark: 100.1 }] }, '/papers/0/passMark'],
    ['a pass mark of two decimals', { papers: [{ ...COMMON, passMark: 60.25 }] }, '/papers/0/passMark'],
    ['a pass mark as text', { papers: [{ ...COMMON, passMark: '60' }] }, '/papers/0/passMark'],
    ['a day that does not exist', { heldOn: '2026-02-30' }, '/heldOn'],
    ['an unknown field', { note: 'x' }, '/note'],
    ['a title of blanks', { title: '  ' }, '/title'],
  ])('is refused with %s', async (_why, change, pointer) => {
    const { status, body } = await house.as('exam-officer').post<{ errors: { pointer: string }[] }>('/exams', {
      title: '考试',
      heldOn: '2026-06-20',
      papers: [COMMON],
      ...change,
    });
    expect(status).toBe(400);
    expect(body.errors.map((error) => error.pointer)).toContain(pointer);
  });

  it('is created by exam officers only, read by every business role, and invisible outside the scope', async () => {
    const exam = await create();
    for (const who of ['hr', 'reviewer', 'approver', 'supervisor', 'auditor', 'system-admin', 'officer'])
      expect((await house.as(who).post('/exams', {})).status).toBe(403);
    for (const who of ['hr', 'reviewer', 'approver', 'supervisor'])
      expect((await house.as(who).get(`/exams/${exam.id}`)).status).toBe(200);
    for (const who of ['auditor', 'officer']) expect((await house.as(who).get(`/exams/${exam.id}`)).status).toBe(403);
    expect((await house.anybody('GET', `/exams/${exam.id}`)).status).toBe(401);
    const outside = await house.as('hr-2').get(`/exams/${exam.id}`);
    const absent = await house.as('hr-2').get(`/exams/${newId()}`);
    expect(outside.status).toBe(404);
    expect({ ...outside.body, instance: '', traceId: '' }).toEqual({ ...absent.body, instance: '', traceId: '' });
    for (const path of ['registrations', 'results'])
      expect((await house.as('hr-2').get(`/exams/${exam.id}/${path}`)).status).toBe(404);
  });

  it('is listed page by page; an unknown parameter is refused', async () => {
    for (let n = 0; n < 3; n += 1) await create();
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await house
        .as('hr')
        .get<{ items: Exam[]; nextCursor: string | null }>(`/exams?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ id }) => id));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual([...seen].sort());
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect((await house.as('hr').get('/exams?colour=red')).status).toBe(400);
    expect((await house.as('hr').get('/exams?status=NEVER')).status).toBe(400);
    expect((await house.as('hr').get<{ items: Exam[] }>('/exams?status=RELEASED')).body.items).toEqual([]);
    const listed = async (query: string): Promise<readonly string[]> =>
      (await house.as('hr').get<{ items: Exam[] }>(`/exams?limit=200&${query}`)).body.items.map(({ id }) => id);
    const heldOn = '2026-06-21';
    await create(undefined, { heldOn });
    const [until, after] = [await listed(`heldTo=${heldOn}`), await listed(`heldFrom=${addDays(heldOn, 1)}`)];
    expect(until.length).toBeGreaterThan(0);
    expect([...until, ...after].sort()).toEqual([...(await listed(''))].sort());
    expect(await listed(`heldFrom=${heldOn}&heldTo=${addDays(heldOn, -1)}`)).toEqual([]);
    expect((await house.as('hr-2').get<{ items: Exam[] }>('/exams')).body.items).toEqual([]);
  });
});

describe('a registration', () => {
  it('gives numbers of 13 digits, unique over all exams, and the papers of the domains that the exam offers', async () => {
    const [first, second] = [await create(), await create()];
    const both = await insertOfficer(house, { domains: ['URBAN_MANAGEMENT', 'AGRICULTURE'] });
    const other = await insertOfficer(house, { domains: ['FIRE'] });
    const items = await register(first, [both.id, other.id]);
    expect(items.map(({ status }) => status)).toEqual(['REGISTERED', 'REGISTERED']);
    for (const { admissionNo } of items) expect(admissionNo).toMatch(/^2026\d{9}$/);
    expect(items[0]?.admissionNo?.slice(7)).toBe('000001');
    expect(items[1]?.admissionNo?.slice(7)).toBe('000002');
    const again = await register(second, [both.id]);
    expect(again[0]?.admissionNo?.slice(7)).toBe('000001');
    expect(again[0]?.admissionNo).not.toBe(items[0]?.admissionNo);

    const { body } = await house
      .as('hr')
      .get<{ items: { officerId: string; idNumber: string; papers: Exam['papers'] }[] }>(
        `/exams/${first.id}/registrations`,
      );
    const papers = (id: string) =>
      body.items.find(({ officerId }) => officerId === id)?.papers.map(({ subject, domain }) => domain ?? subject);
    expect(papers(both.id)).toEqual(['COMMON_LAW', 'AGRICULTURE', 'URBAN_MANAGEMENT']);
    expect(papers(other.id)).toEqual(['COMMON_LAW']);
    expect(body.items[0]?.idNumber).toMatch(/^\d{3}\*{11}\d{3}[\dX]$/);
    expect(JSON.stringify(body)).not.toContain(both.idNumber);
  });

  it('is idempotent: asked again, or twice in one call, the same number comes back', async () => {
    const exam = await create();
    const officer = await insertOfficer(house);
    const [one, two] = await register(exam, [officer.id, officer.id]);
    const [three] = await register(exam, [officer.id]);
    expect(two).toEqual(one);
    expect(three).toEqual(one);
    const { body } = await house.as('hr').get<Exam & { counts: object }>(`/exams/${exam.id}`);
    expect(body.counts).toMatchObject({ registered: 1, papers: 2, missing: 2 });
  });

  it('names every reason of a refusal at once', async () => {
    const exam = await create();
    const officer = await insertOfficer(house, {
      staffCategory: 'CONTRACT',
      onEstablishment: false,
      birthDate: '2012-01-01',
      education: '小学',
    });
    const at = new Date('2024-01-01T00:00:00Z');
    await house.uow.run(async () => {
      const fact = { officer_id: officer.id, effective_from: at, recorded_at: at };
      await house.db.insert('officer_departures', { id: newId(), cause: 'RETIRED', ...fact });
      await house.db.insert('officer_off_post_orders', { id: newId(), cause: 'OTHER', ...fact });
      await house.db.insert('qualification_bars', {
        id: newId(),
        officer_id: officer.id,
        ground: 'SANCTION',
        source_type: 'decision',
        source_id: newId(),
        barred_from: '2024-01-01',
        barred_to: null,
        recorded_at: at,
      });
    });
    const [item] = await register(exam, [officer.id]);
    expect(item?.status).toBe('REFUSED');
    expect(item).not.toHaveProperty('admissionNo');
    expect(codes(item)?.sort()).toEqual([
      'AGE_BELOW_18',
      'BARRED_PERIOD',
      'EDUCATION_TOO_LOW',
      'LEFT_SERVICE',
      'NOT_ON_ESTABLISHMENT',
      'OFF_POST',
      'STAFF_CATEGORY_BARRED',
    ]);
    for (const reason of item?.reasons ?? []) expect(reason.zh).not.toBe('');
  });

  it.each([
    ['LOGISTICS_WORKER', 'STAFF_CATEGORY_BARRED'],
    ['REHIRED', 'STAFF_CATEGORY_BARRED'],
  ])('is refused to %s', async (staffCategory, code) => {
    const officer = await insertOfficer(house, { staffCategory });
    expect(codes((await register(await create(), [officer.id]))[0])).toEqual([code]);
  });

  it('does not hold against anybody what is over, superseded or yet to come', async () => {
    const officer = await insertOfficer(house);
    const old = new Date('2021-01-01T00:00:00Z');
    const ended = new Date('2022-01-01T00:00:00Z');
    const ahead = new Date(Date.now() + 86_400_000 * 400);
    await house.uow.run(async () => {
      const order = { officer_id: officer.id, cause: 'OTHER', effective_from: old, recorded_at: old };
      await house.db.insert('officer_off_post_orders', [
        { id: newId(), ...order, effective_to: ended, superseded_at: null },
        { id: newId(), ...order, effective_to: null, superseded_at: ended },
      ]);
      await house.db.insert('officer_departures', {
        id: newId(),
        officer_id: officer.id,
        cause: 'RETIRED',
        effective_from: ahead,
        recorded_at: old,
      });
    });
    expect((await register(await create(), [officer.id]))[0]?.status).toBe('REGISTERED');
  });

  it('asks for a confirmed body, and for a delegation where the body needs one (BR-20)', async () => {
    const exam = await create();
    const officer = await insertOfficer(house, {
      subjectId: house.otherUnit,
      staffCategory: 'PUBLIC_INSTITUTION',
    });
    expect(codes((await register(exam, [officer.id]))[0])?.sort()).toEqual([
      'NO_EFFECTIVE_DELEGATION',
      'PUBLIC_INSTITUTION_NOT_ENTITLED',
    ]);
    const at = new Date('2024-01-01T00:00:00Z');
    const delegation = newId();
    await house.uow.run(async () => {
      await house.db.insert('delegations', {
        id: delegation,
        delegator_id: house.unit,
        delegatee_id: house.otherUnit,
        jurisdiction_code: '410102',
        authority: '委托处罚',
        document_no: newId(),
        basis_title: '行政处罚法',
        basis_article: '20',
        basis_rank: 'LAW',
        valid_from: '2024-01-01',
        valid_to: '2099-12-31',
        signed_on: '2024-01-01',
        signed_recorded_at: at,
        stage: 'PUBLISHED',
        created_at: at,
      });
    });
    expect(codes((await register(exam, [officer.id]))[0])).toHaveLength(2);
    await house.uow.run(() =>
      house.db.insert(
        'delegation_publications',
        ['DELEGATOR', 'DELEGATEE'].map((side) => ({
          id: newId(),
          delegation_id: delegation,
          side,
          reference: '公告',
          published_on: '2024-01-02',
          recorded_at: at,
        })),
      ),
    );
    expect((await register(exam, [officer.id]))[0]?.status).toBe('REGISTERED');
    const late = await insertOfficer(house, { subjectId: house.otherUnit });
    const suspended = newId();
    await house.uow.run(() =>
      house.db.insert('subject_status_periods', {
        id: suspended,
        subject_id: house.otherUnit,
        status: 'SUSPENDED',
        effective_from: at,
        recorded_at: at,
      }),
    );
    expect(codes((await register(exam, [late.id]))[0])).toEqual(['SUBJECT_NOT_CONFIRMED']);
    await house.uow.run(() => house.db.supersede('subject_status_periods', suspended, Date.now()));
  });

  it('knows no officer outside the scope, and refuses who has no paper', async () => {
    const stranger = newId();
    const [item] = await register(await create(), [stranger]);
    expect(item).toMatchObject({ officerId: stranger, status: 'REFUSED' });
    expect(codes(item)).toEqual(['OFFICER_UNKNOWN']);
    const officer = await insertOfficer(house, { domains: ['FIRE'] });
    expect(codes((await register(await create([URBAN]), [officer.id]))[0])).toEqual(['NO_PAPER_FOR_OFFICER']);
  });

  it('is for exam officers, of exams within the scope, and for readable ids', async () => {
    const exam = await create();
    const officer = await insertOfficer(house);
    const path = `/exams/${exam.id}/registrations`;
    expect((await house.as('hr').post(path, { officerIds: [officer.id] })).status).toBe(403);
    expect((await house.as('approver').post(path, { officerIds: [officer.id] })).status).toBe(403);
    expect(
      (await house.as('exam-officer').post(`/exams/${newId()}/registrations`, { officerIds: [officer.id] })).status,
    ).toBe(404);
    for (const officerIds of [[], ['x y'], [1], 'x', [null], { 0: officer.id }])
      expect([officerIds, (await house.as('exam-officer').post(path, { officerIds })).status]).toEqual([
        officerIds,
        400,
      ]);
  });

  it('of the same people asked for twice at once gives each one number', async () => {
    const exam = await create();
    const people = await insertOfficers(
      house,
      Array.from({ length: 40 }, () => ({})),
    );
    const ids = people.map(({ id }) => id);
    const letGo = await holdExam(house, exam.id);
    const asked = [register(exam, ids), register(exam, [...ids].reverse(), 'exam-officer-2'), register(exam, ids)];
    await letGo();
    const [one = [], two = [], three = []] = await Promise.all(asked);
    const numbers = (items: Outcomes['items']) =>
      new Map(items.map(({ officerId, admissionNo }) => [officerId, admissionNo]));
    for (const other of [two, three]) expect(numbers(other)).toEqual(numbers(one));
    expect(new Set(numbers(one).values()).size).toBe(40);
  });

  it('leaves an entry in the audit trail, without the names', async () => {
    const exam = await create();
    const officer = await insertOfficer(house);
    await register(exam, [officer.id]);
    const entries = await house.db.rows<{ verb: string; after_json: string }>(
      'SELECT verb, after_json FROM audit_entries WHERE target_id = ? ORDER BY seq',
      [exam.id],
    );
    expect(entries.map(({ verb }) => verb)).toEqual(['exam.create', 'exam.register']);
    expect(JSON.parse(entries[1]?.after_json ?? '{}')).toEqual({ asked: 1, registered: 1 });
  });
});
