import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BatchLease } from '../../../src/certificates/batches/batch-lease.js';
import { BatchSweeper } from '../../../src/certificates/batches/batch-sweeper.js';
import { BatchWorker } from '../../../src/certificates/batches/batch-worker.js';
import { sha256 } from '../../../src/infrastructure/crypto/canonical.js';
import { newId } from '../../../src/kernel/ids.js';
import { type House } from '../../support/house.js';
import {
  allocateHere,
  approved,
  batchOf,
  cardOf,
  declareVoid,
  DOMAIN,
  factsOf,
  insertCard,
  insertOfficer,
  insertOfficers,
  openCertificatesHouse,
  openBatch,
  setSetting,
} from './support.js';

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
});
afterAll(() => house?.close());
beforeEach(async () => {
  house.clock.set(null);
  await allocateHere(house);
});

const codes = (reasons: readonly { code: string }[] | undefined) => (reasons ?? []).map(({ code }) => code);
const issue = async (
  officerIds: readonly string[],
  more: Record<string, unknown> = {},
  batch: Record<string, unknown> = {},
) => {
  const opened = await openBatch(house, await approved(house, officerIds, more), batch);
  expect(opened.status).toBe(202);
  await house.drain();
  return batchOf(house, opened.body.id);
};
const nextSerial = (serial: number) =>
  house.uow.run(() =>
    house.db.execute(
      `INSERT INTO certificate_number_counters (counter_key, next_serial) VALUES ('ALL', ?) ON DUPLICATE KEY UPDATE next_serial = ?`,
      [serial, serial],
    ),
  );
const ledger = (numbers: readonly string[]) =>
  house.db.rows<{ number: string; state: string; reason: string | null }>(
    'SELECT number, state, reason FROM certificate_numbers WHERE number IN (?) ORDER BY number',
    [numbers],
  );

