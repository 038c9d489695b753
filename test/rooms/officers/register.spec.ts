import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OfficersModule } from '../../../src/officers/index.js';
import { openHouse, type House } from '../../support/house.js';
import { anIdNumber, anOfficer, everyText, registered, type Officer } from './people.js';

jest.setTimeout(60_000);
let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [OfficersModule] });
});
afterAll(() => house.close());

interface Refusal {
  code: string;
  officerId?: string;
  status?: unknown;
  errors?: { pointer: string; code: string }[];
  reasons?: { code: string; zh: string }[];
}
const faults = (body: Refusal) => (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

describe('POST /officers', () => {
  it('registers a person with a masked number, an ETag and the first assignment', async () => {
    house.clock.set('2026-03-01T02:00:00.000Z');
    const body = anOfficer(house, { idNumber: '410102199001010012', phone: '13812345678', gender: 'MALE' });
    const answer = await house.as('hr').post<Officer & Record<string, unknown>>('/officers', body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toMatchObject({
      name: '张伟',
      idNumber: '410***********0012',
      gender: 'MALE',
      phone: '138****5678',
      state: 'ON_DUTY',
      staffCategory: 'CIVIL_SERVANT',
      onEstablishment: true,
      subjectId: house.unit,
      domains: ['URBAN_MANAGEMENT'],
      departure: null,
      version: 1,
    });
    expect(answer.body.assignments).toMatchObject([
      {
        subjectId: house.unit,
        effectiveFrom: '2023-12-31T16:00:00.000Z',
        effectiveTo: null,
        recordedAt: '2026-03-01T02:00:00.000Z',
      },
    ]);
    const read = await house.as('hr').get<Officer>(`/officers/${answer.body.id}`);
    expect([read.status, read.headers.get('etag'), read.body]).toEqual([200, '"1"', answer.body]);
  });

  it.each([
    ['LOGISTICS_WORKER'],
    ['CONTRACT'],
    ['TEMPORARY'],
    ['DISPATCHED_LABOUR'],
    ['SECONDED'],
    ['PUBLIC_WELFARE_POST'],
    ['REHIRED'],
  ])('registers %s, who may never hold a certificate', async (staffCategory) => {
    expect((await registered(house, { staffCategory })).state).toBe('ON_DUTY');
  });

  it('refuses auxiliary personnel with the sentence of the rule', async () => {
    const answer = await house.as('hr').post<Refusal>('/officers', anOfficer(house, { staffCategory: 'AUXILIARY' }));
    expect([answer.status, answer.body.code]).toEqual([422, 'AUXILIARY_NOT_AN_OFFICER']);
    expect(answer.body.reasons?.[0]).toMatchObject({ code: 'AUXILIARY_NOT_AN_OFFICER' });
    expect(answer.body.reasons?.[0]?.zh).toContain('辅助人员');
  });

  it.each([
    ['/idNumber ID_CHECK_DIGIT', { idNumber: '410102199001010013' }],
    ['/idNumber ID_BIRTH_DATE', { idNumber: '410104200202290012' }],
    ['/idNumber ID_MALFORMED', { idNumber: '410102900101001' }],
    ['/idNumber ID_STORED_AS_NUMBER', { idNumber: '4.10102E+17' }],
    ['/gender ID_MISMATCH', { gender: 'FEMALE' }],
    ['/domains/1 DOMAIN_UNKNOWN', { domains: ['FIRE', 'SPACE_TRAVEL'] }],
    ['/name PRIVATE_USE_CHARACTER', { name: '张\ue000' }],
    ['/phone PHONE_MALFORMED', { phone: 'call me' }],
    ['/assignedFrom INSTANT_OR_DATE', { assignedFrom: '2024-02-30' }],
    ['/staffCategory IS_IN', { staffCategory: 'KING' }],
    ['/onEstablishment IS_BOOLEAN', { onEstablishment: 'yes' }],
    ['/birthDate UNKNOWN_FIELD', { birthDate: '1990-01-01' }],
    ['/subjectId ID_FORM', { subjectId: 1 }],
  ])('answers 400 %s', async (fault, more) => {
    const answer = await house.as('hr').post<Refusal>('/officers', anOfficer(house, more));
    expect([answer.status, faults(answer.body)]).toEqual([400, [fault]]);
    if ('idNumber' in more) expect(JSON.stringify(answer.body)).not.toContain(more.idNumber);
  });

  it('takes the unit only from the scope: outside is the same 404 as absent', async () => {
    const outside = await house.as('hr-1').post<Refusal>('/officers', anOfficer(house, { subjectId: house.otherUnit }));
    const absent = await house
      .as('hr-1')
      .post<Refusal>('/officers', anOfficer(house, { subjectId: '00000000-0000-7000-8000-000000000000' }));
    const { traceId: _a, ...first } = outside.body as Refusal & { traceId: string };
    const { traceId: _b, ...second } = absent.body as Refusal & { traceId: string };
    expect([outside.status, absent.status]).toEqual([404, 404]);
    expect(first).toEqual(second);
  });

  it('knows a person once, whatever the spelling; the id is told only within the scope', async () => {
    const idNumber = '110105194912310'.padEnd(17, '0').slice(0, 17);
    void idNumber;
    const body = anOfficer(house, { idNumber: '11010519491231002X', name: '李四' });
    const first = await house.as('hr').post<Officer>('/officers', body);
    expect(first.status).toBe(201);
    const again = { ...body, idNumber: ' １１０１０５１９４９１２３１００２ｘ', name: '王五' };
    const inside = await house.as('hr-1').post<Refusal>('/officers', again);
    expect([inside.status, inside.body.code, inside.body.officerId]).toEqual([409, 'OFFICER_EXISTS', first.body.id]);
    const outside = await house.as('hr-2').post<Refusal>('/officers', { ...again, subjectId: house.otherUnit });
    expect([outside.status, outside.body.code]).toEqual([409, 'OFFICER_EXISTS']);
    expect(JSON.stringify(outside.body)).not.toContain(first.body.id);
    expect(JSON.stringify(outside.body)).not.toContain('李四');
  });

  it('answers one of two simultaneous registrations with 201, the other with 409', async () => {
    for (let round = 0; round < 8; round++) {
      const body = anOfficer(house);
      const answers = await Promise.all([1, 2, 3].map(() => house.as('hr').post<Refusal>('/officers', body)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect(answers.filter(({ status }) => status === 409).every(({ body: { officerId } }) => officerId)).toBe(true);
    }
  });

  it.each([
    'exam-officer',
    'reviewer',
    'approver',
    'supervisor',
    'auditor',
    'system-admin',
    'security-admin',
    'officer',
  ])('is not for %s', async (who) => {
    expect((await house.as(who).post('/officers', anOfficer(house))).status).toBe(403);
  });
  it('is not for strangers', async () => {
    expect((await house.anybody('POST', '/officers', anOfficer(house))).status).toBe(401);
  });

  it('replays under an Idempotency-Key', async () => {
    const body = anOfficer(house);
    const headers = { 'idempotency-key': 'register-1' };
    const [first, second] = [
      await house.as('hr').post<Officer>('/officers', body, headers),
      await house.as('hr').post<Officer>('/officers', body, headers),
    ];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
  });
});

describe('GET /officers', () => {
  it('lists by name, certificate number, unit and state, page by page, within the scope', async () => {
    const names = ['欧阳百分%百', '欧阳下划_线', '欧阳普通'];
    const mine: Officer[] = [];
    for (const name of names) mine.push(await registered(house, { name }));
    const other = await registered(house, { name: '欧阳别处', subjectId: house.otherUnit });
    const list = async (who: string, query: string) =>
      house.as(who).get<{ items: Officer[]; nextCursor: string | null }>(`/officers?${query}`);
    const found = await list('hr', `q=${encodeURIComponent('欧阳')}`);
    expect(found.body.items.map(({ id }) => id)).toEqual([...mine, other].map(({ id }) => id));
    expect((await list('hr', `q=${encodeURIComponent('分%百')}`)).body.items).toHaveLength(1);
    expect((await list('hr-2', `q=${encodeURIComponent('欧阳')}`)).body.items.map(({ id }) => id)).toEqual([other.id]);
    const page = await list('hr', `q=${encodeURIComponent('欧阳')}&subjectId=${house.unit}&limit=2`);
    expect(page.body.items).toHaveLength(2);
    const next = await list(
      'hr',
      `q=${encodeURIComponent('欧阳')}&subjectId=${house.unit}&limit=2&cursor=${page.body.nextCursor}`,
    );
    expect([next.body.items.map(({ id }) => id), next.body.nextCursor]).toEqual([[mine[2]?.id], null]);
    await house.as('hr').post(`/officers/${mine[0]?.id}/leave`, { cause: 'RETIRED' });
    await house.as('hr').post(`/officers/${mine[1]?.id}/off-post`, { cause: 'OTHER' });
    for (const [state, expected] of [
      ['LEFT', mine[0]],
      ['OFF_POST', mine[1]],
      ['ON_DUTY', mine[2]],
    ] as const) {
      const inState = await list('hr', `q=${encodeURIComponent('欧阳')}&subjectId=${house.unit}&state=${state}`);
      expect(inState.body.items.map(({ id, state: is }) => [id, is])).toEqual([[expected?.id, state]]);
    }
  });

  it.each(['410102199001010012', '４１０１０２１９９００１０１００１２', '410102 19900101 0012', '41010219900101001x'])(
    'refuses a q that looks like an ID number: %s',
    async (q) => {
      const answer = await house.as('hr').get<Refusal>(`/officers?q=${encodeURIComponent(q)}`);
      expect([answer.status, faults(answer.body)]).toEqual([400, ['/query/q ID_NUMBER_IN_URL']]);
      expect(JSON.stringify(answer.body)).toContain('/officers/search');
      expect(JSON.stringify(answer.body)).not.toContain('19900101');
    },
  );
  it.each(['limit=0', 'limit=201', 'cursor=%20', 'state=GONE', 'idNumber=1', 'subjectId='])(
    'answers 400 to ?%s',
    async (query) => {
      expect((await house.as('hr').get(`/officers?${query}`)).status).toBe(400);
    },
  );

  it('finds by the whole ID number in the body, within the scope only', async () => {
    const idNumber = anIdNumber('FEMALE');
    const officer = await registered(house, { idNumber, subjectId: house.otherUnit });
    const search = (who: string) => house.as(who).post<{ items: Officer[] }>('/officers/search', { idNumber });
    expect((await search('hr')).body.items.map(({ id }) => id)).toEqual([officer.id]);
    expect((await search('hr-2')).body.items).toHaveLength(1);
    expect(await search('hr-1')).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    expect((await house.as('hr').post('/officers/search', { idNumber: '12' })).status).toBe(400);
    expect((await house.as('auditor').post('/officers/search', { idNumber })).status).toBe(403);
  });

  it('answers 404 alike for absent, outside the scope and no id at all', async () => {
    const { id } = await registered(house, { subjectId: house.otherUnit });
    for (const path of [id, '00000000-0000-7000-8000-000000000000', 'x', "'"])
      expect((await house.as('hr-1').get<Refusal>(`/officers/${path}`)).status).toBe(404);
    expect((await house.as('hr-2').get(`/officers/${id}`)).status).toBe(200);
  });

  it('shows an officer the own record and nobody else', async () => {
    const own = await registered(house, { name: '本人' });
    const other = await registered(house);
    await house.uow.run(() =>
      house.db.execute('UPDATE accounts SET officer_id = ? WHERE id = ?', [
        own.id,
        house.as('officer').actor.accountId,
      ]),
    );
    expect((await house.as('officer').get<Officer>(`/officers/${own.id}`)).body.id).toBe(own.id);
    expect((await house.as('officer').get(`/officers/${other.id}`)).status).toBe(404);
    expect((await house.as('officer').get<{ items: Officer[] }>('/officers')).body.items.map(({ id }) => id)).toEqual([
      own.id,
    ]);
  });
});

describe('POST /officers/{id}/reveal-id-number', () => {
  it('shows the number to HR with a reason, leaves the reason and the rate, and never the number', async () => {
    const idNumber = anIdNumber();
    const { id } = await registered(house, { idNumber, phone: '13998765432' });
    const reveal = (who: string, reason: unknown, headers: Record<string, string> = {}) =>
      house.as(who).post<Refusal & { idNumber: string }>(`/officers/${id}/reveal-id-number`, { reason }, headers);
    expect(await reveal('hr', '核对纸质档案')).toMatchObject({ status: 200, body: { idNumber } });
    expect((await reveal('hr', '再次核对', { 'idempotency-key': 'reveal-1' })).body.idNumber).toBe(idNumber);
    expect((await reveal('hr-2', '核对')).status).toBe(404);
    expect((await reveal('approver', '核对')).status).toBe(403);
    expect(faults((await reveal('hr', `核对 ${idNumber}`)).body)).toEqual(['/reason ID_NUMBER_IN_TEXT']);
    expect((await reveal('hr', '')).status).toBe(400);
    const entries = await house.db.rows<{ after_json: string }>(
      "SELECT after_json FROM audit_entries WHERE verb = 'officer.reveal-id-number' AND target_id = ? ORDER BY seq",
      [id],
    );
    expect(entries.map(({ after_json }) => JSON.parse(after_json) as unknown)).toEqual([
      { reason: '核对纸质档案', shownInLastHour: 1 },
      { reason: '再次核对', shownInLastHour: 2 },
    ]);
    const texts = await everyText(house);
    expect(texts).not.toContain(idNumber);
    expect(texts).not.toContain('13998765432');
    expect(texts).toContain(id);
  });
});
