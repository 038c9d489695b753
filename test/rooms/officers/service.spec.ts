import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { connectionParts } from '../../../src/infrastructure/database/engine.js';
import { OfficersModule } from '../../../src/officers/index.js';
import { openHouse, type House } from '../../support/house.js';
import { registered, type Officer } from './people.js';

jest.setTimeout(60_000);
let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [OfficersModule] });
});
afterAll(() => house.close());
const NOW = '2026-03-10T02:00:00.000Z';
beforeEach(() => {
  house.clock.set(NOW);
  house.announced.changes.length = 0;
});

interface Refusal {
  code: string;
  state: string;
  reasons?: { code: string }[];
}
const post = (id: string, verb: string, body: unknown, who = 'hr') =>
  house.as(who).post<Officer & Refusal>(`/officers/${id}/${verb}`, body);
const told = async (topic: string) =>
  (await house.db.rows<{ payload_json: string }>('SELECT payload_json FROM outbox WHERE topic = ?', [topic])).map(
    ({ payload_json }) => JSON.parse(payload_json) as unknown,
  );
const facts = async (table: string, officerId: string) =>
  house.db.rows<{
    subject_id?: string;
    effective_from: Date;
    effective_to?: Date;
    recorded_at: Date;
    superseded_at: Date | null;
  }>(`SELECT * FROM ${table} WHERE officer_id = ? ORDER BY id`, [officerId]);