describe('issuing', () => {
  it('reserves, marks, and leaves everything explained', async () => {
    const officerIds = await insertOfficers(house, 3);
    const applications = await approved(house, officerIds);
    const opened = await openBatch(house, applications);
    expect(opened.status).toBe(202);
    expect(opened.headers.get('location')).toBe(`/api/v1/certificate-batches/${opened.body.id}`);
    expect(opened.body).toMatchObject({ status: 'ISSUING', counts: { total: 3, waiting: 3 }, validTo: '2031-02-28' });
    await house.drain();
    const batch = await batchOf(house, opened.body.id);
    expect(batch).toMatchObject({ status: 'COMPLETED', counts: { issued: 3, waiting: 0, refused: 0 }, percent: 100 });
    expect(new Set(batch.items.map(({ certificateNo }) => certificateNo)).size).toBe(3);
    const id = batch.items[0]?.certificateId ?? '';
    const card = await cardOf(house, id);
    expect(card).toMatchObject({ state: 'VALID', validFrom: '2026-03-01', validTo: '2031-02-28', origin: 'ALLOCATED' });
    expect(card.moves.map(({ command }) => command)).toEqual(['reserve', 'activate']);
    const fact = await house.db.row<{ content_json: string; content_hash: string }>(
      'SELECT content_json, content_hash FROM certificates WHERE id = ?',
      [id],
    );
    expect(sha256(fact?.content_json ?? '')).toBe(fact?.content_hash);
    expect(fact?.content_json).not.toMatch(/410183(19|20)\d{6}/);
    expect((await ledger([card.certificateNo])).map(({ state }) => state)).toEqual(['ISSUED']);
    const application = await house.as('hr').get(`/certificate-applications/${batch.items[0]?.applicationId ?? ''}`);
    expect(application.body['state']).toBe('ISSUED');
    const verbs = await house.db.rows<{ verb: string }>(
      'SELECT verb FROM audit_entries WHERE target_id IN (?, ?) ORDER BY seq',
      [id, batch.id],
    );
    expect(verbs.map(({ verb }) => verb)).toEqual([
      'certificate-batch.open',
      'certificate-batch.reserve',
      'certificate.issue',
      'certificate-batch.finish',
    ]);
  });

  it('items that may not be in the batch are refused by themselves', async () => {
    const [good] = await approved(house, [await insertOfficer(house)]);
    const submitted = (
      await house.as('hr').post<{ items: { applicationId: string }[] }>('/certificate-applications', {
        type: 'FIRST',
        certificateType: 'ENFORCEMENT',
        subjectId: house.unit,
        domains: [DOMAIN],
        officerIds: [await insertOfficer(house)],
      })
    ).body.items[0]?.applicationId;
    const stranger = newId();
    const opened = await openBatch(house, [good ?? '', submitted ?? '', stranger]);
    await house.drain();
    const batch = await batchOf(house, opened.body.id);
    expect(batch.status).toBe('PARTIALLY_COMPLETED');
    const of = (id: string | undefined) => batch.items.find(({ applicationId }) => applicationId === id);
    expect(of(good)?.status).toBe('ISSUED');
    expect(codes(of(submitted)?.reasons)).toEqual(['APPLICATION_STATE']);
    expect(codes(of(stranger)?.reasons)).toEqual(['APPLICATION_UNKNOWN']);
    const again = await openBatch(house, [good ?? '']);
    expect(again.body).toMatchObject({ status: 'PARTIALLY_COMPLETED', counts: { refused: 1 } });
  });

  it('decides again at the moment of issue; who no longer qualifies is refused and may be taken up again', async () => {
    const [fit, unfit] = await insertOfficers(house, 2);
    const applications = await approved(house, [fit ?? '', unfit ?? '']);
    factsOf(house).exceptions.set(unfit ?? '', { leftFrom: Date.parse('2026-01-01') });
    const opened = await openBatch(house, applications);
    await house.drain();
    const batch = await batchOf(house, opened.body.id);
    expect(batch.status).toBe('PARTIALLY_COMPLETED');
    const refused = batch.items.find(({ status }) => status === 'REFUSED');
    expect(codes(refused?.reasons)).toEqual(['LEFT_SERVICE']);
    expect(refused?.certificateId).toBeUndefined();
    factsOf(house).exceptions.clear();
    const second = await openBatch(house, [refused?.applicationId ?? '']);
    await house.drain();
    expect((await batchOf(house, second.body.id)).status).toBe('COMPLETED');
  });

  it('a renewal replaces the old card in the same transaction, from the day on which it begins', async () => {
    house.clock.set('2026-03-01T08:00:00+08:00');
    const officerId = await insertOfficer(house);
    const old = await insertCard(house, officerId, { validTo: '2026-06-30' });
    house.announced.changes.length = 0;
    const batch = await issue([officerId], { type: 'RENEW' }, { validFrom: '2026-03-10', validTo: '2031-12-31' });
    expect(batch.status).toBe('COMPLETED');
    const card = await cardOf(house, batch.items[0]?.certificateId ?? '');
    expect(card.previous?.id).toBe(old);
    expect(house.announced.changes).toEqual([{ whom: { officerIds: [officerId] }, cause: 'certificate.replace' }]);
    expect((await cardOf(house, old)).state).toBe('VALID');
    house.clock.set('2026-03-10T00:00:00+08:00');
    expect(await cardOf(house, old)).toMatchObject({ state: 'REPLACED', next: { id: card.id }, commands: [] });
  });

  it('a reissue follows the lost card and leaves it LOST; a stale one is expired on the way', async () => {
    house.clock.set('2026-03-01T08:00:00+08:00');
    const loser = await insertOfficer(house);
    const lost = await insertCard(house, loser, { state: 'LOST' });
    await declareVoid(house, lost);
    const batch = await issue([loser], { type: 'REISSUE' });
    expect((await cardOf(house, batch.items[0]?.certificateId ?? '')).previous?.id).toBe(lost);
    expect((await cardOf(house, lost)).state).toBe('LOST');
    const late = await insertOfficer(house);
    const stale = await insertCard(house, late, { validTo: '2026-02-20' });
    await house.uow.run(() =>
      house.db.execute('UPDATE certificate_states SET version = 1 WHERE certificate_id = ?', [stale]),
    );
    const opened = await openBatch(house, await approved(house, [late], { type: 'RENEW' }));
    const worker = house.app.get(BatchWorker, { strict: false });
    await worker.advance(opened.body.id);
    expect((await batchOf(house, opened.body.id)).status).toBe('COMPLETED');
    expect((await cardOf(house, stale)).moves.at(-1)?.command).toBe('expire');
  });

  it('inverted validity, bad input, roles, scope', async () => {
    const [application] = await approved(house, [await insertOfficer(house)]);
    const inverted = await openBatch(house, [application ?? ''], { validTo: '2026-03-01' });
    expect([inverted.status, inverted.body['code']]).toEqual([422, 'VALIDITY_INVERTED']);
    for (const more of [{ validFrom: '2026-02-30' }, { validTo: null }, { applicationIds: [] }, { x: 1 }]) {
      expect([more, (await openBatch(house, [application ?? ''], more)).status]).toEqual([more, 400]);
    }
    expect((await openBatch(house, [application ?? '', application ?? ''])).status).toBe(400);
    const body = { applicationIds: [application], validFrom: '2026-03-01' };
    expect((await house.as('reviewer').post('/certificate-batches', body)).status).toBe(403);
    const done = await issue([await insertOfficer(house)]);
    expect((await house.as('hr-2').get(`/certificate-batches/${done.id}`)).status).toBe(404);
    expect((await house.as('hr-2').get('/certificate-batches')).body['items']).toEqual([]);
    const listed = await house.as('approver').get('/certificate-batches?status=COMPLETED&limit=200');
    expect((listed.body['items'] as { id: string }[]).map(({ id }) => id)).toContain(done.id);
  });

  it('the same Idempotency-Key gives the same batch', async () => {
    const applicationIds = await approved(house, [await insertOfficer(house)]);
    const send = () =>
      house
        .as('approver')
        .post(
          '/certificate-batches',
          { applicationIds, validFrom: '2026-03-01' },
          { 'idempotency-key': `b-${applicationIds.join()}` },
        );
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body['id']).toBe(first.body['id']);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });
});

