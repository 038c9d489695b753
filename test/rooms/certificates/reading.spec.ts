import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpireCertificates } from '../../../src/certificates/moves/expire-certificates.js';
import { Outbox } from '../../../src/infrastructure/outbox/outbox.js';
import { newId } from '../../../src/kernel/ids.js';
import { CERTIFICATE_STANDINGS } from '../../../src/rules/certificate.lifecycle.js';
import { type House } from '../../support/house.js';
import { cardOf, insertCard, insertOfficer, openCertificatesHouse, type CardAnswer } from './support.js';

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
});
afterAll(() => house?.close());

const list = async (query: string, who = 'approver') =>
  (await house.as(who).get<{ items: CardAnswer[]; nextCursor: string | null }>(`/certificates?${query}`)).body;
const act = (id: string, verb: string, body: Record<string, unknown>) =>
  house.as(verb === 'report-loss' ? 'hr' : 'approver').post(`/certificates/${id}/${verb}`, body);

describe('lists', () => {
  it('every filter by state gives exactly the certificates that stand so', async () => {
    const make = async (options = {}) => insertCard(house, await insertOfficer(house), options);
    for (const state of ['RESERVED', 'VALID', 'EXPIRED', 'LOST', 'REVOKED', 'CANCELLED', 'REPLACED'] as const)
      await make({ state });
    await make({ validTo: '2025-01-01' });
    const document = '决定1号';
    await act(await make(), 'suspend', { ground: 'OTHER', document });
    await act(await make(), 'suspend', { ground: 'OTHER', document, effectiveFrom: '2029-01-01' });
    const lifted = await make();
    await act(lifted, 'suspend', { ground: 'OTHER', document, effectiveFrom: '2026-01-01' });
    await act(lifted, 'lift', { document, effectiveFrom: '2026-02-01' });
    await act(await make(), 'revoke', { ground: 'OTHER', document, effectiveFrom: '2029-01-01' });
    const pending = await make({ validTo: '2028-12-31' });
    await act(pending, 'cancel', { cause: 'OTHER', cardReturned: true, effectiveFrom: '2030-01-01' });
    for (const at of [null, '2028-06-01T00:00:00+08:00', '2029-06-01T00:00:00+08:00', '2035-01-01T00:00:00+08:00']) {
      house.clock.set(at);
      const all = (await list('limit=200')).items;
      let seen = 0;
      for (const state of CERTIFICATE_STANDINGS) {
        const filtered = (await list(`limit=200&state=${state}`)).items;
        expect([at, state, filtered.map(({ id }) => id)]).toEqual([
          at,
          state,
          all.filter((one) => one.state === state).map(({ id }) => id),
        ]);
        seen += filtered.length;
      }
      expect(seen).toBe(all.length);
    }
    house.clock.set(null);
  });

  it('other filters, pages, scope, bad parameters', async () => {
    const officerId = await insertOfficer(house);
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const id = await insertCard(house, officerId, { validTo: soon });
    const { certificateNo } = await cardOf(house, id);
    expect((await list(`officerId=${officerId}`)).items.map((one) => one.id)).toEqual([id]);
    expect((await list(`no=${certificateNo}`)).items.map((one) => one.id)).toEqual([id]);
    expect((await list(`no=${certificateNo.slice(0, 8)}`)).items).toEqual([]);
    expect((await list('expiringWithinDays=30')).items.map((one) => one.id)).toContain(id);
    expect((await list('expiringWithinDays=10')).items.map((one) => one.id)).not.toContain(id);
    expect((await list(`subjectId=${house.otherUnit}`)).items).toEqual([]);
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor ?? ''}`);
    expect(new Set([...first.items, ...second.items].map((one) => one.id)).size).toBe(4);
    expect((await list(`officerId=${officerId}`, 'hr-2')).items).toEqual([]);
    for (const bad of ['state=GONE', 'limit=0', 'expiringWithinDays=x', 'number=1', 'no=a%20b']) {
      expect((await house.as('approver').get(`/certificates?${bad}`)).status).toBe(400);
    }
  });

  it('what ends soon comes in the order of its ends, also over pages', async () => {
    const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    for (const days of [60, 45, 50, 45, 55])
      await insertCard(house, await insertOfficer(house), { validTo: dayIn(days) });
    const all: CardAnswer[] = [];
    let cursor = '';
    do {
      const page = await list(`expiringWithinDays=90&limit=2${cursor}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      all.push(...page.items);
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    const ends = all.map(({ validTo }) => String(validTo));
    expect(ends).toEqual([...ends].sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(ends.filter((end) => [45, 50, 55, 60].map(dayIn).includes(end))).toHaveLength(5);
    // A place in the order of ids is none in this one.
    const other = await list('limit=1');
    expect((await list(`expiringWithinDays=90&cursor=${other.nextCursor ?? ''}`)).items).toEqual([]);
  });

  it('an officer sees the own certificates only', async () => {
    const own = await insertOfficer(house);
    const mine = await insertCard(house, own);
    const others = await insertCard(house, await insertOfficer(house));
    const { accountId } = house.as('officer').actor;
    await house.uow.run(() => house.db.execute('UPDATE accounts SET officer_id = ? WHERE id = ?', [own, accountId]));
    expect((await list('limit=200', 'officer')).items.map(({ id }) => id)).toEqual([mine]);
    expect((await house.as('officer').get(`/certificates/${others}`)).status).toBe(404);
    expect((await house.as('officer').get(`/certificates/${mine}`)).body['commands']).toEqual([]);
  });
});

