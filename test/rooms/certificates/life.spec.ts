import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { EscalateCases } from '../../../src/certificates/cards/escalate-cases.js';
import { CUSTODY_STATES, type CustodyState } from '../../../src/rules/card-custody.lifecycle.js';
import { type House } from '../../support/house.js';
import { cardOf, decide, insertCard, insertOfficer, openCertificatesHouse, submit } from './support.js';

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
});
afterAll(() => house?.close());

type Body = Record<string, unknown>;
const codesOf = (body: Body): string[] => ((body['reasons'] ?? []) as { code: string }[]).map(({ code }) => code);
const casesOf = async (officerId: string): Promise<Body[]> =>
  (await house.as('approver').get<{ items: Body[] }>(`/card-cases?officerId=${officerId}`)).body.items;

describe('an application', () => {
  const path = (id: string) => `/certificate-applications/${id}`;
  const submitted = async (): Promise<string> => {
    const { body } = await submit(house, [await insertOfficer(house)]);
    return body.items[0]?.applicationId ?? '';
  };

  it('is withdrawn until the next level acts, and then no more', async () => {
    const [mine, seen] = [await submitted(), await submitted()];
    await decide(house, 'reviewer', [seen]);
    const done = await house.as('hr').post(`${path(mine)}/withdraw`, { reason: '不再需要' });
    expect([done.status, done.body['state'], done.body['clock'], done.body['allowedVerbs']]).toEqual([
      200,
      'WITHDRAWN',
      null,
      [],
    ]);
    const late = await house.as('hr').post(`${path(seen)}/withdraw`, { reason: '不再需要' });
    expect([late.status, late.body['state']]).toEqual([409, 'DISTRICT_REVIEWED']);
    expect((await house.as('reviewer').post(`${path(seen)}/withdraw`, { reason: 'x' })).status).toBe(403);
  });

  it('that was returned is handed in again, judged anew, and its clock starts again', async () => {
    house.clock.set('2026-03-02T09:00:00+08:00');
    try {
      const id = await submitted();
      await decide(house, 'reviewer', [id], 'RETURN', '补材料');
      house.clock.set('2026-03-12T09:00:00+08:00');
      const again = await house.as('hr').post(`${path(id)}/resubmit`, { note: '已补正' });
      expect(again.body).toMatchObject({
        state: 'SUBMITTED',
        level: 'DISTRICT_CHECK',
        dueOn: '2026-03-26',
        clock: 'GREEN',
        workingDaysUsed: 0,
        workingDaysAllowed: 10,
      });
      house.clock.set('2026-03-24T09:00:00+08:00');
      const amber = await house.as('reviewer').get(path(id));
      expect(amber.body).toMatchObject({ clock: 'AMBER', workingDaysUsed: 8, allowedVerbs: ['decide'] });
      house.clock.set('2026-03-27T00:00:00+08:00');
      expect((await house.as('reviewer').get(path(id))).body['clock']).toBe('RED');
      expect((await house.as('hr').post(`${path(id)}/resubmit`, { note: 'x' })).status).toBe(409);
    } finally {
      house.clock.set(null);
    }
  });

  it('queue: exceptions come first and are counted by cause', async () => {
    const clean = await submitted();
    const officerId = await insertOfficer(house);
    const { body } = await submit(house, [officerId]);
    // Somebody else gave this person a card meanwhile.
    await insertCard(house, officerId);
    const queue = await house
      .as('reviewer')
      .get<{ counts: Body; causes: { code: string; count: number }[]; items: Body[] }>(
        '/certificate-applications/queue?step=DISTRICT_REVIEW',
      );
    const ids = queue.body.items.map((one) => one['id']);
    expect(ids[0]).toBe(body.items[0]?.applicationId);
    expect(ids).toContain(clean);
    expect(queue.body.causes).toMatchObject([{ code: 'LIVE_CERTIFICATE_EXISTS', count: 1 }]);
    expect(queue.body.counts['exceptions']).toBe(1);
  });
});

