import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { newId } from '../../../src/kernel/ids.js';
import { insertCertificate } from '../../support/cleared-team.js';
import { idNumber } from '../../support/codes.js';
import { openHouse, type House } from '../../support/house.js';
import { SAMPLES, type Sample } from './samples.js';
import { ask, inputsOf, named, routes, somebodyFor, World, type Told } from './world.js';
import type { Route } from '../../../src/infrastructure/http/route-inventory.js';

/** Looks like an ID number; it must never come back in a refusal. */
const CANARY = '410102199003077777';

let house: House;
let world: World;
let tried = 0;
const faults: string[] = [];

beforeAll(async () => {
  house = await openHouse();
  world = await World.in(house);
});
afterAll(async () => {
  await house?.close();
});

const withBody = routes.filter((route) => inputsOf(route).body !== null);
const versioned = new Set([
  'PATCH /webhooks/:id',
  'PATCH /officers/:id',
  'PATCH /imports/:id/mapping',
  'PATCH /accounts/:id',
  'PUT /accounts/:id/roles',
  'PUT /settings/:key',
  'PUT /calendar/:year',
]);

const DOCUMENTED = new Set([400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429]);

/** What is wrong with an answer, whatever was asked. */
function wrongWith(path: string, told: Told): string | null {
  if (Object.hasOwn(Object.prototype, 'polluted') || Object.hasOwn(Object.prototype, 'isAdmin')) return 'polluted';
  if (told.status < 300) return null;
  if (!DOCUMENTED.has(told.status)) return 'undocumented status';
  // The pages behind the printed code are for people.
  if (path.startsWith('/v') && (told.headers.get('content-type') ?? '').startsWith('text/html'))
    return told.text.includes(CANARY.slice(0, 17)) ? 'the canary comes back' : null;
  if (!(told.headers.get('content-type') ?? '').startsWith('application/problem+json')) return 'no problem document';
  const { status, code, traceId, detail } = told.json;
  if (status !== told.status || typeof code !== 'string' || typeof traceId !== 'string' || typeof detail !== 'string')
    return 'incomplete problem document';
  if (/\d{17}/.test(told.text)) return 'the canary comes back';
  return null;
}

/** A credit code has 18 characters too and is no secret: the refusal names the one that was typed. */
const NAMES_CREDIT_CODE = /^POST \/subjects uscc = an ID number/;

async function send(
  who: string,
  method: string,
  path: string,
  body: unknown,
  what: string,
  headers: Record<string, string> = {},
): Promise<Told> {
  tried += 1;
  const told = await ask(house.url, method, path, body, { authorization: `Bearer ${house.as(who).token}`, ...headers });
  const wrong = wrongWith(path, told);
  if (wrong && !NAMES_CREDIT_CODE.test(`${method} ${path} ${what}`))
    faults.push(`${method} ${path} ${what}: ${wrong}: ${told.status} ${told.text.slice(0, 200)}`);
  return told;
}

type Path = readonly (string | number)[];

/** Every field of a body, those of nested objects and of the first item of a list too. */
function fieldsOf(value: unknown, path: Path = []): Path[] {
  const inner = Array.isArray(value)
    ? value.slice(0, 1).flatMap((item) => fieldsOf(item, [...path, 0]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => fieldsOf(item, [...path, key]))
      : [];
  return path.length === 0 ? inner : [path, ...inner];
}

function put(body: unknown, path: Path, value: unknown): unknown {
  const copy = structuredClone(body) as Record<string | number, unknown>;
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = value;
  return copy;
}

const valueAt = (body: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], body);

const without = (body: unknown, path: Path): unknown => put(body, path, undefined);

const deep = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as unknown;