describe('numbers', () => {
  it('a batch with too few numbers left is refused as a whole, naming the shortfall', async () => {
    await allocateHere(house, 1);
    await nextSerial(8);
    const applications = await approved(house, await insertOfficers(house, 4));
    const answer = await openBatch(house, applications);
    expect([answer.status, answer.body['code']]).toEqual([422, 'NUMBERS_SHORT']);
    expect((answer.body['reasons'] as { facts: unknown }[])[0]?.facts).toEqual({ left: 2, needed: 4, short: 2 });
    await nextSerial(5000);
    await setSetting(house, 'cert.numberScheme', null);
    expect((await openBatch(house, applications)).body['code']).toBe('NUMBER_SCHEME_INVALID');
  });

  it('numbers that came from elsewhere are skipped', async () => {
    await house.drain();
    await nextSerial(700);
    const other = await insertOfficer(house);
    await insertCard(house, other, { number: '16000000701' });
    const batch = await issue(await insertOfficers(house, 2));
    expect(batch.items.map(({ certificateNo }) => certificateNo).sort()).toEqual(['16000000700', '16000000702']);
  });

  it('20 issuers at once: every number once, no gap', async () => {
    const worker = house.app.get(BatchWorker, { strict: false });
    await nextSerial(20000);
    const batches: string[] = [];
    for (let n = 0; n < 20; n++)
      batches.push((await openBatch(house, await approved(house, await insertOfficers(house, 3)))).body.id);
    await Promise.all(batches.map((id) => worker.advance(id)));
    await house.drain();
    const numbers: string[] = [];
    for (const id of batches) {
      const batch = await batchOf(house, id);
      expect(batch.status).toBe('COMPLETED');
      numbers.push(...batch.items.map(({ certificateNo }) => certificateNo ?? ''));
    }
    expect(numbers.sort()).toEqual(Array.from({ length: 60 }, (_, place) => String(16_000_020_000 + place)));
  });

  it('BACKFILL makes no number: the batch waits', async () => {
    await setSetting(house, 'cert.numberMode', 'BACKFILL');
    const opened = await openBatch(house, await approved(house, [await insertOfficer(house)]));
    await house.drain();
    expect(await batchOf(house, opened.body.id)).toMatchObject({
      status: 'WAITING_FOR_NUMBERS',
      counts: { waiting: 1 },
    });
  });
});

