import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OfficersModule } from '../../../src/officers/index.js';
import { TrainingHours, TrainingModule } from '../../../src/training/index.js';
import { openHouse, type House } from '../../support/house.js';
import { registered } from '../officers/people.js';

jest.setTimeout(60_000);
let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [OfficersModule, TrainingModule] });
});
afterAll(() => house.close());
beforeEach(() => house.clock.set('2026-03-20T02:00:00.000Z'));

interface Plan {
  id: string;
  version: number;
}
interface Class {
  id: string;
  planId: string;
  status: string;
  enrolled: number;
  version: number;
}
interface Outcomes {
  items: { officerId: string; status: string; reasons: { code: string; zh: string }[] }[];
}
interface Refusal {
  code: string;
  state: unknown;
  errors?: { pointer: string; code: string }[];
}
interface List<T> {
  items: T[];
  nextCursor: string | null;
}

const aPlan = (more: Record<string, unknown> = {}) => ({
  year: 2026,
  type: 'PRE_POST',
  title: '岗前培训',
  subject: 'COMMON_LAW',
  hours: 40,
  ...more,
});
const aClass = (more: Record<string, unknown> = {}) => ({
  title: '第一期',
  startsOn: '2026-03-02',
  endsOn: '2026-03-06',
  place: '区委党校',
  hours: 40,
  ...more,
});
const plan = async (more: Record<string, unknown> = {}, who = 'hr') =>
  (await house.as(who).post<Plan>('/training-plans', aPlan(more))).body;
const klass = async (planMore: Record<string, unknown> = {}, more: Record<string, unknown> = {}, who = 'hr') =>
  (await house.as(who).post<Class>(`/training-plans/${(await plan(planMore, who)).id}/classes`, aClass(more))).body;
const enrol = (id: string, officerIds: readonly unknown[], who = 'hr') =>
  house.as(who).post<Outcomes & Refusal>(`/training-classes/${id}/enrolments`, { officerIds });
const attend = (id: string, records: readonly unknown[], who = 'hr') =>
  house.as(who).post<Outcomes & Refusal>(`/training-classes/${id}/attendance`, { records });
const close = (id: string, who = 'hr') => house.as(who).post<Class & Refusal>(`/training-classes/${id}/close`);
const brief = ({ body }: { body: Outcomes }) =>
  body.items.map(({ status, reasons }) => [status, ...reasons.map(({ code }) => code)]);