describe('transfer', () => {
  it('ends the running assignment and begins the next, keeping what was known before', async () => {
    const officer = await registered(house);
    house.clock.set('2026-03-20T02:00:00.000Z');
    const answer = await post(officer.id, 'transfer', {
      subjectId: house.otherUnit,
      postTitle: '检查岗',
      effectiveFrom: '2026-03-15',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(answer.body).toMatchObject({
      subjectId: house.otherUnit,
      postTitle: '检查岗',
      staffCategory: 'CIVIL_SERVANT',
    });
    expect(answer.body.assignments).toMatchObject([
      { subjectId: house.unit, effectiveFrom: '2023-12-31T16:00:00.000Z', effectiveTo: '2026-03-14T16:00:00.000Z' },
      { subjectId: house.otherUnit, effectiveFrom: '2026-03-14T16:00:00.000Z', effectiveTo: null },
    ]);
    const rows = await facts('officer_assignments', officer.id);
    expect(
      rows.map(({ recorded_at, superseded_at }) => [recorded_at.toISOString(), superseded_at?.toISOString() ?? null]),
    ).toEqual([
      [NOW, '2026-03-20T02:00:00.000Z'],
      ['2026-03-20T02:00:00.000Z', null],
      ['2026-03-20T02:00:00.000Z', null],
    ]);
    expect(house.announced.changes).toEqual([{ whom: { officerIds: [officer.id] }, cause: 'officer.transfer' }]);
    expect(await told('officer.transferred')).toEqual([{ officerId: officer.id }]);
  });

  it('may lie ahead', async () => {
    const { id } = await registered(house);
    const answer = await post(id, 'transfer', {
      subjectId: house.root,
      postTitle: '法制岗',
      effectiveFrom: '2026-05-01T08:00:00+08:00',
    });
    expect(answer.body.assignments.map(({ effectiveTo }) => effectiveTo)).toEqual(['2026-05-01T00:00:00.000Z', null]);
  });

  it('is refused when it lies before the running assignment', async () => {
    const { id } = await registered(house);
    const answer = await post(id, 'transfer', {
      subjectId: house.otherUnit,
      postTitle: '岗',
      effectiveFrom: '2023-12-31',
    });
    expect([answer.status, answer.body.code, answer.body.reasons?.map(({ code }) => code)]).toEqual([
      422,
      'TRANSFER_BEFORE_ASSIGNMENT',
      ['TRANSFER_BEFORE_ASSIGNMENT'],
    ]);
    expect(await facts('officer_assignments', id)).toHaveLength(1);
  });

  it('reaches every unit of the district from a unit, and no other', async () => {
    const { id } = await registered(house);
    expect((await post(id, 'transfer', { subjectId: house.otherUnit, postTitle: '岗' }, 'hr-2')).status).toBe(404);
    const strange = await post(
      id,
      'transfer',
      { subjectId: '00000000-0000-7000-8000-000000000000', postTitle: '岗' },
      'hr-1',
    );
    expect(strange.status).toBe(404);
    expect((await post(id, 'transfer', { subjectId: house.otherUnit, postTitle: '岗' }, 'hr-1')).status).toBe(200);
    expect((await house.as('hr-1').get(`/officers/${id}`)).status).toBe(404);
    expect((await house.as('hr-2').get(`/officers/${id}`)).status).toBe(200);
  });

  it('answers 409 when nothing would change, 422 for an auxiliary category', async () => {
    const { id } = await registered(house);
    const same = await post(id, 'transfer', { subjectId: house.unit, postTitle: '行政执法岗' });
    expect([same.status, same.body.state]).toEqual([409, 'ON_DUTY']);
    const auxiliary = await post(id, 'transfer', {
      subjectId: house.unit,
      postTitle: '岗',
      staffCategory: 'AUXILIARY',
    });
    expect([auxiliary.status, auxiliary.body.code]).toEqual([422, 'AUXILIARY_NOT_AN_OFFICER']);
  });

  it('twice at once runs one after the other, without a deadlock and without a gap', async () => {
    house.clock.set(null);
    for (let round = 0; round < 6; round++) {
      const { id } = await registered(house);
      const answers = await Promise.all(
        ['甲', '乙', '丙', '丁'].map((postTitle) => post(id, 'transfer', { subjectId: house.otherUnit, postTitle })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const current = (await facts('officer_assignments', id)).filter(({ superseded_at }) => superseded_at === null);
      const byTime = current.sort((a, b) => a.effective_from.getTime() - b.effective_from.getTime());
      expect(byTime).toHaveLength(5);
      expect(byTime.filter(({ effective_to }) => !effective_to)).toHaveLength(1);
      expect((await house.as('hr').get<Officer>(`/officers/${id}`)).body.version).toBe(5);
    }
  });
});

describe('leave', () => {
  it('records the departure, leaves the assignment alone and tells', async () => {
    const { id } = await registered(house);
    const answer = await post(id, 'leave', { cause: 'RETIRED', effectiveFrom: '2026-03-01' });
    expect(answer.body).toMatchObject({
      state: 'LEFT',
      departure: { cause: 'RETIRED', effectiveFrom: '2026-02-28T16:00:00.000Z', recordedAt: NOW },
      version: 2,
    });
    expect(answer.body.assignments).toMatchObject([{ effectiveTo: null }]);
    expect(house.announced.changes).toEqual([{ whom: { officerIds: [id] }, cause: 'officer.leave' }]);
    expect(await told('officer.left-service')).toContainEqual({ officerId: id });
  });

  it('answers 409 with the state to every further verb', async () => {
    const { id } = await registered(house);
    await post(id, 'leave', { cause: 'DISMISSED' });
    for (const [verb, body] of [
      ['leave', { cause: 'RETIRED' }],
      ['transfer', { subjectId: house.otherUnit, postTitle: '岗' }],
      ['off-post', { cause: 'OTHER' }],
      ['back-on-post', {}],
    ] as const) {
      const answer = await post(id, verb, body);
      expect([verb, answer.status, answer.body.state]).toEqual([verb, 409, 'LEFT']);
    }
  });

  it('may be recorded ahead, once', async () => {
    const { id } = await registered(house);
    expect((await post(id, 'leave', { cause: 'RETIRED', effectiveFrom: '2026-06-30' })).body.state).toBe('ON_DUTY');
    const again = await post(id, 'leave', { cause: 'RETIRED' });
    expect([again.status, again.body.state]).toEqual([409, 'ON_DUTY']);
    house.clock.set('2026-06-30T00:00:00.000Z');
    expect((await house.as('hr').get<Officer>(`/officers/${id}`)).body.state).toBe('LEFT');
  });

  it('twice at once happens once', async () => {
    const { id } = await registered(house);
    const answers = await Promise.all([1, 2, 3].map(() => post(id, 'leave', { cause: 'RESIGNED' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await facts('officer_departures', id)).toHaveLength(1);
  });

  it.each([{ cause: 'BORED' }, {}, { cause: 'RETIRED', effectiveFrom: 'soon' }, { cause: 'RETIRED', why: 1 }])(
    'answers 400 to %j',
    async (body) => {
      const { id } = await registered(house);
      expect((await post(id, 'leave', body)).status).toBe(400);
    },
  );
});

describe('off-post and back-on-post', () => {
  it('order and return keep both times', async () => {
    const { id } = await registered(house);
    expect((await post(id, 'back-on-post', {})).body).toMatchObject({ code: 'NOT_OFF_POST', state: 'ON_DUTY' });
    const off = await post(id, 'off-post', { cause: 'OFF_POST_TRAINING', document: '离岗〔2026〕1号' });
    expect(off.body).toMatchObject({
      state: 'OFF_POST',
      offPostOrders: [{ cause: 'OFF_POST_TRAINING', effectiveFrom: NOW, effectiveTo: null }],
    });
    const again = await post(id, 'off-post', { cause: 'OTHER' });
    expect([again.status, again.body.state]).toEqual([409, 'OFF_POST']);
    house.clock.set('2026-04-01T00:00:00.000Z');
    const early = await post(id, 'back-on-post', { effectiveFrom: '2026-03-01' });
    expect([early.status, early.body.code]).toEqual([422, 'RETURN_BEFORE_ORDER']);
    const back = await post(id, 'back-on-post', { document: '回岗〔2026〕1号', effectiveFrom: '2026-03-25' });
    expect(back.body).toMatchObject({
      state: 'ON_DUTY',
      offPostOrders: [
        { document: '离岗〔2026〕1号', returnDocument: '回岗〔2026〕1号', effectiveTo: '2026-03-24T16:00:00.000Z' },
      ],
    });
    expect(await facts('officer_off_post_orders', id)).toMatchObject([
      { effective_to: null, superseded_at: new Date('2026-04-01T00:00:00.000Z') },
      { effective_to: new Date('2026-03-24T16:00:00.000Z'), superseded_at: null },
    ]);
    expect(house.announced.changes.map(({ cause }) => cause)).toEqual(['officer.off-post', 'officer.back-on-post']);
  });

  it('a return that lies ahead can be moved', async () => {
    const { id } = await registered(house);
    await post(id, 'off-post', { cause: 'OTHER' });
    expect((await post(id, 'back-on-post', { effectiveFrom: '2026-06-01' })).body.state).toBe('OFF_POST');
    expect((await post(id, 'back-on-post', {})).body.state).toBe('ON_DUTY');
  });
});

describe('PATCH', () => {
  const patch = (id: string, version: number | null, body: unknown, who = 'hr') =>
    house
      .as(who)
      .patch<Officer & Refusal>(`/officers/${id}`, body, version === null ? {} : { 'if-match': `"${version}"` });

  it('asks for the version', async () => {
    const { id } = await registered(house);
    expect((await patch(id, null, { education: '大学' })).status).toBe(428);
    expect((await patch(id, 9, { education: '大学' })).status).toBe(412);
    const done = await patch(id, 1, { education: '大学', phone: '13700001111', name: '张　三' });
    expect([done.status, done.headers.get('etag')]).toEqual([200, '"2"']);
    expect(done.body).toMatchObject({ education: '大学', phone: '137****1111', name: '张三', version: 2 });
    expect((await patch(id, 1, { education: '大专' })).status).toBe(412);
    expect((await patch(id, 2, { phone: null, education: null })).body).toMatchObject({ phone: null, education: null });
    expect(house.announced.changes).toEqual([]);
  });

  it('corrects category and establishment on the running assignment and announces it', async () => {
    const { id } = await registered(house);
    house.clock.set('2026-03-11T00:00:00.000Z');
    const done = await patch(id, 1, { staffCategory: 'CONTRACT', onEstablishment: false });
    expect(done.body.assignments).toMatchObject([
      {
        staffCategory: 'CONTRACT',
        onEstablishment: false,
        effectiveFrom: '2023-12-31T16:00:00.000Z',
        recordedAt: '2026-03-11T00:00:00.000Z',
      },
    ]);
    const rows = await facts('officer_assignments', id);
    expect(rows.map(({ superseded_at }) => superseded_at?.toISOString() ?? null)).toEqual([
      '2026-03-11T00:00:00.000Z',
      null,
    ]);
    expect(house.announced.changes).toEqual([{ whom: { officerIds: [id] }, cause: 'officer.change' }]);
    expect((await patch(id, 2, { staffCategory: 'AUXILIARY' })).status).toBe(422);
  });

  it('changes nothing when all is as given', async () => {
    const { id } = await registered(house, { phone: '13700001111' });
    const same = await patch(id, 1, {
      phone: '13700001111',
      staffCategory: 'CIVIL_SERVANT',
      domains: ['URBAN_MANAGEMENT'],
    });
    expect([same.status, same.body.version, await facts('officer_assignments', id)]).toMatchObject([
      200,
      1,
      { length: 1 },
    ]);
  });

  it('keeps to its fields, its people and its scope', async () => {
    const { id } = await registered(house);
    for (const body of [{ idNumber: '1' }, { name: '' }, { name: null }, { domains: ['NOPE'] }, { gender: 'MALE' }, []])
      expect((await patch(id, 1, body)).status).toBe(400);
    expect((await patch(id, 1, { name: '李四' }, 'hr-2')).status).toBe(404);
    expect((await patch(id, 1, { name: '李四' }, 'reviewer')).status).toBe(403);
  });

  it('of two changes at once one is stale', async () => {
    const { id } = await registered(house);
    const answers = await Promise.all(['甲', '乙', '丙'].map((name) => patch(id, 1, { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});

describe('the lock of an officer', () => {
  it('does not hold the unit', async () => {
    const officer = await registered(house);
    const connection = await createConnection(connectionParts(house.databaseUrl));
    await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await connection.beginTransaction();
    await connection.query('SELECT id FROM subjects WHERE id IN (?) FOR UPDATE', [[house.root, house.unit]]);
    const answer = await post(officer.id, 'off-post', { cause: 'OTHER' }, 'hr-1');
    await connection.rollback();
    await connection.end();
    expect(answer.status).toBe(200);
  });
});

describe('every text that the rooms left behind', () => {
  it('is readable: no undefined, no NaN', async () => {
    const entries = await house.db.rows<{ after_json: string | null }>('SELECT after_json FROM audit_entries');
    for (const { after_json } of entries) expect(after_json ?? '').not.toMatch(/undefined|NaN/);
  });
});