describe('stopped in the middle', () => {
  const parts = () => ({
    worker: house.app.get(BatchWorker, { strict: false }),
    lease: house.app.get(BatchLease, { strict: false }),
    sweeper: house.app.get(BatchSweeper, { strict: false }),
  });
  const reservedBatch = async (officerIds: readonly string[]) => {
    const { worker, lease } = parts();
    const opened = await openBatch(house, await approved(house, officerIds));
    await house.uow.run(() => house.db.execute('UPDATE outbox SET sent_at = UTC_TIMESTAMP(3) WHERE sent_at IS NULL'));
    const held = await lease.take(opened.body.id);
    if (!held) throw new Error('no lease');
    expect(await worker.reserveSome(held)).toBe(officerIds.length);
    return { id: opened.body.id, held };
  };

  it('after the intent: the sweeper finishes it with the same numbers when the lease has run out', async () => {
    const { sweeper } = parts();
    const { id } = await reservedBatch(await insertOfficers(house, 2));
    const before = await batchOf(house, id);
    expect(before).toMatchObject({ status: 'ISSUING', counts: { reserved: 2 } });
    expect((await cardOf(house, before.items[0]?.certificateId ?? '')).state).toBe('RESERVED');
    await sweeper.sweep();
    expect((await batchOf(house, id)).counts['reserved']).toBe(2);
    house.clock.set(Date.now() + 31_000);
    await sweeper.sweep();
    const after = await batchOf(house, id);
    expect(after.status).toBe('COMPLETED');
    expect(after.items.map(({ certificateNo }) => certificateNo)).toEqual(
      before.items.map(({ certificateNo }) => certificateNo),
    );
    expect(await sweeper.sweep()).toBe(0);
  });

  it('who no longer qualifies in between: the reservation is given up, the number stays void for ever', async () => {
    const { sweeper } = parts();
    const officerId = await insertOfficer(house);
    const { id } = await reservedBatch([officerId]);
    factsOf(house).exceptions.set(officerId, { leftFrom: Date.parse('2026-01-01') });
    house.clock.set(Date.now() + 31_000);
    await sweeper.sweep();
    house.clock.set(null);
    const batch = await batchOf(house, id);
    expect(batch.status).toBe('PARTIALLY_COMPLETED');
    expect(codes(batch.items[0]?.reasons)).toEqual(['LEFT_SERVICE']);
    const number = batch.items[0]?.certificateNo ?? '';
    expect(await ledger([number])).toEqual([{ number, state: 'VOID', reason: 'LEFT_SERVICE' }]);
    const card = await cardOf(house, batch.items[0]?.certificateId ?? '');
    expect(card.state).toBe('CANCELLED');
    // It never was a card: not even in the time between.
    expect(Date.parse(card.moves.at(-1)?.effectiveFrom ?? '')).toBe(Date.parse('2026-03-01T00:00:00+08:00'));
    factsOf(house).exceptions.clear();
    const again = await openBatch(house, [batch.items[0]?.applicationId ?? '']);
    await house.drain();
    const second = await batchOf(house, again.body.id);
    expect(second.status).toBe('COMPLETED');
    expect(Number(second.items[0]?.certificateNo)).toBeGreaterThan(Number(number));
  });

  it('a worker that lost its lease writes nothing', async () => {
    const { worker, lease } = parts();
    const { id, held } = await reservedBatch(await insertOfficers(house, 2));
    house.clock.set(Date.now() + 31_000);
    const other = await lease.take(id);
    expect(other?.epoch).toBe(held.epoch + 1);
    await expect(worker.markSome(held)).rejects.toThrow();
    expect((await batchOf(house, id)).counts['issued']).toBe(0);
    await lease.release(other ?? held);
    expect(await worker.advance(id)).toBe(true);
    expect((await batchOf(house, id)).status).toBe('COMPLETED');
  });

  it('a reservation in no batch that runs is given up after a minute', async () => {
    const { sweeper } = parts();
    const officerId = await insertOfficer(house);
    const fresh = await insertCard(house, officerId, { state: 'RESERVED', recordedAt: new Date() });
    const old = await insertCard(house, officerId, { state: 'RESERVED', recordedAt: new Date(Date.now() - 61_000) });
    await sweeper.sweep();
    expect((await cardOf(house, fresh)).state).toBe('RESERVED');
    const given = await cardOf(house, old);
    expect(given.state).toBe('CANCELLED');
    expect((await ledger([given.certificateNo]))[0]).toMatchObject({ state: 'VOID', reason: 'ISSUE_INTERRUPTED' });
  });

  it('somebody cancels a reservation by hand: void, and the application is free', async () => {
    const { worker, lease } = parts();
    const { id, held } = await reservedBatch([await insertOfficer(house)]);
    const certificateId = (await batchOf(house, id)).items[0]?.certificateId ?? '';
    const answer = await house
      .as('approver')
      .post(`/certificates/${certificateId}/cancel`, { cause: 'OTHER', cardReturned: false });
    expect(answer.status).toBe(200);
    await lease.release(held);
    await worker.advance(id);
    const batch = await batchOf(house, id);
    expect(batch).toMatchObject({ status: 'PARTIALLY_COMPLETED' });
    expect(codes(batch.items[0]?.reasons)).toEqual(['CANCELLED_BY_HAND']);
    const state = await house.db.row<{ state: string }>('SELECT state FROM certificate_applications WHERE id = ?', [
      batch.items[0]?.applicationId ?? '',
    ]);
    expect(state?.state).toBe('APPROVED');
  });

  it('two workers and a sweeper at once on healthy data: each card once', async () => {
    const { worker, sweeper } = parts();
    const opened = await openBatch(house, await approved(house, await insertOfficers(house, 5)));
    await Promise.all([worker.advance(opened.body.id), worker.advance(opened.body.id), sweeper.sweep()]);
    await house.drain();
    expect(await batchOf(house, opened.body.id)).toMatchObject({ status: 'COMPLETED', counts: { issued: 5 } });
    const cards = await house.db.rows('SELECT id FROM certificates WHERE batch_id = ?', [opened.body.id]);
    expect(cards).toHaveLength(5);
  });
});

describe('one live card', () => {
  it('two batches at once for one officer: one certificate', async () => {
    const worker = house.app.get(BatchWorker, { strict: false });
    for (let round = 0; round < 5; round++) {
      const officerId = await insertOfficer(house);
      const [first] = await approved(house, [officerId]);
      const [second] = await approved(house, [officerId], { certificateType: 'SUPERVISION' });
      const batches = [await openBatch(house, [first ?? '']), await openBatch(house, [second ?? ''])];
      await Promise.all(batches.map(({ body }) => worker.advance(body.id)));
      const live = await house.db.rows<{ id: string }>(
        `SELECT c.id FROM certificates c JOIN certificate_states s ON s.certificate_id = c.id WHERE c.officer_id = ? AND s.status = 'VALID'`,
        [officerId],
      );
      expect(live).toHaveLength(1);
    }
  });

  it('the database itself refuses a second live card', async () => {
    const officerId = await insertOfficer(house);
    await insertCard(house, officerId);
    await expect(insertCard(house, officerId)).rejects.toThrow(/Duplicate|uq_certificate_states_live/);
  });
});
