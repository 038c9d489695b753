import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import smCrypto from 'sm-crypto';
import { createVerifier, openDocument, openKeys, type Keys, type Sm2Check } from '../../../verifier/index.mjs';
import { newId } from '../../../src/kernel/ids.js';
import { type House } from '../../support/house.js';
import { secondColour, secondKeys, secondOpen, type SecondRoster } from '../../support/second-verifier.js';
import { cardOf, insertCard, insertOfficer, openCertificatesHouse, type CardOptions } from './support.js';

const NOW = '2026-06-15T10:00:00+08:00';
const SECOND = Date.parse(NOW) / 1000;
const HOUR = 3600;

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
  house.clock.set(NOW);
});
afterAll(() => house?.close());

const holder = async (options: CardOptions = {}) => {
  const officerId = await insertOfficer(house);
  const id = await insertCard(house, officerId, options);
  const card = await cardOf(house, id);
  return { officerId, id, number: card.certificateNo, code: String(card['publicCode']) };
};
const keyItems = async () =>
  (await house.anybody('GET', '/public/signing-keys')).body['items'] as Record<string, unknown>[];
const raw = async (path: string): Promise<string> =>
  (
    await fetch(`${house.url}/api/v1${path}`, { headers: { authorization: `Bearer ${house.as('supervisor').token}` } })
  ).text();

async function rosterOf(officerIds: readonly string[], more: object = {}) {
  const made = await house.as('supervisor').post('/offline/rosters', { title: '夜市检查', officerIds, ...more });
  expect(made.status).toBe(201);
  return { view: made.body, text: await raw(`/offline/rosters/${String(made.body['id'])}/file`) };
}
const statusList = () => raw('/offline/status-list');

/** A dated setting as its administrator would enter it, in force from the day of this house. */
const chooseAlgorithm = (name: string): Promise<unknown> =>
  house.uow.run(() =>
    house.db.execute(`UPDATE settings SET value_json = ? WHERE setting_key = 'signing.algorithm'`, [
      JSON.stringify(name),
    ]),
  );
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bySmCrypto: Sm2Check = (publicKey, message, signature) =>
  smCrypto.sm2.doVerifySignature(message, hex(signature), hex(publicKey), { hash: true, userId: '1234567812345678' });