describe('expiry', () => {
  it('is written down by the sweeper the day after, once, and audited', async () => {
    const id = await insertCard(house, await insertOfficer(house), { validTo: '2027-03-31' });
    const sweeper = house.app.get(ExpireCertificates, { strict: false });
    house.clock.set('2027-03-31T23:59:59+08:00');
    await sweeper.sweep();
    expect((await cardOf(house, id)).moves.at(-1)?.command).toBe('activate');
    house.clock.set('2027-04-01T00:00:00+08:00');
    expect((await cardOf(house, id)).state).toBe('EXPIRED');
    expect(await sweeper.sweep()).toBeGreaterThan(0);
    const card = await cardOf(house, id);
    expect(card.moves.at(-1)).toMatchObject({
      command: 'expire',
      effectiveFrom: '2027-03-31T16:00:00.000Z',
      recordedBy: null,
    });
    expect(await sweeper.sweep()).toBe(0);
    const state = await house.db.row('SELECT status, live_slot FROM certificate_states WHERE certificate_id = ?', [id]);
    expect(state).toEqual({ status: 'EXPIRED', live_slot: null });
    const entry = await house.db.row<{ actor_name: string; after_json: string }>(
      `SELECT actor_name, after_json FROM audit_entries WHERE verb = 'certificate.expire' ORDER BY seq DESC LIMIT 1`,
    );
    expect(entry?.actor_name).toBe('system');
    expect(entry?.after_json).toContain(id);
    house.clock.set(null);
  });
});

describe('cards to be handed in', () => {
  it('leaving and transfer open one case for each live card; the state does not change; handing in closes it', async () => {
    const officerId = await insertOfficer(house);
    const live = await insertCard(house, officerId);
    await insertCard(house, officerId, { state: 'REPLACED' });
    const tell = (topic: 'officer.left-service' | 'officer.transferred') =>
      house.uow.run(() => house.app.get(Outbox).put(topic, { officerId }));
    await house.uow.run(() =>
      house.db.insert('officer_departures', {
        id: newId(),
        officer_id: officerId,
        cause: 'RETIRED',
        effective_from: new Date('2026-04-30T00:00:00+08:00'),
        recorded_at: new Date(),
      }),
    );
    await tell('officer.left-service');
    await tell('officer.left-service');
    await tell('officer.transferred');
    // Before the last day; what the sweeper does after it is another test.
    house.clock.set('2026-05-10T09:00:00+08:00');
    await house.drain();
    const cases = () => house.as('hr').get<{ items: Record<string, unknown>[] }>(`/card-cases?officerId=${officerId}`);
    expect((await cases()).body.items).toMatchObject([
      { certificateId: live, cause: 'LEFT_SERVICE', dueOn: '2026-05-18', closedAt: null, overdue: false },
    ]);
    expect((await cardOf(house, live)).state).toBe('VALID');
    await house.uow.run(() =>
      house.db.insert('officer_assignments', {
        id: newId(),
        officer_id: officerId,
        subject_id: house.otherUnit,
        post_title: '岗',
        staff_category: 'CIVIL_SERVANT',
        on_establishment: true,
        effective_from: new Date('2026-06-01T00:00:00+08:00'),
        recorded_at: new Date(),
      }),
    );
    await tell('officer.transferred');
    await house.drain();
    expect((await cases()).body.items.map(({ cause }) => cause)).toEqual(['LEFT_SERVICE', 'TRANSFERRED']);
    await act(live, 'cancel', { cause: 'RETIRED', cardReturned: true });
    house.clock.set(null);
    for (const one of (await cases()).body.items) expect(one['closedAt']).not.toBeNull();
    expect((await house.as('hr-2').get<{ items: unknown[] }>('/card-cases')).body.items).toEqual([]);
    const [shown] = (await cases()).body.items;
    expect((await house.as('hr').get(`/card-cases/${String(shown?.['id'])}`)).status).toBe(200);
    expect((await house.as('hr').get('/card-cases?state=OPEN')).status).toBe(200);
  });
});
