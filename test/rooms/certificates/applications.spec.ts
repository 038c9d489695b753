import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { type House } from '../../support/house.js';
import {
  decide,
  declareVoid,
  DOMAIN,
  factsOf,
  insertCard,
  insertOfficer,
  insertOfficers,
  openCertificatesHouse,
  submit,
} from './support.js';

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
});
afterAll(() => house?.close());

const codes = (reasons: readonly { code: string }[] | undefined) => (reasons ?? []).map(({ code }) => code);
const only = async (officerId: string, more: Record<string, unknown> = {}) => {
  const answer = await submit(house, [officerId], more);
  expect(answer.status).toBe(200);
  return answer.body.items[0];
};

describe('handing in', () => {
  it('each officer by itself: submitted, or refused with every reason', async () => {
    const [fit, unfit] = await insertOfficers(house, 2);
    const elsewhere = await insertOfficer(house, { subjectId: house.otherUnit });
    factsOf(house).exceptions.set(unfit ?? '', { staffCategory: 'TEMPORARY', onEstablishment: false, passes: [] });
    factsOf(house).exceptions.set(elsewhere, { isAssigned: false });
    const stranger = newId();
    const answer = await submit(house, [fit ?? '', unfit ?? '', elsewhere, stranger]);
    expect(answer.body.items.map(({ officerId, status }) => [officerId, status])).toEqual([
      [fit, 'SUBMITTED'],
      [unfit, 'REFUSED'],
      [elsewhere, 'REFUSED'],
      [stranger, 'REFUSED'],
    ]);
    const [done, barred, notHere, unknown] = answer.body.items;
    expect(done?.reasons).toEqual([]);
    expect(codes(barred?.reasons)).toEqual(
      expect.arrayContaining([
        'STAFF_CATEGORY_BARRED',
        'NOT_ON_ESTABLISHMENT',
        'EXAM_COMMON_LAW_NOT_PASSED',
        'EXAM_SPECIAL_LAW_NOT_PASSED',
      ]),
    );
    expect(codes(notHere?.reasons)).toEqual(['NOT_ASSIGNED_TO_SUBJECT']);
    expect(codes(unknown?.reasons)).toEqual(['OFFICER_UNKNOWN']);
    expect(barred?.reasons[0]).toMatchObject({
      zh: expect.any(String),
      en: expect.any(String),
      basis: expect.any(String),
    });
    expect(barred?.applicationId).toBeUndefined();
  });

  it('one open application per person and type', async () => {
    const officerId = await insertOfficer(house);
    expect((await only(officerId))?.status).toBe('SUBMITTED');
    expect(codes((await only(officerId))?.reasons)).toEqual(['OPEN_APPLICATION_EXISTS']);
    expect((await only(officerId, { certificateType: 'SUPERVISION' }))?.status).toBe('SUBMITTED');
  });

  it('two at once: one is submitted', async () => {
    const officerId = await insertOfficer(house);
    const answers = await Promise.all(Array.from({ length: 5 }, () => submit(house, [officerId])));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.filter(({ body }) => body.items[0]?.status === 'SUBMITTED')).toHaveLength(1);
  });

  it('what each type needs of the card before it', async () => {
    house.clock.set('2026-03-01T08:00:00+08:00');
    try {
      const none = await insertOfficer(house);
      for (const type of ['RENEW', 'EXCHANGE', 'REISSUE']) {
        expect(codes((await only(none, { type }))?.reasons)).toContain('PREVIOUS_CERTIFICATE_MISSING');
      }
      const held = await insertOfficer(house);
      await insertCard(house, held, { validTo: '2028-12-31' });
      expect(codes((await only(held))?.reasons)).toEqual(['LIVE_CERTIFICATE_EXISTS']);
      expect(codes((await only(held, { type: 'RENEW' }))?.reasons)).toEqual(['RENEWAL_TOO_EARLY']);
      expect((await only(held, { type: 'EXCHANGE' }))?.status).toBe('SUBMITTED');
      const ending = await insertOfficer(house);
      const card = await insertCard(house, ending, { validTo: '2026-06-30' });
      const renewed = await only(ending, { type: 'RENEW' });
      expect(renewed?.status).toBe('SUBMITTED');
      const shown = await house.as('hr').get(`/certificate-applications/${renewed?.applicationId ?? ''}`);
      expect(shown.body['previousCertificateId']).toBe(card);
      const lost = await insertOfficer(house);
      const lostCard = await insertCard(house, lost, { state: 'LOST' });
      expect(codes((await only(lost, { type: 'REISSUE' }))?.reasons)).toEqual(['VOID_NOTICE_MISSING']);
      await declareVoid(house, lostCard, '2026-03-01');
      expect((await only(lost, { type: 'REISSUE' }))?.status).toBe('SUBMITTED');
    } finally {
      house.clock.set(null);
    }
  });

  it('bad input, roles and scope', async () => {
    const officerId = await insertOfficer(house);
    for (const more of [
      { type: 'AGAIN' },
      { certificateType: 'MINISTRY' },
      { domains: ['NO_SUCH_DOMAIN'] },
      { domains: DOMAIN },
      { subjectId: ' ' },
      { officerIds: [] },
      { officerIds: [officerId, officerId] },
      { extra: true },
    ]) {
      expect([more, (await submit(house, [officerId], more)).status]).toEqual([more, 400]);
    }
    expect((await submit(house, [officerId], { subjectId: newId() })).status).toBe(404);
    const body = {
      type: 'FIRST',
      certificateType: 'ENFORCEMENT',
      subjectId: house.unit,
      domains: [DOMAIN],
      officerIds: [officerId],
    };
    expect((await house.as('approver').post('/certificate-applications', body)).status).toBe(403);
    expect((await house.as('hr-2').post('/certificate-applications', body)).status).toBe(404);
    expect(codes((await only(officerId, { domains: [] }))?.reasons)).toContain('DOMAINS_MISSING');
  });

  it('a text that is no id of ours is unknown by itself, and is not written down', async () => {
    const typed = '410102199001010012';
    const officerId = await insertOfficer(house);
    const answer = await submit(house, [officerId, typed]);
    expect(answer.body.items.map(({ status }) => status)).toEqual(['SUBMITTED', 'REFUSED']);
    const id = answer.body.items[0]?.applicationId ?? '';
    const decided = await decide(house, 'reviewer', [id, typed]);
    expect(decided.body.items.map(({ status }) => status)).toEqual(['DISTRICT_REVIEWED', 'REFUSED']);
    await decide(house, 'approver', [id]);
    const batch = await house
      .as('approver')
      .post<{ items: { applicationId: string; status: string }[] }>('/certificate-batches', {
        applicationIds: [typed, id],
        validFrom: '2026-03-01',
      });
    expect(batch.body.items).toMatchObject([
      { applicationId: id, status: 'WAITING' },
      { applicationId: 'unknown-1', status: 'REFUSED' },
    ]);
    const written = await house.db.rows(
      `SELECT seq FROM audit_entries WHERE CONCAT_WS(' ', target_id, before_json, after_json, reasons_json) LIKE ?`,
      [`%${typed}%`],
    );
    expect(written).toEqual([]);
  });

  it('the same Idempotency-Key gives the same answer and one application', async () => {
    const officerId = await insertOfficer(house);
    const body = {
      type: 'FIRST',
      certificateType: 'ENFORCEMENT',
      subjectId: house.unit,
      domains: [DOMAIN],
      officerIds: [officerId],
    };
    const send = () => house.as('hr').post('/certificate-applications', body, { 'idempotency-key': `k-${officerId}` });
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect((first.body['items'] as { status: string }[])[0]?.status).toBe('SUBMITTED');
  });
});