describe('a signed roster', () => {
  it('answers green, amber, red and grey, and never green when it is old; two verifiers agree', async () => {
    const good = await holder();
    const revoked = await holder({ state: 'REVOKED' });
    const expiring = await holder({ validTo: '2026-06-15' });
    const later = await holder({ validFrom: '2026-06-16' });
    const offPost = await holder();
    await house
      .as('hr')
      .post(`/officers/${offPost.officerId}/off-post`, { cause: 'OTHER', effectiveFrom: '2026-06-01' });
    const suspended = await holder();
    await house.as('approver').post(`/certificates/${suspended.id}/suspend`, {
      ground: 'OTHER',
      document: '1号',
      effectiveFrom: '2026-06-15T22:00:00+08:00',
    });
    const stranger = await holder();
    const people = [good, revoked, expiring, later, offPost, suspended];
    const { text, view } = await rosterOf(people.map(({ officerId }) => officerId));
    expect(view).toMatchObject({
      people: 6,
      age: 'FRESH',
      validUntil: new Date((SECOND + 72 * HOUR) * 1000).toISOString(),
    });
    expect(text).not.toMatch(new RegExp(people.map(({ code }) => code).join('|')));
    const keys = await openKeys({ items: await keyItems() });
    const roster = await openDocument(text, keys);
    const verifier = createVerifier({ keys, roster });
    const second = secondOpen(text, secondKeys(await keyItems()));
    if (!second) throw new Error('the second verifier refuses a good roster');
    const expected: readonly (readonly [string, string, number, string, string])[] = [
      ['good', good.code, 0, 'GREEN', 'ROSTER'],
      ['good, by address', `https://host/v/${good.code}?lang=en`, 0, 'GREEN', 'ROSTER'],
      [
        'good, in groups',
        `${good.code.slice(0, 4)}-${good.code.slice(4, 8)}-${good.code.slice(8)}`,
        0,
        'GREEN',
        'ROSTER',
      ],
      ['good, by number', good.number, 0, 'GREEN', 'ROSTER'],
      ['last fresh second', good.code, 24 * HOUR - 1, 'GREEN', 'ROSTER'],
      ['stale', good.code, 24 * HOUR, 'AMBER', 'ROSTER_STALE'],
      ['last second', good.code, 72 * HOUR - 1, 'AMBER', 'ROSTER_STALE'],
      ['over', good.code, 72 * HOUR, 'GREY', 'ROSTER_TOO_OLD'],
      ['years later', good.code, 10_000 * HOUR, 'GREY', 'ROSTER_TOO_OLD'],
      ['clock a little behind', good.code, -119, 'GREEN', 'ROSTER'],
      ['clock behind', good.code, -121, 'AMBER', 'CLOCK_IS_WRONG'],
      ['revoked', revoked.code, 0, 'RED', 'ROSTER'],
      ['revoked, over', revoked.code, 100 * HOUR, 'RED', 'ROSTER'],
      ['last day', expiring.code, 14 * HOUR - 1, 'GREEN', 'ROSTER'],
      ['the day after', expiring.code, 14 * HOUR, 'RED', 'ROSTER'],
      ['not yet', later.code, 0, 'RED', 'ROSTER'],
      ['from its first day', later.code, 14 * HOUR, 'GREEN', 'ROSTER'],
      ['off post', offPost.code, 0, 'RED', 'ROSTER'],
      ['before its suspension', suspended.code, 12 * HOUR - 1, 'GREEN', 'ROSTER'],
      ['from its suspension on', suspended.code, 12 * HOUR, 'RED', 'ROSTER'],
      ['not in it', stranger.code, 0, 'GREY', 'NOT_IN_ROSTER'],
    ];
    for (const [what, asked, after, colour, reason] of expected) {
      const result = await verifier.check(asked, SECOND + after);
      expect([what, result.colour, result.reason]).toEqual([what, colour, reason]);
      if (/^[0-9A-Z]{10}$/.test(asked))
        expect([what, secondColour(second, asked, SECOND + after)]).toEqual([what, colour]);
    }
    expect((await verifier.check('nothing', SECOND)).colour).toBe('GREY');
    expect((await verifier.check(good.code, NaN)).colour).not.toBe('GREEN');
  });

  it('is refused by both when any byte of it is altered, cut or signed with another key', async () => {
    const { officerId, code } = await holder();
    const { text } = await rosterOf([officerId]);
    const items = await keyItems();
    const keys = await openKeys({ items });
    const others = secondKeys(items);
    expect(secondOpen(text, others)).not.toBeNull();
    const taken: string[] = [];
    const openedBySecond = (altered: string): unknown => {
      try {
        return secondOpen(altered, others);
      } catch {
        return null;
      }
    };
    const attempt = async (altered: string, what: string): Promise<void> => {
      const opened = await openDocument(altered, keys).catch(() => null);
      if (opened !== null) taken.push(`first: ${what}`);
      if (openedBySecond(altered) !== null) taken.push(`second: ${what}`);
    };
    const envelope = JSON.parse(text) as Record<string, string>;
    const payload = Buffer.from(envelope['payload'] ?? '', 'base64url');
    const signature = Buffer.from(envelope['signature'] ?? '', 'base64url');
    const written = (more: Record<string, string>): string => JSON.stringify({ ...envelope, ...more });
    for (let i = 0; i < payload.length; i++) {
      const altered = Buffer.from(payload);
      altered[i] = (altered[i] ?? 0) ^ (1 << (i % 8));
      await attempt(written({ payload: altered.toString('base64url') }), `payload ${i}`);
    }
    for (let i = 0; i < signature.length; i++) {
      const altered = Buffer.from(signature);
      altered[i] = (altered[i] ?? 0) ^ (1 << (i % 8));
      await attempt(written({ signature: altered.toString('base64url') }), `signature ${i}`);
    }
    // Each character of the text, also those that only another spelling of the same bytes would change.
    for (let i = 0; i < text.length; i++) {
      const char = text[i] === 'A' ? 'B' : 'A';
      await attempt(text.slice(0, i) + char + text.slice(i + 1), `character ${i}`);
    }
    for (const end of [0, 1, 10, text.length - 2, text.length - 1]) await attempt(text.slice(0, end), `cut at ${end}`);
    await attempt(written({ payload: `${envelope['payload'] ?? ''}=` }), 'padding');
    expect(taken).toEqual([]);
    const renamed = items.map((item) => ({ ...item, publicKey: Buffer.alloc(32, 7).toString('base64url') }));
    await expect(openDocument(text, await openKeys({ items: renamed }))).rejects.toThrow();
    expect(await openDocument(text, keys)).toMatchObject({ kind: 'roster' });
    expect(code).toHaveLength(10);
  }, 120_000);

  it('is signed with SM2 where that is chosen: two implementations take it, and refuse what was altered', async () => {
    const { officerId, code } = await holder();
    const before = await keyItems();
    await chooseAlgorithm('SM2');
    const { text } = await rosterOf([officerId]);
    const items = await keyItems();
    expect(items.filter(({ status }) => status === 'ACTIVE').map(({ algorithm }) => algorithm)).toEqual(
      expect.arrayContaining(['SM2', 'Ed25519']),
    );
    const keys = await openKeys({ items }, { sm2: bySmCrypto });
    const others = secondKeys(items);
    const roster = await openDocument(text, keys);
    expect((await createVerifier({ keys, roster }).check(code, SECOND)).colour).toBe('GREEN');
    expect(secondColour(secondOpen(text, others) as SecondRoster, code, SECOND)).toBe('GREEN');
    // Who brought no SM2 along knows no such key, and whoever knew the older keys only neither.
    await expect(openDocument(text, await openKeys({ items }))).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    await expect(openDocument(text, await openKeys({ items: before }))).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    const envelope = JSON.parse(text) as Record<string, string>;
    const taken: string[] = [];
    // Not each byte, as above: the library takes a tenth of a second for a signature.
    for (const [part, step] of [
      ['payload', 16],
      ['signature', 5],
    ] as const) {
      const bytes = Buffer.from(envelope[part] ?? '', 'base64url');
      for (let i = 0; i < bytes.length; i += step) {
        const altered = Buffer.from(bytes);
        altered[i] = (altered[i] ?? 0) ^ (1 << (i % 8));
        const written = JSON.stringify({ ...envelope, [part]: altered.toString('base64url') });
        if ((await openDocument(written, keys).catch(() => null)) !== null) taken.push(`first: ${part} ${i}`);
        if (secondOpen(written, others) !== null) taken.push(`second: ${part} ${i}`);
      }
    }
    expect(taken).toEqual([]);
    await expect(openDocument(text.replace('"SM2"', '"Ed25519"'), keys)).rejects.toMatchObject({ code: 'FORM' });
    // A rotation leaves no active key behind, of either algorithm.
    expect((await house.as('security-admin').post('/signing-keys/rotate')).status).toBe(200);
    expect((await keyItems()).filter(({ status }) => status === 'ACTIVE')).toEqual([
      expect.objectContaining({ algorithm: 'SM2', publicKey: expect.stringMatching(/^[\w-]{87}$/) }),
    ]);
    await chooseAlgorithm('Ed25519');
  }, 120_000);

  it('a newer status list turns a card red; an older one only where nothing can undo it', async () => {
    const [taken, lifted] = [await holder(), await holder()];
    const suspend = { ground: 'OTHER', document: '1号', effectiveFrom: '2026-06-15' };
    await house.as('approver').post(`/certificates/${lifted.id}/suspend`, suspend);
    const older = await statusList();
    await house.as('approver').post(`/certificates/${lifted.id}/lift`, { document: '2号', effectiveFrom: NOW });
    house.clock.set(Date.parse(NOW) + 10_000);
    const { text } = await rosterOf([taken.officerId, lifted.officerId]);
    house.clock.set(Date.parse(NOW) + 20_000);
    await house.as('approver').post(`/certificates/${taken.id}/revoke`, { ground: 'LENT', document: '3号' });
    const newer = await statusList();
    const keys = await openKeys({ items: await keyItems() });
    const roster = await openDocument(text, keys);
    const at = SECOND + 60;
    const withList = async (list: string) =>
      createVerifier({ keys, roster, statusList: await openDocument(list, keys) });
    const colours = async (list: string, cards: readonly { code: string }[]) =>
      Promise.all(cards.map(async ({ code }) => (await (await withList(list)).check(code, at)).colour));
    expect((await createVerifier({ keys, roster }).check(taken.code, at)).colour).toBe('GREEN');
    expect(await colours(newer, [taken, lifted])).toEqual(['RED', 'GREEN']);
    expect(await colours(older, [taken, lifted])).toEqual(['GREEN', 'GREEN']);
    // A stale roster does not become green by a fresh list.
    const late = SECOND + 30 * HOUR;
    expect((await (await withList(newer)).check(lifted.code, late)).colour).toBe('AMBER');
    house.clock.set(NOW);
  });

  it('keys are rotated and revoked: what was signed before stays good, of a revoked key nothing does', async () => {
    const { officerId, code } = await holder();
    const before = await rosterOf([officerId]);
    house.clock.set(Date.parse(NOW) + 60_000);
    expect((await house.as('security-admin').post('/signing-keys/rotate')).status).toBe(200);
    const after = await rosterOf([officerId]);
    const [first, second] = [JSON.parse(before.text), JSON.parse(after.text)] as { keyId: string }[];
    expect(first?.keyId).not.toBe(second?.keyId);
    const open = async (text: string, keys: Keys) =>
      (await createVerifier({ keys, roster: await openDocument(text, keys) }).check(code, SECOND + 90)).colour;
    let keys = await openKeys({ items: await keyItems() });
    expect([await open(before.text, keys), await open(after.text, keys)]).toEqual(['GREEN', 'GREEN']);
    // A thief of the retired key dates a roster of his own after its end: the time of its retirement stands in the list.
    const early = (await keyItems()).map((item) => ({
      ...item,
      retiredAt: item['retiredAt'] && new Date(Date.parse(NOW) - 1000).toISOString(),
    }));
    await expect(openDocument(before.text, await openKeys({ items: early }))).rejects.toMatchObject({
      code: 'KEY_RETIRED',
    });
    expect(secondOpen(before.text, secondKeys(early))).toBeNull();
    expect((await house.as('security-admin').post(`/signing-keys/${first?.keyId}/revoke`)).status).toBe(200);
    expect((await house.as('security-admin').post(`/signing-keys/${first?.keyId}/revoke`)).status).toBe(409);
    expect((await house.as('approver').post('/signing-keys/rotate')).status).toBe(403);
    keys = await openKeys({ items: await keyItems() });
    await expect(openDocument(before.text, keys)).rejects.toMatchObject({ code: 'KEY_REVOKED' });
    expect(secondOpen(before.text, secondKeys(await keyItems()))).toBeNull();
    expect(await open(after.text, keys)).toBe('GREEN');
    const secrets = await house.db.rows<{ n: string }>(
      `SELECT id AS n FROM signing_keys WHERE status <> 'ACTIVE' AND private_key_cipher IS NOT NULL`,
    );
    expect(secrets).toEqual([]);
    house.clock.set(NOW);
  });

  it('is made for units and people of the own scope only, and read there', async () => {
    const { officerId } = await holder();
    const foreign = house.as('supervisor-2');
    for (const body of [{ officerIds: [officerId] }, { subjectIds: [house.unit] }, { officerIds: [newId()] }])
      expect((await foreign.post('/offline/rosters', { title: 'x', ...body })).status).toBe(404);
    expect((await foreign.post('/offline/rosters', { title: 'x' })).status).toBe(400);
    const { view } = await rosterOf([], { officerIds: undefined, subjectIds: [house.unit] });
    expect(Number(view['people'])).toBeGreaterThan(3);
    expect((await foreign.get(`/offline/rosters/${String(view['id'])}/file`)).status).toBe(404);
    const stored = await house.db.rows('SELECT id FROM roster_snapshots WHERE id = ?', [String(view['id'])]);
    expect(stored).toHaveLength(1);
  });

  it('the command answers by word and exit code', async () => {
    const [good, bad] = [await holder(), await holder({ state: 'LOST' })];
    const { text } = await rosterOf([good.officerId, bad.officerId]);
    const folder = mkdtempSync(join(tmpdir(), 'chizheng-verifier-'));
    try {
      writeFileSync(join(folder, 'keys.json'), JSON.stringify({ items: await keyItems() }));
      writeFileSync(join(folder, 'roster.json'), text);
      writeFileSync(join(folder, 'altered.json'), text.replace('payload":"e', 'payload":"f'));
      const run = (file: string, time: number, ...codes: string[]) =>
        new Promise<[number, string]>((resolve) => {
          const now = new Date((SECOND + time) * 1000).toISOString();
          const cli = join(import.meta.dirname, '../../../verifier/cli.mjs');
          const given = ['--keys', join(folder, 'keys.json'), '--roster', join(folder, file), '--now', now];
          execFile(process.execPath, [cli, ...given, ...codes], (error, stdout) =>
            resolve([error ? Number(error.code) : 0, stdout]),
          );
        });
      const [exit, told] = await run('roster.json', 0, good.code);
      expect([exit, /GREEN 可上岗 USABLE/.test(told), told.includes('0.0 h old: FRESH')]).toEqual([0, true, true]);
      expect((await run('roster.json', 25 * HOUR, good.code))[0]).toBe(1);
      expect((await run('roster.json', 0, good.code, bad.code))[0]).toBe(2);
      expect((await run('roster.json', 80 * HOUR, good.code))[0]).toBe(3);
      expect((await run('altered.json', 0, good.code))[0]).toBe(4);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a live code', () => {
  const officer = async (officerId: string) => {
    const person = house.as('officer');
    await house.uow.run(() =>
      house.db.execute('UPDATE accounts SET officer_id = ? WHERE id = ?', [officerId, person.actor.accountId]),
    );
    return person;
  };

  it('is for the holder alone, for 60 seconds, with and without a network, and not twice beyond its window', async () => {
    const own = await holder();
    const other = await holder();
    const person = await officer(own.officerId);
    const live = await person.get(`/certificates/${own.id}/live-code`);
    expect([live.status, live.body['secondsLeft']]).toEqual([200, 60]);
    expect((await person.get(`/certificates/${other.id}/live-code`)).status).toBe(404);
    expect((await house.as('hr').get(`/certificates/${own.id}/live-code`)).status).toBe(403);
    const token = String(live.body['token']);
    expect(String(live.body['url']).endsWith(`/v/${token}`)).toBe(true);
    const online = async (text: string) =>
      (await house.as('supervisor').post('/certificates/verify', { code: text })).body['result'];
    expect(await online(token)).toBe('FOUND');
    const keys = await openKeys({ items: await keyItems() });
    const roster = await openDocument((await rosterOf([own.officerId])).text, keys);
    const elsewhere = await openDocument((await rosterOf([other.officerId])).text, keys);
    const verifier = createVerifier({ keys, roster });
    expect((await verifier.check(token, SECOND + 5)).colour).toBe('GREEN');
    expect((await verifier.check(token, SECOND + 64)).colour).toBe('GREEN');
    expect(await verifier.check(token, SECOND + 66)).toMatchObject({ colour: 'RED', reason: 'LIVE_CODE_USED' });
    expect(await createVerifier({ keys, roster }).check(token, SECOND + 181)).toMatchObject({
      reason: 'LIVE_CODE_OVER',
    });
    expect(await createVerifier({ keys, roster: elsewhere }).check(token, SECOND)).toMatchObject({
      colour: 'AMBER',
      reason: 'LIVE_CODE_ONLY',
    });
    const bytes = Buffer.from(token.slice(3), 'base64url');
    const taken: number[] = [];
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i] = (altered[i] ?? 0) ^ 1;
      const text = `L1.${altered.toString('base64url')}`;
      const result = await createVerifier({ keys, roster }).check(text, SECOND + 5);
      if (!['RED', 'GREY'].includes(result.colour) || (await online(text)) !== 'LIVE_FORGED') taken.push(i);
    }
    expect(taken).toEqual([]);
    house.clock.set(Date.parse(NOW) + 59_999);
    expect(await online(token)).toBe('FOUND');
    house.clock.set(Date.parse(NOW) + 60_000);
    expect(await online(token)).toBe('LIVE_OVER');
    house.clock.set(NOW);
  }, 60_000);

  it('is refused while the card may not be used, with the state', async () => {
    const own = await holder();
    const person = await officer(own.officerId);
    await house
      .as('approver')
      .post(`/certificates/${own.id}/suspend`, { ground: 'OTHER', document: '1号', effectiveFrom: '2026-06-15' });
    const refused = await person.get(`/certificates/${own.id}/live-code`);
    expect([refused.status, refused.body['code'], refused.body['state']]).toEqual([
      409,
      'CARD_NOT_USABLE',
      'SUSPENDED',
    ]);
  });
});