describe('plans and classes', () => {
  it('are created and read again with their ETag', async () => {
    const made = await house.as('hr').post<Plan>('/training-plans', aPlan({ audience: '新录用人员' }));
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    const read = await house.as('hr').get<Plan>(`/training-plans/${made.body.id}`);
    expect([read.headers.get('etag'), read.body]).toEqual(['"1"', made.body]);
    const training = await house
      .as('hr')
      .post<Class>(`/training-plans/${made.body.id}/classes`, aClass({ capacity: 30 }));
    expect(training).toMatchObject({
      status: 201,
      body: { planId: made.body.id, status: 'OPEN', enrolled: 0, capacity: 30 },
    });
    const again = await house.as('hr').get<Class>(`/training-classes/${training.body.id}`);
    expect([again.status, again.headers.get('etag'), again.body]).toEqual([200, '"1"', training.body]);
    const own = await house.as('hr').get<List<Class>>(`/training-plans/${made.body.id}/classes`);
    expect(own.body).toEqual({ items: [training.body], nextCursor: null });
  });

  it.each<[string, Record<string, unknown>]>([
    ['/domain DOMAIN_REQUIRED', { subject: 'SPECIAL_LAW' }],
    ['/domain DOMAIN_UNKNOWN', { subject: 'SPECIAL_LAW', domain: 'SPACE' }],
    ['/domain DOMAIN_NOT_EXPECTED', { domain: 'FIRE' }],
    ['/hours MIN', { hours: 0 }],
    ['/hours IS_NUMBER', { hours: 1.25 }],
    ['/hours IS_NUMBER', { hours: '40' }],
    ['/year IS_INT', { year: 2026.5 }],
    ['/type IS_IN', { type: 'PARTY' }],
    ['/owner UNKNOWN_FIELD', { owner: 'me' }],
  ])('answer 400 %s', async (fault, more) => {
    const answer = await house.as('hr').post<Refusal>('/training-plans', aPlan(more));
    const faults = (answer.body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
    expect(answer.status).toBe(400);
    expect(faults).toContain(fault);
  });
  it('answer 400 to a class that ends before it begins or has no date', async () => {
    const { id } = await plan();
    for (const more of [{ endsOn: '2026-03-01' }, { startsOn: '2026-02-30' }, { capacity: 0 }, { hours: 1000 }])
      expect((await house.as('hr').post(`/training-plans/${id}/classes`, aClass(more))).status).toBe(400);
  });

  it('stay within the scope: outside is the same 404 as absent', async () => {
    const training = await klass({}, {}, 'hr-2');
    const paths = [`/training-plans/${training.planId}`, `/training-plans/${training.planId}/classes`];
    paths.push(`/training-classes/${training.id}`, `/training-classes/${training.id}/enrolments`);
    for (const path of paths) {
      expect((await house.as('hr').get(path)).status).toBe(200);
      expect((await house.as('hr-1').get<Refusal>(path)).status).toBe(404);
      expect((await house.as('hr').get(path.replace(training.id, 'x').replace(training.planId, 'x'))).status).toBe(404);
      expect((await house.as('auditor').get(path)).status).toBe(403);
    }
    expect((await enrol(training.id, ['00000000-0000-7000-8000-000000000000'], 'hr-1')).status).toBe(404);
    expect(
      (await attend(training.id, [{ officerId: '00000000-0000-7000-8000-000000000000', hours: 1 }], 'hr-1')).status,
    ).toBe(404);
    expect((await close(training.id, 'hr-1')).status).toBe(404);
    expect((await house.as('hr-1').post(`/training-plans/${training.planId}/classes`, aClass())).status).toBe(404);
    const mine = await house.as('hr-2').get<List<Plan>>('/training-plans');
    expect(mine.body.items.map(({ id }) => id)).toEqual([training.planId]);
    expect((await house.as('hr-1').get<List<Plan>>('/training-plans')).body.items).toEqual([]);
    expect((await house.as('hr-1').get<List<Class>>('/training-classes')).body.items).toEqual([]);
  });

  it('a class that the district adds to the plan of a unit belongs to the unit', async () => {
    const own = await plan({}, 'hr-2');
    const added = await house.as('hr').post<Class>(`/training-plans/${own.id}/classes`, aClass());
    expect((await house.as('hr-2').get(`/training-classes/${added.body.id}`)).status).toBe(200);
  });

  it('are listed by year, type, plan and state, page by page', async () => {
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.push((await plan({ year: 2031, type: 'ROTATION' })).id);
    const first = await house.as('hr').get<List<Plan>>('/training-plans?year=2031&type=ROTATION&limit=2');
    const second = await house
      .as('hr')
      .get<List<Plan>>(`/training-plans?year=2031&type=ROTATION&limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(made);
    expect(second.body.nextCursor).toBeNull();
    const open = await klass();
    const shut = (await house.as('hr').post<Class>(`/training-plans/${open.planId}/classes`, aClass())).body;
    await close(shut.id);
    const listed = async (query: string) =>
      (await house.as('hr').get<List<Class>>(`/training-classes?planId=${open.planId}${query}`)).body.items.map(
        ({ id }) => id,
      );
    expect([await listed(''), await listed('&status=OPEN'), await listed('&status=CLOSED')]).toEqual([
      [open.id, shut.id],
      [open.id],
      [shut.id],
    ]);
    for (const bad of ['/training-plans?years=1', '/training-plans?year=x', '/training-classes?status=HALF'])
      expect((await house.as('hr').get(bad)).status).toBe(400);
  });

  it.each(['exam-officer', 'reviewer', 'approver', 'supervisor', 'officer', 'auditor', 'system-admin'])(
    'are not made by %s',
    async (who) => {
      const training = await klass();
      expect((await house.as(who).post('/training-plans', aPlan())).status).toBe(403);
      expect((await house.as(who).post(`/training-classes/${training.id}/close`)).status).toBe(403);
    },
  );
});

describe('enrolment', () => {
  it('answers for each officer by itself, within the seats', async () => {
    const training = await klass({}, { capacity: 2 });
    const [first, second, third] = [await registered(house), await registered(house), await registered(house)];
    const stranger = '00000000-0000-7000-8000-000000000000';
    const answer = await enrol(training.id, [first.id, stranger, second.id, first.id, third.id]);
    expect(answer.status).toBe(200);
    expect(answer.body.items.map(({ officerId }) => officerId)).toEqual([
      first.id,
      stranger,
      second.id,
      first.id,
      third.id,
    ]);
    expect(brief(answer)).toEqual([
      ['ENROLLED'],
      ['REFUSED', 'OFFICER_UNKNOWN'],
      ['ENROLLED'],
      ['ENROLLED'],
      ['REFUSED', 'CLASS_FULL'],
    ]);
    expect(answer.body.items[4]?.reasons[0]?.zh).toContain('名额已满');
    expect(brief(await enrol(training.id, [first.id]))).toEqual([['ENROLLED']]);
    const list = await house
      .as('hr')
      .get<List<{ officerId: string; idNumber: string }>>(`/training-classes/${training.id}/enrolments?limit=1`);
    expect(list.body.items).toMatchObject([
      { officerId: first.id, idNumber: first.idNumber, hoursAttended: null, hoursConfirmed: null },
    ]);
    expect(list.body.nextCursor).not.toBeNull();
    expect((await house.as('hr').get<Class>(`/training-classes/${training.id}`)).body).toMatchObject({
      enrolled: 2,
      version: 2,
    });
  });

  it('refuses who is outside the scope, and who had left before the class', async () => {
    const training = await klass({}, {}, 'hr-2');
    const elsewhere = await registered(house);
    const left = await registered(house, { subjectId: house.otherUnit });
    const leaving = await registered(house, { subjectId: house.otherUnit });
    await house.as('hr').post(`/officers/${left.id}/leave`, { cause: 'RETIRED', effectiveFrom: '2026-03-02' });
    await house.as('hr').post(`/officers/${leaving.id}/leave`, { cause: 'RETIRED', effectiveFrom: '2026-03-03' });
    expect(brief(await enrol(training.id, [elsewhere.id, left.id, leaving.id], 'hr-2'))).toEqual([
      ['REFUSED', 'OFFICER_UNKNOWN'],
      ['REFUSED', 'LEFT_SERVICE'],
      ['ENROLLED'],
    ]);
  });

  it('gives the last seat once', async () => {
    for (let round = 0; round < 5; round++) {
      const training = await klass({}, { capacity: 1 });
      const people = await Promise.all([1, 2, 3].map(() => registered(house)));
      const answers = await Promise.all(people.map(({ id }) => enrol(training.id, [id])));
      expect(answers.flatMap(brief).sort()).toEqual([
        ['ENROLLED'],
        ['REFUSED', 'CLASS_FULL'],
        ['REFUSED', 'CLASS_FULL'],
      ]);
    }
  });

  it('twice at once is enrolled once', async () => {
    const training = await klass();
    const { id } = await registered(house);
    const answers = await Promise.all([1, 2, 3].map(() => enrol(training.id, [id])));
    expect(answers.map(brief)).toEqual([[['ENROLLED']], [['ENROLLED']], [['ENROLLED']]]);
  });

  it.each([[[]], [['a b']], [[1]], [null]])('answers 400 to %j', async (officerIds) => {
    const training = await klass();
    const answer = await house.as('hr').post(`/training-classes/${training.id}/enrolments`, { officerIds });
    expect(answer.status).toBe(400);
  });
});

describe('attendance and closing', () => {
  it('confirms the lesser of planned and attended hours, once', async () => {
    const training = await klass();
    const [full, part, more, absent, other] = await Promise.all([1, 2, 3, 4, 5].map(() => registered(house)));
    const ids = [full, part, more, absent].map((officer) => officer?.id ?? '');
    await enrol(training.id, ids);
    const answer = await attend(training.id, [
      { officerId: ids[0], hours: 40 },
      { officerId: ids[1], hours: 7.5 },
      { officerId: ids[2], hours: 99.5 },
      { officerId: other?.id, hours: 1 },
    ]);
    expect(brief(answer)).toEqual([['RECORDED'], ['RECORDED'], ['RECORDED'], ['REFUSED', 'NOT_ENROLLED']]);
    expect(brief(await attend(training.id, [{ officerId: ids[1], hours: 8 }]))).toEqual([['RECORDED']]);
    const closed = await close(training.id);
    expect(closed).toMatchObject({ status: 200, body: { status: 'CLOSED', closedAt: '2026-03-20T02:00:00.000Z' } });
    const list = await house
      .as('hr')
      .get<List<{ officerId: string; hoursConfirmed: number }>>(`/training-classes/${training.id}/enrolments`);
    const confirmed = new Map(list.body.items.map(({ officerId, hoursConfirmed }) => [officerId, hoursConfirmed]));
    expect(ids.map((id) => confirmed.get(id))).toEqual([40, 8, 40, 0]);
    for (const late of [
      await close(training.id),
      await enrol(training.id, ids),
      await attend(training.id, [{ officerId: ids[0], hours: 1 }]),
    ])
      expect([late.status, late.body.code, late.body.state]).toEqual([409, 'CLASS_CLOSED', 'CLOSED']);
  });

  it('two closings at once confirm once', async () => {
    const training = await klass();
    const answers = await Promise.all([1, 2, 3].map(() => close(training.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('waits until the class is over', async () => {
    const training = await klass({}, { endsOn: '2026-03-21' });
    const early = await close(training.id);
    expect([early.status, early.body.code]).toEqual([422, 'CLASS_NOT_OVER']);
    house.clock.set('2026-03-20T16:00:00.000Z');
    expect((await close(training.id)).status).toBe(200);
  });

  it.each([
    [[{ officerId: '00000000-0000-7000-8000-000000000000', hours: -1 }]],
    [[{ officerId: '00000000-0000-7000-8000-000000000000', hours: '8' }]],
    [[{ officerId: '00000000-0000-7000-8000-000000000000' }]],
    [
      [
        { officerId: '00000000-0000-7000-8000-000000000000', hours: 1 },
        { officerId: '00000000-0000-7000-8000-000000000000', hours: 2 },
      ],
    ],
    [[null]],
    [[]],
  ])('answers 400 to %j', async (records) => {
    expect((await attend((await klass()).id, records)).status).toBe(400);
  });
});

describe('training hours of an officer', () => {
  const trained = async (
    officerId: string,
    planMore: Record<string, unknown>,
    classMore: Record<string, unknown>,
    hours: number,
  ) => {
    const training = await klass(planMore, classMore);
    await enrol(training.id, [officerId]);
    await attend(training.id, [{ officerId, hours }]);
    if ((await close(training.id)).status !== 200) throw new Error('not closed');
    return training.id;
  };
  const hoursOf = (id: string, query = '', who = 'hr') =>
    house
      .as(who)
      .get<Record<string, unknown> & { classes: { classId: string; credited: number }[] }>(
        `/officers/${id}/training-hours${query}`,
      );

  it('count the confirmed classes that ended in the year, by subject and kind', async () => {
    house.clock.set('2026-12-31T02:00:00.000Z');
    const { id } = await registered(house);
    await trained(id, {}, {}, 40);
    await trained(
      id,
      { type: 'THEMATIC', subject: 'SPECIAL_LAW', domain: 'FIRE' },
      { startsOn: '2026-05-06', endsOn: '2026-05-06', hours: 6.5 },
      6.5,
    );
    await trained(
      id,
      { type: 'PRE_POST', subject: 'SPECIAL_LAW', domain: 'WATER' },
      { startsOn: '2025-12-29', endsOn: '2026-01-02', hours: 20 },
      12,
    );
    await trained(id, { year: 2025 }, { startsOn: '2025-12-01', endsOn: '2025-12-31', hours: 8 }, 8);
    const open = await klass({}, { startsOn: '2026-06-01', endsOn: '2026-06-02' });
    await enrol(open.id, [id]);
    await attend(open.id, [{ officerId: id, hours: 10 }]);
    const answer = await hoursOf(id);
    expect(answer.body).toMatchObject({
      officerId: id,
      year: 2026,
      hours: 58.5,
      target: 60,
      remaining: 1.5,
      commonLawHours: 40,
      specialLawHours: 18.5,
      prePostHours: 52,
    });
    expect(answer.body.classes.map(({ credited }) => credited)).toEqual([12, 40, 6.5]);
    expect((await hoursOf(id, '?year=2025')).body).toMatchObject({ year: 2025, hours: 8, remaining: 52 });
    expect((await hoursOf(id, '?year=2024')).body).toMatchObject({ hours: 0, classes: [] });
    const door = house.app.get(TrainingHours);
    const nobody = '00000000-0000-7000-8000-000000000000';
    const late = await door.forIssue([id, nobody], '2026-12-31', 2026);
    expect(late.get(id)).toEqual({
      prePost: { prePostHours: 60, commonLawHours: 48, specialLawHours: { WATER: 12 } },
      hoursOfYear: 58.5,
    });
    expect(late.get(nobody)).toMatchObject({ hoursOfYear: 0, prePost: { prePostHours: 0 } });
    expect((await door.forIssue([id], '2026-01-01', 2025)).get(id)).toEqual({
      prePost: { prePostHours: 8, commonLawHours: 8, specialLawHours: {} },
      hoursOfYear: 8,
    });
  });

  it('count a day no more than its cap, overlapping classes once (BR-31)', async () => {
    const { id } = await registered(house);
    const day = { startsOn: '2026-03-02', endsOn: '2026-03-02', hours: 6 };
    const ids = [await trained(id, {}, day, 6), await trained(id, {}, day, 6)];
    const { body } = await hoursOf(id, '?year=2026');
    expect(body).toMatchObject({ hours: 8, confirmedHours: 12 });
    expect(body.classes.map(({ classId }) => classId).sort()).toEqual([...ids].sort());
  });

  it('are counted by body and listed by who has them together, by the rule and not by the sum', async () => {
    house.clock.set('2026-12-31T02:00:00.000Z');
    const someone = async (...classes: readonly (readonly [string, string, number])[]): Promise<string> => {
      const { id } = await registered(house, { subjectId: house.otherUnit });
      for (const [startsOn, endsOn, hours] of classes) await trained(id, {}, { startsOn, endsOn, hours }, hours);
      return id;
    };
    const reached = await someone(['2026-01-05', '2026-01-12', 60]);
    const nearly = await someone(['2026-01-05', '2026-01-12', 59.5]);
    // 66 hours in five days of 8 hours.
    const crammed = await someone(['2026-02-02', '2026-02-06', 40], ['2026-02-02', '2026-02-06', 26]);
    // Each class by itself is more than its days can hold.
    const long = await someone(['2026-03-02', '2026-03-02', 70]);
    const lastYear = await someone(['2025-01-06', '2025-01-13', 60]);
    interface Line {
      officerId: string;
      hours: number;
      target: number;
      remaining: number;
    }
    const listed = async (query: string, who = 'hr'): Promise<readonly Line[]> =>
      (await house.as(who).get<List<Line>>(`/training-hours?limit=200&subjectId=${house.otherUnit}${query}`)).body
        .items;
    const ids = (lines: readonly Line[]): readonly string[] => lines.map(({ officerId }) => officerId);
    expect(ids(await listed('&reached=true'))).toEqual([reached]);
    expect(ids(await listed('&reached=false'))).toEqual([nearly, crammed, long, lastYear]);
    expect(ids(await listed('&year=2025&reached=true'))).toEqual([lastYear]);
    const all = await listed('');
    expect(all.map(({ hours }) => hours)).toEqual([60, 59.5, 40, 8, 0]);
    for (const { officerId, hours, remaining } of all)
      expect((await hoursOf(officerId)).body).toMatchObject({ hours, remaining, target: 60 });
    const units = async (who: string): Promise<readonly unknown[]> =>
      (await house.as(who).get<{ items: { subjectId: string }[] }>('/training-hours/units')).body.items.filter(
        ({ subjectId }) => subjectId === house.otherUnit,
      );
    expect(await units('hr')).toEqual([expect.objectContaining({ officers: 5, reached: 1 })]);
    expect([await units('hr-1'), await listed('', 'hr-1')]).toEqual([[], []]);
    expect((await house.as('auditor').get('/training-hours')).status).toBe(403);
    const pages: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await house
        .as('hr-2')
        .get<List<Line>>(`/training-hours?limit=1&reached=false${cursor && `&cursor=${cursor}`}`);
      expect(body.items).toHaveLength(1);
      pages.push(...ids(body.items));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect(pages).toEqual([nearly, crammed, long, lastYear]);
  });

  it('are shown within the scope, and to the officer', async () => {
    const { id } = await registered(house);
    expect((await hoursOf(id, '', 'hr-1')).status).toBe(200);
    expect((await hoursOf(id, '', 'hr-2')).status).toBe(404);
    expect((await hoursOf(id, '', 'auditor')).status).toBe(403);
    expect((await hoursOf(id, '', 'officer')).status).toBe(404);
    await house.uow.run(() =>
      house.db.execute('UPDATE accounts SET officer_id = ? WHERE username = ?', [id, 'officer']),
    );
    const own = await hoursOf(id, '', 'officer');
    expect(own.status).toBe(200);
    expect((await hoursOf(id, '?year=abc')).status).toBe(400);
  });
});
