import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SubjectsModule } from '../../../src/subjects/index.js';
import { openHouse, type House } from '../../support/house.js';
import { aBody, aMatter, aPower, BASIS } from './fixtures.js';

interface Power extends Record<string, unknown> {
  id: string;
  validTo: string | null;
  recordedAt: string;
  supersededAt: string | null;
}

describe('matters and powers', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ modules: [SubjectsModule] });
  }, 60_000);
  afterAll(() => house.close());

  describe('a matter', () => {
    const matter = { code: 'CG-PENALTY-001', name: '对占道经营的处罚', actType: 'PENALTY', domain: 'URBAN_MANAGEMENT' };

    it('is entered once and read by id or code', async () => {
      const { status, body, headers } = await house.as('reviewer').post('/matters', matter);
      expect(status).toBe(201);
      expect(body).toMatchObject(matter);
      expect(headers.get('etag')).toBe('"1"');
      expect(await house.as('reviewer').post('/matters', matter)).toMatchObject({
        status: 409,
        body: { code: 'MATTER_CODE_TAKEN' },
      });
      expect((await house.as('supervisor').get(`/matters/${String(body['id'])}`)).body).toEqual(body);
      expect((await house.as('supervisor').get(`/matters/${matter.code}`)).body).toEqual(body);
      expect((await house.as('supervisor').get('/matters/NONE')).status).toBe(404);
    });

    it('is found by act type, domain, code and name', async () => {
      const code = await aMatter(house, 'INSPECTION', 'FIRE');
      const found = async (query: string) =>
        (await house.as('hr').get<{ items: { code: string }[] }>(`/matters?${query}`)).body.items.map(
          (item) => item.code,
        );
      expect(await found('actType=INSPECTION')).toEqual([code]);
      expect(await found('domain=FIRE')).toEqual([code]);
      expect(await found(`code=${code}`)).toEqual([code]);
      expect(await found(`q=${encodeURIComponent('占道')}`)).toEqual([matter.code]);
      expect(await found('domain=WATER')).toEqual([]);
    });

    it.each<[object, string]>([
      [{ domain: 'PIRACY' }, '/domain'],
      [{ actType: 'ARREST' }, '/actType'],
      [{ code: 'cg 1' }, '/code'],
      [{ name: '' }, '/name'],
      [{ colour: 'red' }, '/colour'],
    ])('answers 400 to %p', async (more, pointer) => {
      const { status, body } = await house.as('reviewer').post('/matters', { ...matter, code: 'X-1', ...more });
      expect(status).toBe(400);
      expect(body['errors']).toContainEqual(expect.objectContaining({ pointer }));
    });
  });

  describe('a power', () => {
    it('is entered, read, listed and announced', async () => {
      const matterCode = await aMatter(house);
      house.announced.changes.length = 0;
      const { status, body } = await house.as('reviewer').post<Power>(`/subjects/${house.unit}/powers`, {
        matterCode,
        jurisdictionCode: '410102',
        legalBasis: BASIS,
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
      });
      expect(status).toBe(201);
      expect(body).toMatchObject({
        matterCode,
        legalBasis: BASIS,
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
        warnings: [],
      });
      expect(house.announced.changes).toEqual([{ whom: { subjectId: house.unit }, cause: 'power.grant' }]);
      const read = await house.as('hr-1').get(`/subjects/${house.unit}/powers/${body.id}`);
      expect(read.body).toEqual(body);
      const list = await house
        .as('hr-1')
        .get<{ items: Power[] }>(`/subjects/${house.unit}/powers?matterCode=${matterCode}`);
      expect(list.body.items).toEqual([body]);
      expect((await house.as('hr-2').get(`/subjects/${house.unit}/powers/${body.id}`)).status).toBe(404);
      expect((await house.as('hr-2').get(`/subjects/${house.unit}/powers`)).status).toBe(404);
      expect((await house.as('hr').get(`/subjects/${house.root}/powers/${body.id}`)).status).toBe(404);
    });

    it.each(['DELEGATED_ORG', 'DELEGATED_ORGAN'])('is refused to a body of kind %s', async (kind) => {
      const id = await aBody(house, kind);
      const { status, body } = await house.as('reviewer').post(`/subjects/${id}/powers`, {
        matterCode: await aMatter(house),
        jurisdictionCode: '410102',
        legalBasis: BASIS,
        validFrom: '2026-01-01',
      });
      expect(status).toBe(422);
      expect(body['reasons']).toEqual([expect.objectContaining({ code: 'POWER_HOLDER_KIND' })]);
    });

    it('warns where the basis is too low for a coercive measure', async () => {
      const id = await aBody(house, 'AUTHORIZED_ORG');
      const power = await aPower(house, id, await aMatter(house, 'COERCIVE_MEASURE'), {
        legalBasis: { ...BASIS, rank: 'LOCAL_REGULATION' },
      });
      const { body } = await house.as('hr').get(`/subjects/${id}/powers/${power}`);
      expect(body['warnings']).toEqual([expect.objectContaining({ code: 'POWER_BASIS_TOO_LOW' })]);
    });

    it.each<[object, number]>([
      [{ validFrom: '2026-02-30' }, 400],
      [{ validFrom: '2026-03-01', validTo: '2026-02-01' }, 422],
      [{ jurisdictionCode: '41' }, 400],
      [{ jurisdictionCode: '990000' }, 422],
      [{ legalBasis: { title: 'x' } }, 400],
      [{ legalBasis: null }, 400],
      [{ legalBasis: undefined }, 400],
      [{ matterCode: 'NO-SUCH' }, 404],
      [{ validTo: null }, 400],
      [{ extra: 1 }, 400],
    ])('%p: %i', async (more, expected) => {
      const { status } = await house.as('reviewer').post(`/subjects/${house.unit}/powers`, {
        matterCode: await aMatter(house),
        jurisdictionCode: '410102',
        legalBasis: BASIS,
        validFrom: '2026-01-01',
        ...more,
      });
      expect(status).toBe(expected);
    });

    it('is ended by a correction that keeps both times', async () => {
      const matterCode = await aMatter(house);
      const id = await aPower(house, house.unit, matterCode, { validFrom: '2026-01-01' });
      const end = (powerId: string, validTo: string) =>
        house
          .as('reviewer')
          .post<Power>(`/subjects/${house.unit}/powers/${powerId}/end`, { validTo, reason: '职权调整' });
      const tooEarly = await end(id, '2025-12-31');
      expect(tooEarly.status).toBe(422);
      expect(tooEarly.body['reasons']).toEqual([expect.objectContaining({ code: 'POWER_END_BEFORE_BEGINNING' })]);
      house.announced.changes.length = 0;
      const { status, body } = await end(id, '2026-06-30');
      expect(status).toBe(200);
      expect(body).toMatchObject({ matterCode, validFrom: '2026-01-01', validTo: '2026-06-30', supersededAt: null });
      expect(house.announced.changes).toEqual([{ whom: { subjectId: house.unit }, cause: 'power.end' }]);
      const former = await house.as('hr').get<Power>(`/subjects/${house.unit}/powers/${id}`);
      expect(former.body).toMatchObject({ validTo: null, supersededAt: body.recordedAt });
      const list = await house
        .as('hr')
        .get<{ items: Power[] }>(`/subjects/${house.unit}/powers?matterCode=${matterCode}`);
      expect(list.body.items.map((power) => power.id)).toEqual([body.id]);
      expect(await end(id, '2026-05-31')).toMatchObject({ status: 409, body: { state: 'SUPERSEDED' } });
      const later = await end(body.id, '2026-07-01');
      expect(later.body['reasons']).toEqual([expect.objectContaining({ code: 'POWER_END_NOT_EARLIER' })]);
      expect((await end('01900000-0000-7000-8000-000000000000', '2026-05-31')).status).toBe(404);
    });

    it('is entered and ended by the reviewer only', async () => {
      for (const who of [
        'hr',
        'exam-officer',
        'approver',
        'supervisor',
        'auditor',
        'system-admin',
        'security-admin',
        'officer',
      ]) {
        expect((await house.as(who).post(`/subjects/${house.unit}/powers`, {})).status).toBe(403);
        expect((await house.as(who).post(`/subjects/${house.unit}/powers/x/end`, {})).status).toBe(403);
        expect((await house.as(who).post('/matters', {})).status).toBe(403);
      }
    });
  });
});