describe('the checklist before an application', () => {
  interface Checklist {
    ready: boolean;
    type: string;
    fittingType: string;
    previousCertificate: { id: string; certificateNo: string } | null;
    conditions: { code: string; met: boolean; facts: Record<string, unknown>; howTo: { zh: string } | null }[];
  }
  type Type = 'FIRST' | 'RENEW' | 'EXCHANGE' | 'REISSUE';
  const checklist = async (officerId: string, query: string): Promise<Checklist> => {
    const answer = await house.as('hr').get<Checklist>(`/officers/${officerId}/readiness?${query}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const review = (certificateId: string, standing: 'FAILED' | 'OVERDUE') =>
    house.uow.run(() =>
      house.db.insert('certificate_review_periods', {
        id: newId(),
        certificate_id: certificateId,
        standing,
        effective_from: new Date('2026-01-15T00:00:00Z'),
        recorded_at: new Date('2026-01-15T00:00:00Z'),
      }),
    );
  const suspend = (certificateId: string) =>
    house.as('approver').post(`/certificates/${certificateId}/suspend`, { ground: 'OTHER', document: '停〔2026〕1号' });
  const given = (officerId: string, facts: Parameters<ReturnType<typeof factsOf>['exceptions']['set']>[1]) =>
    factsOf(house).exceptions.set(officerId, facts);
  const [SOON, LATER] = [{ validTo: '2026-08-01' }, { validTo: '2029-08-01' }];

  /** What is there before the application, and the codes that stand against it. */
  const CASES: readonly (readonly [Type, string, (id: string) => Promise<unknown>, readonly string[]])[] = [
    ['FIRST', 'nothing missing', async () => undefined, []],
    ['FIRST', 'a live card', (id) => insertCard(house, id), ['LIVE_CERTIFICATE_EXISTS']],
    ['FIRST', 'a suspended card', async (id) => suspend(await insertCard(house, id)), ['LIVE_CERTIFICATE_EXISTS']],
    ['FIRST', 'a reservation given up', (id) => insertCard(house, id, { state: 'RESERVED' }), []],
    [
      'FIRST',
      'a supervision card',
      (id) => insertCard(house, id, { type: 'SUPERVISION' }),
      ['OTHER_TYPE_CERTIFICATE_EXISTS'],
    ],
    ['FIRST', 'an open application', (id) => only(id), ['OPEN_APPLICATION_EXISTS']],
    ['FIRST', 'another unit', async (id) => given(id, { isAssigned: false }), ['NOT_ASSIGNED_TO_SUBJECT']],
    [
      'FIRST',
      'neither trained nor examined',
      async (id) => given(id, { passes: [], training: { prePostHours: 0, commonLawHours: 0, specialLawHours: {} } }),
      [
        'TRAINING_COMMON_LAW_MISSING',
        'TRAINING_SPECIAL_LAW_MISSING',
        'TRAINING_HOURS_SHORT',
        'EXAM_COMMON_LAW_NOT_PASSED',
        'EXAM_SPECIAL_LAW_NOT_PASSED',
      ],
    ],
    ['RENEW', 'a card in its window', (id) => insertCard(house, id, SOON), []],
    ['RENEW', 'a card before its window', (id) => insertCard(house, id, LATER), ['RENEWAL_TOO_EARLY']],
    ['RENEW', 'an expired card', (id) => insertCard(house, id, { state: 'EXPIRED' }), []],
    [
      'RENEW',
      'a suspended card',
      async (id) => suspend(await insertCard(house, id, SOON)),
      ['PREVIOUS_CERTIFICATE_MISSING', 'RENEWAL_TEST_NOT_PASSED', 'RENEWAL_TEST_NOT_PASSED'],
    ],
    [
      'RENEW',
      'too few hours',
      (id) => (given(id, { hoursLastYear: 12 }), insertCard(house, id, SOON)),
      ['HOURS_SHORT'],
    ],
    [
      'RENEW',
      'no test since',
      (id) => (given(id, { passes: [] }), insertCard(house, id, SOON)),
      ['RENEWAL_TEST_NOT_PASSED', 'RENEWAL_TEST_NOT_PASSED'],
    ],
    [
      'RENEW',
      'a review that is overdue',
      async (id) => review(await insertCard(house, id, SOON), 'OVERDUE'),
      ['ANNUAL_REVIEW_NOT_PASSED'],
    ],
    ['EXCHANGE', 'a card', (id) => insertCard(house, id, LATER), []],
    ['EXCHANGE', 'a cancelled card', (id) => insertCard(house, id, { state: 'CANCELLED' }), []],
    [
      'EXCHANGE',
      'a revoked card',
      (id) => insertCard(house, id, { state: 'REVOKED' }),
      ['PREVIOUS_CERTIFICATE_MISSING'],
    ],
    [
      'EXCHANGE',
      'a failed review',
      async (id) => review(await insertCard(house, id), 'FAILED'),
      ['ANNUAL_REVIEW_NOT_PASSED'],
    ],
    [
      'EXCHANGE',
      'a card of another domain, no pass',
      (id) => (given(id, { passes: [] }), insertCard(house, id, { domains: ['FIRE'] })),
      ['EXAM_SPECIAL_LAW_NOT_PASSED'],
    ],
    [
      'REISSUE',
      'a lost card without void notice',
      (id) => insertCard(house, id, { state: 'LOST' }),
      ['VOID_NOTICE_MISSING'],
    ],
    [
      'REISSUE',
      'a lost card declared void',
      async (id) => declareVoid(house, await insertCard(house, id, { state: 'LOST' })),
      [],
    ],
    [
      'REISSUE',
      'a lost card that had failed its review',
      async (id) => {
        const card = await insertCard(house, id, { state: 'LOST' });
        await declareVoid(house, card);
        await review(card, 'FAILED');
      },
      ['ANNUAL_REVIEW_NOT_PASSED'],
    ],
    [
      'REISSUE',
      'no card lost',
      (id) => insertCard(house, id),
      ['PREVIOUS_CERTIFICATE_MISSING', 'VOID_NOTICE_MISSING', 'LIVE_CERTIFICATE_EXISTS'],
    ],
  ];

  it.each(CASES)('%s, %s: is ready if and only if the application is taken', async (type, _name, arrange, expected) => {
    house.clock.set('2026-03-02T02:00:00Z');
    try {
      const officerId = await insertOfficer(house);
      await arrange(officerId);
      const before = await checklist(officerId, `type=${type}`);
      const open = before.conditions.filter(({ met }) => !met);
      const item = await only(officerId, { type });
      expect(item?.status).toBe(before.ready ? 'SUBMITTED' : 'REFUSED');
      expect(item?.reasons).toMatchObject(open.map(({ code, facts, howTo }) => ({ code, facts, zh: howTo?.zh })));
      expect([codes(open), before.type]).toEqual([expected, type]);
    } finally {
      house.clock.set(null);
    }
  });

  it('names the card before, and the type that fits the cards held', async () => {
    house.clock.set('2026-03-02T02:00:00Z');
    try {
      const officerId = await insertOfficer(house);
      expect(await checklist(officerId, '')).toMatchObject({
        type: 'FIRST',
        fittingType: 'FIRST',
        previousCertificate: null,
      });
      await insertCard(house, officerId, { state: 'EXPIRED', validFrom: '2018-01-01', validTo: '2022-12-31' });
      const card = await insertCard(house, officerId, SOON);
      expect(await checklist(officerId, '')).toMatchObject({
        type: 'FIRST',
        fittingType: 'RENEW',
        previousCertificate: null,
      });
      expect(await checklist(officerId, 'type=RENEW')).toMatchObject({ previousCertificate: { id: card } });
      expect(await checklist(officerId, 'type=REISSUE')).toMatchObject({ previousCertificate: null });
      expect(await checklist(officerId, 'type=RENEW&certificateType=SUPERVISION')).toMatchObject({
        fittingType: 'FIRST',
        previousCertificate: null,
      });
    } finally {
      house.clock.set(null);
    }
  });
});

describe('deciding', () => {
  const fresh = async (): Promise<string> => {
    const item = await only(await insertOfficer(house));
    return item?.applicationId ?? '';
  };
  const state = async (id: string) =>
    (await house.as('reviewer').get(`/certificate-applications/${id}`)).body['state'] as string;

  it('two steps by two people, each with the role of the step', async () => {
    const id = await fresh();
    const early = await decide(house, 'approver', [id]);
    expect(early.body.items).toMatchObject([
      { applicationId: id, status: 'REFUSED', reasons: [{ code: 'STEP_OF_ANOTHER_ROLE' }] },
    ]);
    expect((await decide(house, 'reviewer', [id])).body.items).toEqual([
      { applicationId: id, status: 'DISTRICT_REVIEWED', reasons: [] },
    ]);
    expect(codes((await decide(house, 'reviewer', [id])).body.items[0]?.reasons)).toEqual(['STEP_OF_ANOTHER_ROLE']);
    expect((await decide(house, 'approver', [id])).body.items[0]?.status).toBe('APPROVED');
    expect(codes((await decide(house, 'approver', [id])).body.items[0]?.reasons)).toEqual(['APPLICATION_STATE']);
    const shown = await house.as('approver').get(`/certificate-applications/${id}`);
    expect(
      (shown.body['steps'] as { step: string; actorName: string }[]).map(({ step, actorName }) => [step, actorName]),
    ).toEqual([
      ['SUBMISSION', 'hr'],
      ['DISTRICT_REVIEW', 'reviewer'],
      ['DISTRICT_APPROVAL', 'approver'],
    ]);
    expect(shown.headers.get('etag')).toBe('"3"');
  });

  it('returned and rejected ones are closed, with a reason that says something', async () => {
    const [returned, rejected] = [await fresh(), await fresh()];
    for (const opinion of ['', '  '])
      expect((await decide(house, 'reviewer', [returned], 'RETURN', opinion)).status).toBe(400);
    expect((await decide(house, 'reviewer', [returned], 'RETURN', '缺少照片')).body.items[0]?.status).toBe('RETURNED');
    await decide(house, 'reviewer', [rejected]);
    expect((await decide(house, 'approver', [rejected], 'REJECT', '不符合条件')).body.items[0]?.status).toBe(
      'REJECTED',
    );
    for (const id of [returned, rejected]) {
      expect(codes((await decide(house, 'reviewer', [id])).body.items[0]?.reasons)).toEqual(['APPLICATION_STATE']);
      const slot = await house.db.row<{ open_slot: string | null }>(
        'SELECT open_slot FROM certificate_applications WHERE id = ?',
        [id],
      );
      expect(slot?.open_slot).toBeNull();
    }
  });

  it('nobody acts at two levels of one application, whatever the roles', async () => {
    const grant = (role: string, who: string) =>
      house.uow.run(() => house.db.insert('account_roles', { account_id: house.as(who).actor.accountId, role }));
    const revoke = (role: string, who: string) =>
      house.uow.run(() =>
        house.db.execute('DELETE FROM account_roles WHERE account_id = ? AND role = ?', [
          house.as(who).actor.accountId,
          role,
        ]),
      );
    const own = await fresh();
    await grant('REVIEWER', 'hr');
    await grant('APPROVER', 'reviewer');
    try {
      expect(codes((await decide(house, 'hr', [own])).body.items[0]?.reasons)).toEqual(['SAME_PERSON_TWO_LEVELS']);
      expect((await decide(house, 'reviewer', [own])).body.items[0]?.status).toBe('DISTRICT_REVIEWED');
      const again = await decide(house, 'reviewer', [own]);
      expect(codes(again.body.items[0]?.reasons)).toEqual(['SAME_PERSON_TWO_LEVELS']);
      expect(await state(own)).toBe('DISTRICT_REVIEWED');
    } finally {
      await revoke('REVIEWER', 'hr');
      await revoke('APPROVER', 'reviewer');
    }
  });

  it('many at once, each by itself; two clerks at once do each step once', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, fresh));
    const stranger = newId();
    const [first, second] = await Promise.all([
      decide(house, 'reviewer', [...ids, stranger]),
      decide(house, 'reviewer', [...ids].reverse()),
    ]);
    const done = [...(first?.body.items ?? []), ...(second?.body.items ?? [])].filter(
      ({ status }) => status === 'DISTRICT_REVIEWED',
    );
    expect(done.map(({ applicationId }) => applicationId).sort()).toEqual([...ids].sort());
    expect(codes(first?.body.items.at(-1)?.reasons)).toEqual(['APPLICATION_UNKNOWN']);
  });

  it('roles, scope and lists', async () => {
    const id = await fresh();
    expect((await decide(house, 'hr', [id])).status).toBe(403);
    expect((await decide(house, 'reviewer', [id], 'PERHAPS')).status).toBe(400);
    expect((await house.as('hr-2').get(`/certificate-applications/${id}`)).status).toBe(404);
    expect((await house.as('hr-2').get('/certificate-applications')).body['items']).toEqual([]);
    const listed = await house.as('reviewer').get('/certificate-applications?state=SUBMITTED&limit=200');
    expect((listed.body['items'] as { id: string }[]).map((one) => one.id)).toContain(id);
    expect((await house.as('reviewer').get('/certificate-applications?status=SUBMITTED')).status).toBe(400);
  });
});