const BODIES: readonly (readonly [string, unknown])[] = [
  ['no body', undefined],
  ['empty text', ''],
  ['a list', []],
  ['a list of one', [{}]],
  ['a text', '"text"'],
  ['a number', '17'],
  ['an ID number', CANARY],
  ['true', 'true'],
  ['null', 'null'],
  ['not JSON', '{"a":'],
  ['with a comma too many', '{"a":1,}'],
  ['in single quotes', "{'a':1}"],
  ['a deep object', JSON.stringify(deep(15))],
  ['a very deep object', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ['very deep lists', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`],
];

/** No field of ours takes these, but for those that are told apart below. */
const WRONG: readonly (readonly [string, unknown])[] = [
  ['0', 0],
  ['-1', -1],
  ['0.5', 0.5],
  ['true', true],
  ['{}', {}],
  ['[]', []],
  ['[x]', ['x']],
  ['[[x]]', [['x']]],
  ['[null]', [null]],
  ['null', null],
  ['an empty text', ''],
  ['blanks', '   '],
  ['1e18', 1e18],
  ['a number of 18 digits', Number(CANARY)],
  ['$ne', { $ne: 1 }],
  ['toString', { toString: 'x', length: 3 }],
  ['very long text', 'x'.repeat(100_000)],
  ['NUL', 'a\u0000b'],
  ['bell', 'a\u0007b'],
];

/** Some fields take these: they must fit whatever is behind. */
const ODD: readonly (readonly [string, unknown])[] = [
  ...[40, 80, 100, 200, 300, 500, 1000, 2000].map((n) => [`${n} emoji`, '😀'.repeat(n)] as const),
  ...[36, 40, 60, 80].map((n) => [`${n} capital letters`, 'A'.repeat(n)] as const),
  ['right to left', '\u202Eabc\u2066'],
  ['half an emoji', '\ud83d'],
  ['an ID number', CANARY],
  ['SQL', `' OR '1'='1' -- `],
  ['SQL without blanks', `'||(SELECT/**/1)||'`],
  ['%', '%'],
  ['_', '_'],
  ['a formula', '=1+1'],
  ['HTML', '<script>alert(1)</script>'],
  ['30 February', '2026-02-30'],
  ['year 0', '0000-00-00'],
  ['year 1', '0001-01-01'],
  ['year 1000', '1000-01-01'],
  ['year 9999', '9999-12-31'],
  ['the end of time', '9999-12-31T23:59:59.999Z'],
  ['beyond the end of time', '9999-12-31T23:59:59-12:00'],
  ['the Epoch', '1970-01-01'],
  ['a leap second', '2026-06-30T23:59:60Z'],
  ['an instant without offset', '2026-06-30T23:59:00'],
  ['99999999', 99_999_999],
  ['12 digits', '410102001001'],
];

/**
 * Every field meets a share of what is wrong or odd, each another one, so that together they meet all of it many times over;
 * `npm run faults -- bad-input` has every field meet everything.
 */
const SHARES = Number(process.env['SHARES'] ?? 6);
const share = <T>(all: readonly T[], place: number): readonly T[] => all.filter((_, at) => (at + place) % SHARES === 0);

/** What may be taken although it looks wrong, and why. */
const HARMLESS: readonly RegExp[] = [
  // Every field may be left out, so nothing at all may be said.
  /^(PATCH \/(accounts|officers|imports|webhooks)|POST \/accounts\/:id\/(reset-password|mail-address)|POST \/(webhooks\/:id\/replay|notifications\/read-all)|POST .*\/(report-loss|resume|back-on-post|approve|sign|give-back|hand-out|take-back|report-missing)) ?.*(no body|empty text|null): (200|409)$/,
  // An unknown id in a list is refused by itself, or with the whole list.
  /Ids = \[x\]: (20[02]|404)$/,
  // Empty lists that mean something, and null that empties a field.
  /(domains|roles|legalBases) = \[\]: 20[01]$/,
  /(phone|education|legalQualificationNo|values\/name) = null: 200$/,
  // Numbers and switches that fit.
  /(passMark|hours|value) = (0|0\.5): 20[01]$/,
  /(cardReturned|record|onEstablishment|privacyChecked|secrecyChecked) = true: 20[01]$/,
  /^PUT \/settings\/:key value = .*: 422$/,
  // Passwords and log-in names are any text; the rules for passwords answer 422, a wrong log-in 401.
  /[pP]assword = (blanks|NUL|bell): 4(22|01)$/,
  /^POST \/auth\/login username = (blanks|NUL|bell): 401$/,
  // A correction is kept as it was typed, and the row tells what is wrong with it.
  /rowNumber values\/name = (an empty text|blanks|NUL|bell): 200$/,
  /mapping (columns|values) = \{\}: 200$/,
  // A cell may be looked for by any text, and be made empty; none here holds this one.
  /fixes (value|replacement) = (an empty text|blanks|NUL|bell): (202|409)$/,
  // Only changes that are named by their own code need be acknowledged.
  /commit acknowledge = \[x?\]: 202$/,
  // There is no such door outside the demonstration, whoever knocks.
  /^POST \/auth\/demo-sign-in username = .*: 404$/,
  // A year without holidays, and a holiday that is worked on.
  /^PUT \/calendar\/:year (days = \[\]|days\/0\/isWorkday = true): 200$/,
  // For life, whatever the years say.
  /disqualify permanent = true: 200$/,
  // Nothing need be noted, and a pass needs no words.
  /(prepare note|review-files\/decide opinion) = (an empty text|blanks): 200$/,
  // Something is missing for this officer, whatever is asked for.
  /resubmit domains = \[\]: 422$/,
];

/** Six routes at a time: the answers take longer on the way than in the processor. */
async function sixAtOnce<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
}

/** The public pages count how often one source asks; each test begins anew. */
async function forgetLookups(): Promise<void> {
  await house.uow.run(() => house.db.execute('DELETE FROM public_lookup_throttles'));
}
beforeEach(forgetLookups);

async function sampleOf(route: Route): Promise<Sample> {
  const make = SAMPLES[named(route)];
  if (!make) throw new Error(`no sample for ${named(route)}`);
  return make(world);
}

async function versionHeader(route: Route, who: string, { path }: Sample): Promise<Record<string, string>> {
  if (!versioned.has(named(route))) return {};
  const record = path.replace(/\/(mapping|roles)$/, '');
  const told = await ask(house.url, 'GET', record, undefined, { authorization: `Bearer ${house.as(who).token}` });
  return { 'if-match': told.headers.get('etag') ?? 'none' };
}

const another = (method: string, path: string): boolean =>
  routes.some((one) => one.method === method && one.path === path);

const UNKNOWN = '01890000-0000-7000-8000-00000000dead';

/** An existing record for a list below one. */
async function placeOf({ path }: Route): Promise<string> {
  const id = path.startsWith('/api/v1/subjects')
    ? house.unit
    : path.startsWith('/api/v1/officers')
      ? (world.team.officers[0]?.id ?? '')
      : path.startsWith('/api/v1/exams')
        ? await world.newExam()
        : path.startsWith('/api/v1/training-plans')
          ? await world.newPlan()
          : path.startsWith('/api/v1/training-classes')
            ? await world.newClass()
            : path.includes('imports/:id')
              ? await world.newImport()
              : path.startsWith('/api/v1/webhooks')
                ? await world.newWebhook()
                : '';
  return path.replace(':id', id);
}

const fieldsOfClass = (type: new () => object): string[] => [
  ...new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(type, '', true, false)
      .map(({ propertyName }) => propertyName),
  ),
];

