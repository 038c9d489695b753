import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublicCodes } from '../../../src/infrastructure/crypto/public-codes.js';
import { newId } from '../../../src/kernel/ids.js';
import { type House } from '../../support/house.js';
import {
  allocateHere,
  approved,
  batchOf,
  cardOf,
  insertCard,
  insertOfficer,
  nextNumber,
  openBatch,
  openCertificatesHouse,
  type CardOptions,
} from './support.js';

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
});
afterAll(() => house?.close());

interface Found {
  readonly result: string;
  readonly messageZh: string;
  readonly items: Record<string, unknown>[];
}
const lookUp = async (query: string) => {
  await house.uow.run(() => house.db.execute('DELETE FROM public_lookup_throttles'));
  const answer = await house.anybody('GET', `/public/certificates?${query}`);
  return { ...answer, body: answer.body as unknown as Found };
};
const card = async (options: CardOptions = {}) => {
  const number = nextNumber();
  await insertCard(house, await insertOfficer(house), { number, ...options });
  return number;
};

describe('look-up by anybody', () => {
  it('gives the public fields of a usable card and nothing else', async () => {
    const no = await card();
    const answer = await lookUp(`no=${no}&name=${encodeURIComponent('张三')}`);
    expect(answer.status).toBe(200);
    expect(answer.body.result).toBe('FOUND');
    expect(Object.keys(answer.body.items[0] ?? {}).sort()).toEqual(
      [
        'area',
        'certificateNo',
        'domains',
        'issuer',
        'name',
        'post',
        'state',
        'type',
        'unit',
        'validFrom',
        'validTo',
        'verdict',
        'verdictEn',
        'verdictZh',
      ].sort(),
    );
    expect(answer.body.items[0]).toMatchObject({
      certificateNo: no,
      name: '张三',
      verdict: 'USABLE',
      domains: ['城市管理'],
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/410\*|[0-9a-f]{8}-[0-9a-f]{4}/);
  });

  it('matches exactly; unknown, cancelled and revoked answer differently', async () => {
    const no = await card();
    expect((await lookUp(`no=${no.slice(0, 10)}`)).body).toMatchObject({
      result: 'NOT_FOUND',
      messageZh: '查无此证',
      items: [],
    });
    expect((await lookUp(`no=${no}&name=${encodeURIComponent('张')}`)).body.result).toBe('NOT_FOUND');
    expect((await lookUp(`no=${no}`)).body.result).toBe('FOUND');
    for (const state of ['CANCELLED', 'REVOKED', 'LOST', 'REPLACED'] as const) {
      const found = await lookUp(`no=${await card({ state })}`);
      expect(found.body.items[0]).toMatchObject({ verdict: state, name: null, unit: null, validTo: null });
    }
    expect((await lookUp(`no=${await card({ validTo: '2025-01-01' })}`)).body.items[0]).toMatchObject({
      verdict: 'EXPIRED',
    });
    expect((await lookUp(`no=${await card({ validFrom: '2029-01-01' })}`)).body.items[0]).toMatchObject({
      verdict: 'NOT_YET_VALID',
    });
    expect((await lookUp(`no=${await card({ state: 'RESERVED' })}`)).body.result).toBe('NOT_FOUND');
    for (const bad of ['', 'name=x', `no=${no}%25`, `no=${no}&name=`, `no=${no}&idNumber=1`])
      expect((await lookUp(bad)).status).toBe(400);
  });

  it('at most 30 a minute from one address', async () => {
    await house.uow.run(() => house.db.execute('DELETE FROM public_lookup_throttles'));
    house.clock.set('2026-03-01T08:00:00+08:00');
    try {
      const send = () => house.anybody('GET', '/public/certificates?no=1');
      const answers = await Promise.all(Array.from({ length: 35 }, send));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.body['code']).toBe('LOOKUP_THROTTLED');
      expect(refused?.headers.get('retry-after')).toBe('60');
      house.clock.set('2026-03-01T08:01:00+08:00');
      expect((await send()).status).toBe(200);
    } finally {
      house.clock.set(null);
    }
  });
});

describe('the page behind the QR', () => {
  const page = async (code: string) => {
    const response = await fetch(`${house.url}/v/${code}`);
    return { status: response.status, type: response.headers.get('content-type'), html: await response.text() };
  };

  it('shows the verdict without a script, small, and escapes what it shows', async () => {
    await allocateHere(house);
    const officerId = await insertOfficer(house, { name: '<script>alert(1)</script>"&' });
    const opened = await openBatch(house, await approved(house, [officerId]));
    await house.drain();
    const id = (await batchOf(house, opened.body.id)).items[0]?.certificateId ?? '';
    const code = String((await cardOf(house, id))['publicCode']);
    const shown = await page(code);
    expect([shown.status, shown.type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(shown.html).toContain('有效');
    expect(shown.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
    expect(shown.html).not.toMatch(/<script|onload|javascript:/i);
    expect(Buffer.byteLength(shown.html)).toBeLessThan(50 * 1024);
    expect((await page(`${code.slice(0, 5)}-${code.slice(5).toLowerCase()}`)).status).toBe(200);
    await house.as('approver').post(`/certificates/${id}/revoke`, { ground: 'LENT', document: '决定1号' });
    const revoked = await page(code);
    expect(revoked.html).toContain('已吊销');
    expect(revoked.html).not.toContain('&lt;script');
    expect(revoked.html).not.toContain('LENT');
  });

  it('says 查无此证 for what is no code of ours', async () => {
    const other = house.app.get(PublicCodes).create();
    for (const code of ['x', other, '%3Cscript%3E', newId()]) {
      const shown = await page(code);
      expect(shown.status).toBe(404);
      expect(shown.html).toContain('查无此证');
      expect(shown.html).not.toMatch(/<script/i);
    }
  });
});
