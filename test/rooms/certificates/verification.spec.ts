import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { PublicCodes } from '../../../src/infrastructure/crypto/public-codes.js';
import { drawnPicture, pictureForm } from '../../support/pictures.js';
import { openHouse, type House } from '../../support/house.js';
import { cardOf, insertCard, insertOfficer, setSetting, type CardOptions } from './support.js';

const NOW = '2026-06-15T10:00:00+08:00';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
beforeEach(async () => {
  house.clock.set(NOW);
  await house.uow.run(() => house.db.execute('DELETE FROM public_lookup_throttles'));
});
afterAll(() => house?.close());

const holder = async (options: CardOptions = {}) => {
  const officerId = await insertOfficer(house);
  const id = await insertCard(house, officerId, options);
  const card = await cardOf(house, id);
  return { officerId, id, number: card.certificateNo, code: String(card['publicCode']) };
};
const open = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${house.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, html: await response.text() };
};
/** fetch sets Sec-Fetch-Site and hides it; this sends what it is told. */
const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; html: string }>((resolve, reject) => {
    const body = new URLSearchParams(fields).toString();
    const sent = request(
      `${house.url}${path}`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          ...headers,
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, html: Buffer.concat(parts).toString() }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
const inboxOf = async (who: string, kind: string) =>
  (
    (await house.as(who).get('/notifications?limit=200')).body['items'] as {
      kind: string;
      summary: string;
      targetId: string;
    }[]
  ).filter((one) => one.kind === kind);

describe('the public page', () => {
  it('speaks Chinese or English, is small with a portrait, and needs no script', async () => {
    const own = await holder();
    const etag = (await house.as('hr').get(`/officers/${own.officerId}`)).headers.get('etag') ?? '';
    await house
      .as('hr')
      .put(`/officers/${own.officerId}/photo`, pictureForm(await drawnPicture()), { 'if-match': etag });
    const zh = await open(`/v/${own.code}`);
    expect([zh.status, zh.headers.get('content-type'), zh.headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(zh.html).toContain('lang="zh-CN"');
    expect(zh.html).toContain('data:image/jpeg;base64,');
    for (const words of ['有效', '张三', '城市管理局', own.number, '郑州市中原区', '2026-06-15 10:00:00'])
      expect(zh.html).toContain(words);
    expect(zh.html).not.toMatch(/410\*|1990|<script/);
    expect(Buffer.byteLength(zh.html)).toBeLessThan(50 * 1024);
    const en = await open(`/v/${own.code}?lang=en`);
    expect(en.html).toContain('<strong>Valid</strong>');
    expect((await open(`/v/${own.code}`, { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.1' })).html).toContain(
      '<strong>Valid</strong>',
    );
    expect((await open(`/v/${own.code}?lang=xx`, { 'accept-language': 'fr' })).html).toContain('<strong>有效</strong>');
    // BR-94: the portrait stands behind the QR only, and not at all where the setting says so.
    const byNumber = await send('/v', { no: own.number, name: '张三' });
    expect([
      byNumber.status,
      byNumber.html.includes('<strong>有效'),
      byNumber.html.includes('data:image/jpeg'),
    ]).toEqual([200, true, false]);
    expect(byNumber.html).not.toContain(own.code);
    await setSetting(house, 'publish.photoOnQr', false);
    expect((await open(`/v/${own.code}`)).html).not.toContain('data:image/jpeg');
    await setSetting(house, 'publish.photoOnQr', true);
  });

  it('tells every state from the others, and a slip of the finger from an unknown code', async () => {
    const words = new Map<string, string>();
    for (const [name, options] of Object.entries({
      USABLE: {},
      NOT_YET: { validFrom: '2026-06-16' },
      EXPIRED: { validTo: '2026-06-14' },
      REVOKED: { state: 'REVOKED' },
      CANCELLED: { state: 'CANCELLED' },
      LOST: { state: 'LOST' },
      REPLACED: { state: 'REPLACED' },
    } satisfies Record<string, CardOptions>)) {
      const { code } = await holder(options);
      words.set(name, /<strong>([^<]*)/.exec((await open(`/v/${code}`)).html)?.[1] ?? '');
    }
    const left = await holder();
    await house.as('hr').post(`/officers/${left.officerId}/leave`, { cause: 'RETIRED', effectiveFrom: '2026-06-01' });
    const gone = await open(`/v/${left.code}`);
    words.set('LEFT', /<strong>([^<]*)/.exec(gone.html)?.[1] ?? '');
    expect(gone.html).not.toMatch(/退休|RETIRED|LEFT_SERVICE/);
    const unknown = house.app.get(PublicCodes).create();
    const wrong = unknown.slice(0, 9) + (unknown[9] === '0' ? '1' : '0');
    words.set('UNKNOWN', /<strong>([^<]*)/.exec((await open(`/v/${unknown}`)).html)?.[1] ?? '');
    words.set('MISTYPED', /<strong>([^<]*)/.exec((await open(`/v/${wrong}`)).html)?.[1] ?? '');
    expect(new Set(words.values()).size).toBe(words.size);
    expect([words.get('USABLE'), words.get('LEFT'), words.get('UNKNOWN'), words.get('MISTYPED')]).toEqual([
      '有效',
      '暂不可用',
      '查无此证',
      '编码有误',
    ]);
  });

  it('finds by number and name together only, and takes no form of another site', async () => {
    const own = await holder();
    const ask = async (fields: Record<string, string>, headers = {}) => (await send('/v', fields, headers)).status;
    expect(await ask({ no: own.number, name: '张三' })).toBe(200);
    expect(await ask({ no: own.number, name: '李四' })).toBe(404);
    expect(await ask({ no: own.number })).toBe(400);
    expect(await ask({ name: '张三' })).toBe(400);
    expect(await ask({ no: `${own.number}'--`, name: '张三' })).toBe(400);
    expect(await ask({ code: own.code.toLowerCase() })).toBe(200);
    expect(await ask({ no: own.number, name: '张三' }, { 'sec-fetch-site': 'cross-site' })).toBe(400);
    expect(await ask({ no: own.number, name: '张三' }, { origin: 'https://elsewhere.example' })).toBe(400);
    expect((await open('/v')).html).toContain('<form method="post" action="/v?lang=zh">');
    // A form is taken there and nowhere else.
    const form = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'username=a&password=b',
    };
    expect((await fetch(`${house.url}/api/v1/auth/login`, form)).status).toBe(415);
  });

  it('asks for patience in a calm word, with the time to wait', async () => {
    await setSetting(house, 'publish.lookupsPerMinute', 3);
    const own = await holder();
    for (let i = 0; i < 3; i++) expect((await open(`/v/${own.code}`)).status).toBe(200);
    const held = await open(`/v/${own.code}`);
    expect([held.status, held.headers.get('retry-after'), held.html.includes('60 秒后')]).toEqual([429, '60', true]);
    expect(held.html).not.toContain('张三');
    house.clock.set(Date.parse(NOW) + 60_000);
    expect((await open(`/v/${own.code}`)).status).toBe(200);
    await setSetting(house, 'publish.lookupsPerMinute', 30);
  });
});

describe('a card that may not be shown any more', () => {
  it('raises one alarm in an hour for the supervisors of its district, with time and place', async () => {
    const own = await holder({ state: 'REVOKED' });
    await house.drain();
    const before = (await inboxOf('supervisor', 'certificate.unusable-shown')).length;
    await Promise.all(Array.from({ length: 6 }, () => open(`/v/${own.code}`)));
    await house.drain();
    const told = (await inboxOf('supervisor', 'certificate.unusable-shown')).slice(before);
    expect(told).toHaveLength(1);
    expect(told[0]?.targetId).toBe(own.id);
    expect(told[0]?.summary).toBe(`已吊销的证件 ${own.number} 于 2026-06-15 10:00 被出示（公众扫码）`);
    expect(await inboxOf('supervisor-2', 'certificate.unusable-shown')).toEqual([]);
    house.clock.set(Date.parse(NOW) + 61 * 60_000);
    await house.as('supervisor').post('/certificates/verify', { no: own.number, place: '建设路与桐柏路口' });
    await house.drain();
    const [, second] = (await inboxOf('supervisor', 'certificate.unusable-shown')).slice(before);
    expect(second?.summary).toContain('监督人员核验，地点：建设路与桐柏路口');
    expect(second?.summary).not.toContain('张三');
    // A good card is no reason to ring anybody.
    await open(`/v/${(await holder()).code}`);
    await house.drain();
    expect((await inboxOf('supervisor', 'certificate.unusable-shown')).length).toBe(before + 2);
    expect((await cardOf(house, own.id))['lastVerifiedAt']).toBe(new Date(Date.parse(NOW) + 61 * 60_000).toISOString());
  });
});

describe('the check by staff', () => {
  it('shows reasons and the tail of the ID number within the scope, the public fields outside', async () => {
    const own = await holder();
    await house.as('hr').post(`/officers/${own.officerId}/off-post`, { cause: 'OTHER', effectiveFrom: '2026-06-01' });
    interface Told extends Record<string, unknown> {
      readonly result: string;
      readonly items: Record<string, unknown>[];
    }
    const verify = async (who: string, body: object) =>
      (await house.as(who).post<Told>('/certificates/verify', body)).body;
    const inside = await verify('supervisor', { code: `https://host/v/${own.code}` });
    expect(inside.items[0]).toMatchObject({
      verdict: 'NOT_USABLE',
      colour: 'amber',
      inScope: true,
      idNumberTail: '0012',
      checksToday: 1,
    });
    expect((inside.items[0]?.['reasons'] as { code: string }[]).map(({ code }) => code)).toEqual(['OFF_POST']);
    const outside = await verify('supervisor-2', { no: own.number });
    expect(outside.items[0]).toMatchObject({
      verdict: 'NOT_USABLE',
      inScope: false,
      name: '张三',
      idNumberTail: null,
      officerId: null,
      reasons: [],
    });
    expect((await verify('supervisor', { no: '16999999999' })).result).toBe('NOT_FOUND');
    for (const body of [
      {},
      { code: own.code, no: own.number },
      { code: '' },
      { no: own.number, place: '41010219900307001X 处' },
    ])
      expect((await house.as('supervisor').post('/certificates/verify', body)).status).toBe(400);
    expect((await house.as('exam-officer').post('/certificates/verify', { code: own.code })).status).toBe(403);
  });
});

describe('a report of the public', () => {
  const tokenOf = (html: string): string => /name="token" value="([^"]*)"/.exec(html)?.[1] ?? '';

  it('reaches the supervisors once, encrypted, and is settled by them', async () => {
    const own = await holder();
    const page = await open(`/v/${own.code}/report`);
    const fields = {
      token: tokenOf(page.html),
      kind: 'NOT_THE_PERSON',
      description: '穿制服的人说他叫王某，身份证 41010219900307001X',
      place: '中原路<b>',
    };
    const before = (await inboxOf('supervisor', 'mismatch.reported')).length;
    for (let i = 0; i < 2; i++) expect((await send(`/v/${own.code}/report`, fields)).html).toContain('已收到');
    await house.drain();
    const told = (await inboxOf('supervisor', 'mismatch.reported')).slice(before);
    expect(told.map(({ summary }) => summary)).toEqual([`公众反映：持证人与照片不是同一人（证号 ${own.number}）`]);
    const id = told[0]?.targetId ?? '';
    const report = await house.as('supervisor').get(`/mismatch-reports/${id}`);
    expect(report.body).toMatchObject({
      status: 'OPEN',
      verdict: 'USABLE',
      certificateNo: own.number,
      place: '中原路<b>',
      description: '穿制服的人说他叫王某,身份证 ***',
    });
    const [row] = await house.db.rows<{ d: string }>(
      'SELECT description_cipher AS d FROM mismatch_reports WHERE id = ?',
      [id],
    );
    expect(row?.d).not.toContain('王某');
    expect((await house.as('supervisor-2').get(`/mismatch-reports/${id}`)).status).toBe(404);
    const settle = () =>
      house.as('supervisor').post(`/mismatch-reports/${id}/settle`, { outcome: 'CONFIRMED', note: '已移送' });
    expect((await settle()).body).toMatchObject({ status: 'SETTLED', outcome: 'CONFIRMED' });
    expect((await settle()).status).toBe(409);
  });

  it('about a code that nobody has goes to the district', async () => {
    const code = house.app.get(PublicCodes).create();
    const page = await open(`/v/${code}/report?lang=en`);
    const before = (await inboxOf('supervisor', 'mismatch.reported')).length;
    const sent = await send(`/v/${code}/report?lang=en`, { token: tokenOf(page.html), kind: 'NOT_FOUND' });
    expect(sent.html).toContain('Received, thank you');
    await house.drain();
    expect((await inboxOf('supervisor', 'mismatch.reported')).length).toBe(before + 1);
  });

  it('is taken with the form that was handed out only, and not without end', async () => {
    const own = await holder();
    const path = `/v/${own.code}/report`;
    const token = tokenOf((await open(path)).html);
    const other = tokenOf((await open(`/v/${(await holder()).code}/report`)).html);
    const statusOf = async (fields: Record<string, string>, headers = {}) => (await send(path, fields, headers)).status;
    expect(await statusOf({ kind: 'OTHER' })).toBe(400);
    expect(await statusOf({ kind: 'OTHER', token: other })).toBe(400);
    // Every other last letter, those too that differ in bits alone that decoding drops.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const altered = [...letters].map((letter) => token.slice(0, -1) + letter).filter((one) => one !== token);
    expect(altered.filter((one) => house.app.get(PublicCodes).openForm(one) !== null)).toEqual([]);
    expect(await statusOf({ kind: 'OTHER', token: altered[0] ?? '' })).toBe(400);
    expect(await statusOf({ kind: 'OTHER', token }, { 'sec-fetch-site': 'cross-site' })).toBe(400);
    await house.uow.run(() => house.db.execute('DELETE FROM public_lookup_throttles'));
    expect(await statusOf({ kind: 'NONSENSE', token })).toBe(400);
    expect(await statusOf({ kind: 'OTHER', token, description: 'x'.repeat(501) })).toBe(400);
    house.clock.set(Date.parse(NOW) + 3 * 3_600_000);
    expect(await statusOf({ kind: 'OTHER', token })).toBe(400);
    house.clock.set(NOW);
    await house.uow.run(() => house.db.execute('DELETE FROM public_lookup_throttles'));
    const answers: number[] = [];
    for (let i = 0; i < 7; i++) answers.push(await statusOf({ kind: 'OTHER', token }));
    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(await house.db.rows('SELECT id FROM mismatch_reports WHERE certificate_id = ?', [own.id])).toHaveLength(1);
  });
});