describe('bad input', () => {
  it('has a sample of every body that there is, and the samples are taken', async () => {
    expect(withBody.map(named).filter((name) => !SAMPLES[name])).toEqual([]);
    const told: Record<string, number> = {};
    for (const route of withBody) {
      const sample = await sampleOf(route);
      const who = sample.who ?? somebodyFor(route);
      const answer = await send(
        who,
        route.method,
        sample.path,
        sample.body,
        'sample',
        await versionHeader(route, who, sample),
      );
      if (answer.status >= 300) told[named(route)] = answer.status;
    }
    // These can't be taken twice, or at all, without a password or a proposal.
    expect(told).toEqual({
      'POST /auth/change-password': 422,
      // Not the demonstration: there is no such door.
      'POST /auth/demo-sign-in': 404,
      'POST /auth/login': 401,
      // Something is still missing for this officer.
      'POST /certificate-applications/:id/resubmit': 422,
      // There is no such offer.
      'POST /imports/:id/rows/:rowNumber/repairs': 409,
      'POST /settings/:key/approve': 409,
      'POST /settings/:key/refuse': 409,
    });
  });

  it('refuses every field of another type, length or sense, and keeps nothing of it', async () => {
    const taken: string[] = [];
    await sixAtOnce(withBody, async (route) => {
      let sample = await sampleOf(route);
      const who = somebodyFor(route);
      let headers = await versionHeader(route, who, sample);
      const trial = async (body: unknown, what: string, isWrong: boolean): Promise<void> => {
        const { status } = await send(who, route.method, sample.path, body, what, headers);
        if (isWrong && status !== 400) taken.push(`${named(route)} ${what}: ${status}`);
        if (status >= 300) return;
        sample = await sampleOf(route);
        headers = await versionHeader(route, who, sample);
      };
      for (const [what, body] of BODIES) await trial(body, what, true);
      await trial({ ...sample.body, surprise: CANARY }, 'unknown field', true);
      await trial({ ...sample.body, [CANARY]: 1 }, 'unknown field named like an ID number', true);
      for (const field of ['id', 'role', 'version', 'createdAt', 'ownerSubjectId'])
        await trial({ ...sample.body, [field]: 'x' }, `field ${field}`, true);
      for (const key of ['__proto__', 'constructor', 'prototype']) {
        const text = JSON.stringify(sample.body).replace(/^\{/, `{"${key}":{"polluted":true,"isAdmin":true},`);
        await trial(text.replace(',}', '}'), `key ${key}`, true);
      }
      for (const [at, path] of fieldsOf(sample.body).entries()) {
        const place = withBody.indexOf(route) + at;
        const field = path.join('/');
        for (const [what, value] of share(WRONG, place))
          await trial(put(sample.body, path, value), `${field} = ${what}`, true);
        await trial(without(sample.body, path), `${field} left out`, false);
        if (typeof valueAt(sample.body, path) !== 'string') continue;
        for (const [what, value] of share(ODD, place))
          await trial(put(sample.body, path, value), `${field} = ${what}`, false);
      }
    });
    expect(taken.filter((one) => !HARMLESS.some((pattern) => pattern.test(one)))).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
  }, 600_000);

  it('refuses what a list is asked by any other word, and takes no cursor, limit or filter that is none', async () => {
    const lists = routes.filter((route) => inputsOf(route).query !== null);
    expect(lists.length).toBeGreaterThan(20);
    const taken: string[] = [];
    for (const route of lists) {
      const who = somebodyFor(route);
      const path = await placeOf(route);
      const filters = fieldsOfClass(inputsOf(route).query ?? Object);
      const trial = async (query: string, allowed: readonly number[]): Promise<void> => {
        const { status } = await send(who, route.method, `${path}?${query}`, undefined, query);
        if (!allowed.includes(status)) taken.push(`${named(route)} ?${query}: ${status}`);
      };
      const fine = route.path.includes('public')
        ? [200, 400, 429]
        : route.method === 'POST'
          ? [200, 400, 404, 409]
          : [200, 400, 404];
      // The parser of addresses drops it: nothing is polluted and nothing read.
      await trial('__proto__=1', [...fine, 409]);
      for (const query of ['surprise=1', `${CANARY}=1`, 'constructor[prototype][polluted]=1', '__proto__[polluted]=1'])
        await trial(query, [400]);
      for (const filter of filters) {
        for (const value of [
          '',
          '%00',
          'a%00b',
          '%0a',
          '%F0%9F%98%80'.repeat(60),
          'x'.repeat(3000),
          '%',
          '%25',
          '_',
          '%FF',
          `${CANARY}`,
          '%27%20OR%201%3D1%20--',
          '1e18',
          '-1',
          '0',
          '201',
          'abc',
          'null',
          'true',
          '2026-02-30',
          'A'.repeat(80),
          '../..',
        ])
          await trial(`${filter}=${value}`, fine);
        await trial(`${filter}=a&${filter}=b`, filter === 'domains' ? fine : [400]);
        await trial(`${filter}[$ne]=1`, [400]);
        await trial(`${filter}[]=1`, [400]);
      }
      if (!filters.includes('limit')) continue;
      for (const limit of ['0', '201', '-1', '1.5', 'abc', '', '1e9', 'NaN', 'Infinity', '0x10', '%201'])
        await trial(`limit=${limit}`, limit === '0x10' || limit === '%201' ? fine : [400]);
      for (const cursor of ['', '%20', 'abc', '!!', 'x'.repeat(201), "'", '-1', CANARY, 'AAAA'])
        await trial(`cursor=${cursor}`, fine);
    }
    expect(taken).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
  }, 200_000);

  it('answers 404 to ids that are none, whatever they hold', async () => {
    const taken: string[] = [];
    const ids = [
      '0',
      '-1',
      '%20',
      '%00',
      '%0A',
      '..%2f..',
      '.',
      '%2e%2e',
      '*',
      "'",
      "1'%20OR%20'1'='1",
      'null',
      'undefined',
      'NaN',
      '410102199003077778',
      '1e18',
      'x'.repeat(200),
      'x'.repeat(201),
      'x'.repeat(5000),
      '%F0%9F%98%80',
      '%FF',
      '%E0%A4%A',
      '%',
      '__proto__',
      'constructor',
      'toString',
      '[object%20Object]',
      '%25',
      '_',
    ];
    await sixAtOnce(
      routes.filter(({ path }) => path.includes(':')),
      async (route) => {
        const who = somebodyFor(route);
        const { body } = inputsOf(route);
        const sample = body ? await sampleOf(route) : { body: undefined };
        const wantsVersion = versioned.has(named(route)) || named(route) === 'PUT /officers/:id/photo';
        const headers: Record<string, string> = wantsVersion ? { 'if-match': '"1"' } : {};
        const names = route.path.match(/:[A-Za-z]+/g) ?? [];
        for (const name of names) {
          for (const id of ids) {
            const path = names.reduce((at, other) => at.replace(other, other === name ? id : UNKNOWN), route.path);
            // A client takes two dots for the folder above before it asks: what it then asks may be another route.
            if (/%2e%2e(\/|$)/.test(path) && another(route.method, new URL(path, house.url).pathname)) continue;
            const { status } = await send(who, route.method, path, sample.body, `id ${id.slice(0, 20)}`, headers);
            // A rowNumber and an exam's parameters may be unreadable; a name that is cut differently may be another route.
            // The public pages are asked more often here than one source may.
            const throttled = status === 429 && route.needs === 'public';
            // Also a card with a made-up code can be reported: that is what the form is for.
            const isForm = status === 200 && named(route) === 'GET /v/:code/report';
            if (![400, 404, 405, 414].includes(status) && !throttled && !isForm)
              taken.push(`${named(route)} ${id.slice(0, 30)}: ${status}`);
          }
        }
      },
    );
    expect(taken).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
  }, 200_000);

  it('knows no methods but those that are offered', async () => {
    const places = new Map<string, Set<string>>();
    for (const { method, path } of routes) places.set(path, (places.get(path) ?? new Set()).add(method));
    const taken: string[] = [];
    for (const [path, offered] of places) {
      const place = path.replaceAll(/:[A-Za-z]+/g, UNKNOWN);
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
        if (offered.has(method)) continue;
        const headers: Record<string, string> = {
          'x-http-method-override': 'POST',
          'x-original-url': '/api/v1/auth/me',
        };
        const { status } = await send('hr', method, place, undefined, method, headers);
        // /officers/search is also /officers/:id for another method.
        if (![404, 405].includes(status) && !/\/(search|event-types)$/.test(place))
          taken.push(`${method} ${place}: ${status}`);
      }
    }
    expect(taken).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
  }, 100_000);

  it('takes JSON as JSON only, whole and not too large', async () => {
    const taken: string[] = [];
    for (const route of withBody) {
      const who = somebodyFor(route);
      const path = route.path.replaceAll(/:[A-Za-z]+/g, UNKNOWN);
      const headers: Record<string, string> = versioned.has(named(route)) ? { 'if-match': '"1"' } : {};
      const trial = async (what: string, body: unknown, type: string, status: number): Promise<void> => {
        const told = await send(who, route.method, path, body, what, { ...headers, 'content-type': type });
        if (told.status !== status) taken.push(`${named(route)} ${what}: ${told.status}`);
      };
      const { body } = await sampleOf(route);
      await trial('a form', 'a=1&b=2', 'application/x-www-form-urlencoded', 415);
      await trial('JSON as text', JSON.stringify(body), 'text/plain', 415);
      await trial('XML', '<a/>', 'application/xml', 415);
      await trial('an unknown type', '{}', 'foo', 415);
      await trial('a type that is none', '{}', ';;;', 415);
      await trial('a file', '--x\r\n\r\n--x--', 'multipart/form-data; boundary=x', 415);
      await trial('not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'application/json', 400);
    }
    const large = `{"name":"${'x'.repeat(9 * 1024 * 1024)}"}`;
    for (const [who, path] of [
      ['hr', '/officers'],
      ['exam-officer', `/exams/${UNKNOWN}/registrations`],
      ['reviewer', '/subjects'],
    ] as const) {
      const { status } = await send(who, 'POST', path, large, 'too large');
      if (status !== 413) taken.push(`${path} too large: ${status}`);
    }
    expect(taken).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
  }, 100_000);

  it('wants the version of a record, as it was given, and the present one', async () => {
    const told: Record<string, number[]> = {};
    for (const route of withBody.filter((one) => versioned.has(named(one)))) {
      const sample = await sampleOf(route);
      const statuses: number[] = [];
      for (const version of [
        undefined,
        'abc',
        '1',
        '"abc"',
        '"-1"',
        '"1.0"',
        'W/"1"',
        '*',
        '"99999999999999999999"',
        '"1", "2"',
        '',
        '"999999999"',
      ]) {
        const headers: Record<string, string> = version === undefined ? {} : { 'if-match': version };
        statuses.push(
          (
            await send(
              somebodyFor(route),
              route.method,
              sample.path,
              sample.body,
              `If-Match ${version ?? 'absent'}`,
              headers,
            )
          ).status,
        );
      }
      told[named(route)] = statuses;
    }
    const expected = [428, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 412];
    expect(told).toEqual(Object.fromEntries([...versioned].map((name) => [name, expected])));
    expect(faults.splice(0)).toEqual([]);
  });

  it('does once what comes with one key, and refuses the key for anything else', async () => {
    const plan = world.plan();
    const post = (key: string, body: unknown) =>
      send('hr', 'POST', '/training-plans', body, `key ${key}`, { 'idempotency-key': key });
    const count = async () =>
      Number((await house.db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM training_plans'))[0]?.n);
    for (const key of ['', ' ', 'a b', 'x'.repeat(201)])
      expect([key, (await post(key, plan)).status]).toEqual([key, key.trim() === '' ? 400 : 400]);
    const before = await count();
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => post('five-at-once', plan)));
    expect(five.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(five.map(({ json }) => json['id'])).size).toBe(1);
    expect(await count()).toBe(before + 1);
    const other = await post('five-at-once', { ...plan, title: '另一个' });
    expect([other.status, other.json['code']]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(
      (await send('hr', 'POST', '/officers', world.officer(), 'key', { 'idempotency-key': 'five-at-once' })).status,
    ).toBe(422);
    // A refusal keeps nothing: the key may be used for the right request afterwards.
    expect((await post('refused-first', { ...plan, hours: -1 })).status).toBe(400);
    expect((await post('refused-first', plan)).status).toBe(201);
    expect(faults.splice(0)).toEqual([]);
  });

  describe('of an upload', () => {
    const HEADING = '单位名称,姓名,性别,身份证号,学历,人员类别,是否在编,是否在岗,执法岗位,执法领域,任职起始日期';
    const part = (name: string, content: string | Uint8Array, fileName?: string): Uint8Array =>
      Buffer.concat([
        Buffer.from(
          `--edge\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n\r\n`,
        ),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]);
    const END = Buffer.from('--edge--\r\n');
    const kind = part('kind', 'OFFICER_ROSTER');
    const file = part('file', `${HEADING}\n`, 'a.csv');
    const upload = (
      what: string,
      parts: readonly Uint8Array[],
      type = 'multipart/form-data; boundary=edge',
      who = 'hr',
    ): Promise<Told> =>
      send(who, 'POST', '/imports', new Uint8Array(Buffer.concat(parts)), what, { 'content-type': type });

    it('answers each broken form with one clear refusal, and keeps no file', async () => {
      const files = () => filesUnder(house.dataDir);
      const before = files();
      const imports = async () =>
        Number((await house.db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM imports'))[0]?.n);
      const known = await imports();
      const FORMS: readonly (readonly [string, number, readonly Uint8Array[], string?])[] = [
        ['nothing', 400, [END]],
        ['no file', 400, [kind, END]],
        ['no kind', 400, [file, END]],
        ['two files', 400, [kind, file, file, END]],
        ['two kinds', 400, [kind, kind, file, END]],
        ['an unknown part', 400, [kind, part('surprise', 'x'), file, END]],
        ['an unknown part named like an ID number', 400, [kind, part(CANARY, 'x'), file, END]],
        ['a part __proto__', 400, [kind, part('__proto__', '{"polluted":true}'), file, END]],
        ['a file in another part', 400, [kind, part('datei', 'x', 'a.csv'), END]],
        ['a file as kind', 400, [part('kind', 'OFFICER_ROSTER', 'a.csv'), file, END]],
        ['a file without a name', 400, [kind, part('file', 'x'), END]],
        ['many parts', 413, [...Array.from({ length: 30 }, (_, i) => part(`p${i}`, 'x')), kind, file, END]],
        ['a long part', 400, [kind, part('parameters', `{"a":"${'x'.repeat(20_000)}"}`), file, END]],
        ['an unknown kind', 400, [part('kind', CANARY), file, END]],
        ['a kind of the prototype', 400, [part('kind', 'constructor'), file, END]],
        ['parameters that are no JSON', 400, [kind, part('parameters', '{'), file, END]],
        ['a list of parameters', 400, [kind, part('parameters', '[]'), file, END]],
        ['a number of parameters', 400, [kind, part('parameters', '7'), file, END]],
        ['null for parameters', 400, [kind, part('parameters', 'null'), file, END]],
        ['polluting parameters', 400, [kind, part('parameters', '{"__proto__":{"polluted":true}}'), file, END]],
        ['parameters of another type', 400, [kind, part('parameters', '{"examId":{"$ne":1}}'), file, END]],
        ['unknown parameters', 400, [kind, part('parameters', '{"surprise":"x"}'), file, END]],
        ['an .exe', 415, [kind, part('file', 'MZ', 'a.exe'), END]],
        ['an .xls', 415, [kind, part('file', 'x', 'a.xls'), END]],
        ['an .xlsm', 415, [kind, part('file', 'x', 'a.xlsm'), END]],
        ['no ending', 415, [kind, part('file', 'x', 'csv'), END]],
        ['a truncated body', 400, [kind, part('file', HEADING, 'a.csv')]],
        ['a body that ends in the head of a part', 400, [kind, Buffer.from('--edge\r\nContent-Disposition: form-')]],
        ['another boundary', 400, [kind, file, END], 'multipart/form-data; boundary=other'],
        ['no boundary', 400, [kind, file, END], 'multipart/form-data'],
        ['JSON', 415, [Buffer.from('{}')], 'application/json'],
        ['a form', 415, [Buffer.from('kind=OFFICER_ROSTER')], 'application/x-www-form-urlencoded'],
      ];
      const told: Record<string, number> = {};
      for (const [what, , parts, type] of FORMS) told[what] = (await upload(what, parts, type)).status;
      expect(told).toEqual(Object.fromEntries(FORMS.map(([what, status]) => [what, status])));
      expect((await upload('a kind for others', [part('kind', 'EXISTING_CERTIFICATES'), file, END])).status).toBe(403);
      const exam = [part('kind', 'EXAM_RESULTS'), file];
      const asExaminer = (parameters: string) =>
        upload(parameters, [...exam, part('parameters', parameters), END], undefined, 'exam-officer');
      expect((await upload('no exam', [...exam, END], undefined, 'exam-officer')).status).toBe(400);
      expect((await asExaminer(`{"examId":"${UNKNOWN}"}`)).status).toBe(404);
      expect((await asExaminer(`{"examId":"${CANARY}"}`)).status).toBe(404);
      expect((await asExaminer(`{"examId":"x' OR 1=1"}`)).status).toBe(404);
      expect(faults.splice(0)).toEqual([]);
      expect(await imports()).toBe(known);
      expect(files()).toEqual(before);
    });

    it('ends each broken file as FAILED with a problem, or as rows that say what is wrong', async () => {
      const row = '城市管理局,张三,男,410102199001010013,本科,公务员,是,是,行政执法岗,城市管理,2025-01-01';
      const FILES: readonly (readonly [string, string, string | Uint8Array])[] = [
        ['an empty .csv', 'a.csv', ''],
        ['an empty .xlsx', 'a.xlsx', ''],
        ['a heading without rows', 'a.csv', `${HEADING}\n`],
        ['only a byte order mark', 'a.csv', '\ufeff'],
        ['an .xlsx named .csv', 'a.csv', Buffer.from('504b0304140000000800', 'hex')],
        ['a .csv named .xlsx', 'a.xlsx', `${HEADING}\n${row}\n`],
        ['an .exe named .csv', 'a.csv', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4000, 0)])],
        ['NUL within', 'a.csv', `${HEADING}\n${row.replace('张三', '张\u0000三')}\n`],
        ['an open quote', 'a.csv', `${HEADING}\n"${row}\n${row}`],
        ['a very long line', 'a.csv', `${HEADING}\n${'x'.repeat(2_000_000)}\n`],
        ['very many columns', 'a.csv', `${HEADING}\n${','.repeat(100_000)}\n`],
        ['broken UTF-8', 'a.csv', Buffer.concat([Buffer.from(`${HEADING}\n`), Buffer.from([0xff, 0xfe, 0xfd, 0x0a])])],
        // 姓名,身份证号 and 张三 in GBK.
        [
          'GBK',
          'a.csv',
          Buffer.concat([
            Buffer.from('d0d5c3fb2cc9edb7ddd6a4bac50ad5c5c8fd2c', 'hex'),
            Buffer.from(`${idNumber(339_000)}\n`),
          ]),
        ],
        [
          'dates at both ends',
          'a.csv',
          `${HEADING}\n${['0001-01-01', '1000-01-01', '9999-12-31']
            .map((day, i) =>
              row
                .replace('2025-01-01', day)
                .replace('张三', `张${i}`)
                .replace(/\d{18}/, idNumber(340_000 + i * 1000)),
            )
            .join('\n')}\n`,
        ],
      ];
      const ended: Record<string, unknown> = {};
      for (const [what, name, content] of FILES) {
        const told = await upload(what, [kind, part('file', content, name), END]);
        if (told.status !== 202) {
          ended[what] = told.status;
          continue;
        }
        const path = `/imports/${String(told.json['id'])}`;
        await house.drain();
        const read = await send('hr', 'GET', path, undefined, what);
        const problem = read.json['problem'] as { code?: string } | null;
        if (read.json['status'] === 'FAILED' && typeof problem?.code !== 'string')
          faults.push(`${what}: FAILED without a problem`);
        ended[what] = problem?.code ?? read.json['status'];
        if (read.json['status'] === 'VALIDATED') {
          await send('hr', 'POST', `${path}/commit`, { policy: 'VALID_ROWS_ONLY' }, what);
          await house.drain();
          ended[what] =
            `${String(ended[what])}, ${String((await send('hr', 'GET', path, undefined, what)).json['status'])}`;
        }
        if (/\d{17}/.test(read.text)) faults.push(`${what}: an ID number is shown`);
      }
      expect(ended).toEqual({
        'an empty .csv': 400,
        'an empty .xlsx': 400,
        'a heading without rows': 'NO_ROWS',
        'only a byte order mark': 'FILE_EMPTY',
        'an .xlsx named .csv': 'FILE_TYPE',
        'a .csv named .xlsx': 'FILE_TYPE',
        'an .exe named .csv': 'FILE_TYPE',
        'NUL within': 'CSV_NUL',
        'an open quote': 'CSV_QUOTE',
        'a very long line': 'CELL_TOO_LONG',
        'very many columns': 'NO_ROWS',
        'broken UTF-8': 'ENCODING_UNKNOWN',
        GBK: 'NEEDS_MAPPING',
        'dates at both ends': 'VALIDATED, PARTIALLY_COMPLETED',
      });
      expect(faults.splice(0)).toEqual([]);
    });
  });

  it('adds no row anywhere', async () => {
    const rowsOf = async (): Promise<Record<string, number>> => {
      const tables = await house.db.rows<{ t: string }>(
        `SELECT table_name AS t FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'`,
      );
      const counts: Record<string, number> = {};
      for (const { t } of tables)
        counts[t] = Number((await house.db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM \`${t}\``))[0]?.n);
      return counts;
    };
    const asked: (readonly [Route, Sample, Record<string, string>])[] = [];
    for (const route of withBody) {
      const sample = await sampleOf(route);
      asked.push([route, sample, await versionHeader(route, somebodyFor(route), sample)]);
    }
    const before = await rowsOf();
    for (const [route, sample, headers] of asked) {
      const bodies = [
        { ...sample.body, surprise: 1 },
        [sample.body],
        ...Object.keys(sample.body).map((field) => ({ ...sample.body, [field]: { $ne: 1 }, surprise: 1 })),
      ];
      for (const body of bodies)
        expect((await send(somebodyFor(route), route.method, sample.path, body, 'counted', headers)).status).toBe(400);
    }
    expect(await rowsOf()).toEqual(before);
    expect(Object.keys(before).length).toBeGreaterThan(50);
    expect(faults.splice(0)).toEqual([]);
  });

  it('lives with a validity without end', async () => {
    const { officerId } = await world.newHolder();
    const certificateId = newId();
    await house.uow.run(() =>
      insertCertificate(house.db, {
        id: certificateId,
        officerId,
        subjectId: house.unit,
        number: 'OHNE-ENDE-1',
        domains: ['URBAN_MANAGEMENT'],
        type: 'SUPERVISION',
        validTo: '9999-12-31',
      }),
    );
    const statuses = [];
    for (const path of [
      `/certificates/${certificateId}`,
      '/certificates?expiringWithinDays=3660',
      `/officers/${officerId}/readiness`,
      '/public/certificates?no=OHNE-ENDE-1',
    ])
      statuses.push((await send('hr', 'GET', path, undefined, 'without end')).status);
    const question = { ...world.team.question(), members: [{ officerId }, { certificateNo: 'OHNE-ENDE-1' }] };
    statuses.push((await send('supervisor', 'POST', '/duty/checks', question, 'without end')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(faults.splice(0)).toEqual([]);
  });

  it('takes one record once, however its id is written', async () => {
    const id = world.team.officers[1]?.id ?? '';
    const officerIds = [id, id.toUpperCase()];
    const outcomes: unknown[] = [];
    const ask = async (who: string, path: string, body: unknown): Promise<void> => {
      const { status, json } = await send(who, 'POST', path, body, 'written in two ways');
      outcomes.push([status, (json['items'] as { status: string }[] | undefined)?.map((item) => item.status)]);
    };
    await ask('hr', `/training-classes/${await world.newClass()}/enrolments`, { officerIds });
    await ask('exam-officer', `/exams/${await world.newExam()}/registrations`, { officerIds });
    await ask('hr', '/certificate-applications', {
      type: 'FIRST',
      certificateType: 'SUPERVISION',
      subjectId: house.unit,
      domains: ['URBAN_MANAGEMENT'],
      officerIds,
    });
    const application = await world.newApplication(await world.newOfficer());
    await ask('reviewer', '/certificate-applications/decide', {
      applicationIds: [application, application.toUpperCase()],
      decision: 'APPROVE',
    });
    const team = { ...world.team.question(), members: officerIds.map((officerId) => ({ officerId })) };
    const check = await send('supervisor', 'POST', '/duty/checks', team, 'written in two ways');
    outcomes.push([check.status, check.json['cleared']]);
    expect(outcomes).toEqual([
      [200, ['ENROLLED', 'REFUSED']],
      [200, ['REGISTERED', 'REFUSED']],
      [200, ['REFUSED', 'REFUSED']],
      [200, ['DISTRICT_REVIEWED', 'REFUSED']],
      // One person is no team of two.
      [200, false],
    ]);
  });

  it('decides by the plain address, however it is written', async () => {
    const told: Record<string, number> = {};
    const nobody = '/api/v1/accounts';
    const FORMS = [
      '/api/v1/%61ccounts',
      '/api/v1//accounts',
      '//api/v1/accounts',
      '/api/v1/./accounts',
      '/api/v1/officers/../accounts',
      '/api/v1/officers/%2e%2e/accounts',
      '/api/v1/officers/%2e%2e%2faccounts',
      '/api/v1/officers%2f..%2faccounts',
      '/api/v1/accounts/',
      '/api/v1/accounts;x=1',
      '/api/v1/accounts%3b',
      '/api/v1/accounts%20',
      '/api/v1/accounts%00',
      '/api/v1/accounts.json',
      '/api/v1/Accounts',
      '/API/v1/accounts',
      '/api/v1/%2561ccounts',
      '/api/v1/\\accounts',
      'http://127.0.0.1/api/v1/accounts',
      '/api/v1/accounts#x',
    ];
    const authorization = `authorization: Bearer ${house.as('hr').token}`;
    for (const form of [nobody, ...FORMS]) told[form] = (await raw(`GET ${form} HTTP/1.1`, [authorization])).status;
    // 403 as the plain one, or no such address; never the list.
    expect(Object.entries(told).filter(([, status]) => ![400, 403, 404].includes(status))).toEqual([]);
    expect(told[nobody]).toBe(403);
    const anonymous = await raw(`GET ${nobody} HTTP/1.1`, [
      'x-original-url: /health/live',
      'x-rewrite-url: /health/live',
    ]);
    expect(anonymous.status).toBe(401);
  });

  it('answers or closes when length and body do not agree', async () => {
    const { token } = house.as('hr');
    const head = [`authorization: Bearer ${token}`, 'content-type: application/json'];
    const body = JSON.stringify(world.plan());
    const size = Buffer.byteLength(body);
    const post = 'POST /api/v1/training-plans HTTP/1.1';
    const statuses = [];
    for (const [lines, sent] of [
      [[`content-length: ${size - 10}`], body],
      [['content-length: -1'], body],
      [['content-length: abc'], body],
      [[`content-length: ${size}`, `content-length: ${size + 1}`], body],
      [[`content-length: ${size}`, 'transfer-encoding: chunked'], `0\r\n\r\n${body}`],
      [['transfer-encoding: chunked'], 'zz\r\nx\r\n'],
      [['content-length: 99999999999'], body],
    ] as const)
      statuses.push((await raw(post, [...head, ...lines], sent)).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 400, 413]);
    // A body that stops early is waited for, and given up when the sender goes.
    expect((await raw(post, [...head, `content-length: ${size + 10}`], body, 300)).status).toBe(0);
    expect((await send('hr', 'GET', '/training-plans', undefined, 'afterwards')).status).toBe(200);
  });

  it('tells how much was tried', () => {
    process.stdout.write(`bad input: ${tried} requests\n`);
    expect(tried).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });
});

/** A request written by hand; status 0 when no answer came in time. */
function raw(line: string, headers: readonly string[], body = '', patience = 5_000): Promise<{ status: number }> {
  tried += 1;
  const { hostname, port } = new URL(house.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      if (status >= 500 || /\d{17}/.test(text)) faults.push(`${line}: ${text.slice(0, 300)}`);
      resolve({ status });
    };
    const timer = setTimeout(end, patience);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\r\n\r\n')) end();
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.write([line, 'host: 127.0.0.1', ...headers, '', body].join('\r\n'));
  });
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