describe('the card, from hand to hand', () => {
  const VERBS = { 'hand-out': 'AT_DESK', 'take-back': '', 'give-back': 'RETURNED', 'report-missing': '' } as const;
  const TO: Record<string, Partial<Record<CustodyState, CustodyState>>> = {
    'hand-out': { AT_DESK: 'WITH_HOLDER' },
    'take-back': { AT_DESK: 'RETURNED', WITH_HOLDER: 'RETURNED', MISSING: 'RETURNED' },
    'give-back': { RETURNED: 'WITH_HOLDER' },
    'report-missing': { AT_DESK: 'MISSING', WITH_HOLDER: 'MISSING' },
  };
  const cardAt = async (state: CustodyState): Promise<string> => {
    const id = await insertCard(house, await insertOfficer(house));
    await house.uow.run(() => house.db.insert('card_custodies', { certificate_id: id, state }));
    return id;
  };

  it.each(CUSTODY_STATES.flatMap((state) => Object.keys(VERBS).map((verb) => [state, verb] as const)))(
    '%s: %s',
    async (state, verb) => {
      const id = await cardAt(state);
      const to = TO[verb]?.[state];
      const shown = await house.as('hr').get<Body & { allowedVerbs: string[] }>(`/cards/${id}`);
      expect(shown.body.allowedVerbs.includes(verb)).toBe(to !== undefined);
      const told = await house.as('hr').post(`/cards/${id}/${verb}`, {});
      expect([told.status, told.body['state']]).toEqual(to === undefined ? [409, state] : [200, to]);
      for (const who of ['auditor', 'system-admin', 'officer', 'supervisor', 'exam-officer'])
        expect((await house.as(who).post(`/cards/${id}/${verb}`, {})).status).toBe(403);
    },
  );

  it('two people sign before cards are destroyed; a destroyed card stays so, for the database too', async () => {
    const id = await insertCard(house, await insertOfficer(house));
    const live = await house.as('reviewer').post('/cards/' + id + '/take-back', {});
    expect(live.status).toBe(200);
    const early = await house.as('reviewer').post('/card-destructions', { certificateIds: [id], note: '碎卡' });
    expect([early.status, codesOf(early.body)]).toEqual([422, ['CARD_STILL_LIVE']]);
    await house.as('approver').post(`/certificates/${id}/cancel`, { cause: 'RETIRED', cardReturned: true });
    const list = await house.as('reviewer').post('/card-destructions', { certificateIds: [id], note: '碎卡' });
    expect([list.status, list.body['allowedVerbs']]).toEqual([201, ['withdraw']]);
    const sign = (who: string) =>
      house.as(who).post(`/card-destructions/${String(list.body['id'])}/sign`, { note: '监销' });
    const same = await sign('reviewer');
    expect([same.status, codesOf(same.body)]).toEqual([422, ['SECOND_SIGNATURE_BY_SAME_PERSON']]);
    expect((await sign('approver')).body['state']).toBe('DESTROYED');
    expect((await sign('approver')).status).toBe(409);
    expect((await house.as('hr').get(`/cards/${id}`)).body['state']).toBe('DESTROYED');
    const owner = await createConnection(house.databaseUrl);
    await expect(
      owner.query(`UPDATE card_custodies SET state = 'RETURNED' WHERE certificate_id = ?`, [id]),
    ).rejects.toMatchObject({ errno: 1644 });
    await owner.end();
  });
});

describe('what follows a sanction, a conviction, a disqualification', () => {
  const sanction = (officerId: string, kind: string) =>
    house.as('hr').post(`/officers/${officerId}/sanctions`, {
      kind,
      organ: '区监委',
      document: '1号',
      effectiveFrom: '2026-02-03',
    });

  it('a conviction suspends at once, opens the case of the same day, and the revocation with the card closes it', async () => {
    const officerId = await insertOfficer(house);
    const id = await insertCard(house, officerId);
    house.announced.changes.length = 0;
    house.clock.set('2026-03-02T09:00:00+08:00');
    try {
      expect((await sanction(officerId, 'CONVICTION')).status).toBe(201);
      expect(house.announced.changes).toEqual([{ whom: { officerIds: [officerId] }, cause: 'sanction.record' }]);
      expect((await cardOf(house, id)).state).toBe('SUSPENDED');
      expect(await casesOf(officerId)).toMatchObject([
        {
          cause: 'CONVICTED',
          requiredAct: 'REVOKE',
          dueOn: '2026-03-02',
          state: 'OPEN',
          toDo: ['REVOKE', 'TAKE_BACK'],
        },
      ]);
      await house.as('approver').post(`/certificates/${id}/revoke`, { ground: 'OTHER', document: '2号' });
      expect(await casesOf(officerId)).toMatchObject([{ state: 'OPEN', toDo: ['TAKE_BACK'] }]);
      await house.as('hr').post(`/cards/${id}/take-back`, {});
      expect(await casesOf(officerId)).toMatchObject([{ state: 'CLOSED', outcome: 'DONE' }]);
    } finally {
      house.clock.set(null);
    }
  });

  it('a demerit leaves the choice; a warning opens nothing; what was annulled asks for nothing', async () => {
    const officerId = await insertOfficer(house);
    const id = await insertCard(house, officerId);
    await sanction(officerId, 'WARNING');
    expect(await casesOf(officerId)).toEqual([]);
    const first = await sanction(officerId, 'DEMERIT');
    const [open] = await casesOf(officerId);
    expect(open).toMatchObject({ cause: 'SANCTIONED', requiredAct: 'DECIDE', allowedVerbs: ['keep'] });
    const kept = await house
      .as('approver')
      .post(`/card-cases/${String(open?.['id'])}/keep`, { document: '3号', reason: '情节轻微' });
    expect([kept.status, kept.body['outcome']]).toEqual([200, 'KEPT']);
    expect((await cardOf(house, id)).state).toBe('VALID');
    const bars = () => house.as('hr').get<{ items: Body[] }>(`/officers/${officerId}/bars`);
    expect((await bars()).body.items).toMatchObject([{ ground: 'SANCTION', barredFrom: '2026-02-03' }]);
    const withdrawn = await house
      .as('approver')
      .post(`/officers/${officerId}/sanctions/${String(first.body['id'])}/withdraw`, {
        document: '4号',
        reason: '撤销',
      });
    expect([withdrawn.status, withdrawn.body['barred']]).toEqual([200, false]);
    expect((await bars()).body.items).toEqual([]);
  });

  it('a disqualification revokes every card for good, bars, and stands once', async () => {
    const officerId = await insertOfficer(house);
    const cards = [await insertCard(house, officerId), await insertCard(house, officerId, { type: 'MINISTRY' })];
    const body = { ground: 'FRAUD', document: '5号', decidedBy: '区司法局', effectiveFrom: '2026-03-01' };
    expect((await house.as('reviewer').post(`/officers/${officerId}/disqualify`, body)).status).toBe(403);
    const told = await house.as('approver').post<{ items: Body[] }>(`/officers/${officerId}/disqualify`, body);
    expect(told.body.items).toMatchObject([
      { barredFrom: '2026-03-01', barredTo: '2028-02-29', decidedBy: '区司法局' },
    ]);
    expect((told.body.items[0]?.['revoked'] as string[]).length).toBe(2);
    for (const id of cards) {
      expect((await cardOf(house, id)).state).toBe('REVOKED');
      for (const verb of ['lift', 'cancel', 'suspend', 'report-loss', 'revoke']) {
        const bodies = { lift: { document: 'x' }, cancel: { cause: 'RETIRED', cardReturned: true } } as Record<
          string,
          Body
        >;
        const tried = await house
          .as(verb === 'report-loss' ? 'hr' : 'approver')
          .post(
            `/certificates/${id}/${verb}`,
            bodies[verb] ?? (verb === 'report-loss' ? {} : { ground: 'OTHER', document: 'x' }),
          );
        expect([verb, tried.status]).toEqual([verb, 409]);
      }
    }
    expect((await house.as('approver').post(`/officers/${officerId}/disqualify`, body)).status).toBe(409);
  });
});

describe('a card that is not back in time', () => {
  it('is escalated: the certificate is cancelled without the card, and the clearance is announced', async () => {
    const officerId = await insertOfficer(house);
    const id = await insertCard(house, officerId);
    await house.uow.run(() =>
      house.db.insert('card_cases', {
        id: `00000000-0000-7000-8000-${String(Date.now()).slice(-12)}`,
        officer_id: officerId,
        certificate_id: id,
        cause: 'LEFT_SERVICE',
        due_on: '2026-03-10',
        opened_at: new Date('2026-02-24T00:00:00Z'),
      }),
    );
    const sweeper = house.app.get(EscalateCases, { strict: false });
    try {
      house.clock.set('2026-03-10T23:59:59+08:00');
      await sweeper.sweep();
      expect((await cardOf(house, id)).state).toBe('VALID');
      house.announced.changes.length = 0;
      house.clock.set('2026-03-11T00:00:00+08:00');
      await sweeper.sweep();
      expect((await cardOf(house, id)).state).toBe('CANCELLED');
      expect(house.announced.changes).toEqual([{ whom: { officerIds: [officerId] }, cause: 'certificate.cancel' }]);
      expect(await casesOf(officerId)).toMatchObject([{ state: 'ESCALATED', custody: 'MISSING', toDo: ['TAKE_BACK'] }]);
      expect(await sweeper.sweep()).toBe(0);
      await house.as('hr').post(`/cards/${id}/take-back`, { note: '找到' });
      expect(await casesOf(officerId)).toMatchObject([{ state: 'CLOSED', outcome: 'DONE' }]);
    } finally {
      house.clock.set(null);
    }
  });
});

describe('the holiday table', () => {
  it('is changed by the administrator with a reason and counts at once; unknown years are said to be so', async () => {
    const admin = house.as('system-admin');
    const unknown = await admin.get('/calendar/2027');
    expect([unknown.body['announced'], unknown.body['days']]).toEqual([false, []]);
    expect(unknown.body['warning']).not.toBeNull();
    const etag = { 'if-match': unknown.headers.get('etag') ?? '' };
    const days = [{ day: '2027-01-01', isWorkday: false, name: '元旦' }];
    expect((await house.as('approver').put('/calendar/2027', { days, reason: '通知' }, etag)).status).toBe(403);
    const set = await admin.put('/calendar/2027', { days, reason: '国办发明电〔2026〕9号' }, etag);
    expect([set.status, set.body['announced'], set.body['warning']]).toEqual([200, true, null]);
    expect((await admin.put('/calendar/2027', { days, reason: '通知' }, etag)).status).toBe(412);
    const [entry] = await house.db.rows<{ verb: string }>(
      `SELECT verb FROM audit_entries WHERE target_type = 'calendar' AND target_id = '2027'`,
    );
    expect(entry?.verb).toBe('calendar.set');
  });
});
