import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { type House } from '../../support/house.js';
import {
  cardOf,
  insertCard,
  insertOfficer,
  openCertificatesHouse,
  type CardAnswer,
  type CardOptions,
} from './support.js';

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
});
afterAll(() => house?.close());

const DOC = { document: '中原司决〔2026〕1号' };
const VERBS = {
  suspend: ['approver', { ground: 'OTHER', ...DOC }],
  lift: ['approver', DOC],
  revoke: ['approver', { ground: 'LENT', ...DOC }],
  'report-loss': ['hr', {}],
  cancel: ['approver', { cause: 'RETIRED', cardReturned: true }],
} as const;
type Verb = keyof typeof VERBS;

const act = (verb: Verb, id: string, more: Record<string, unknown> = {}, who?: string) => {
  const [usual, body] = VERBS[verb];
  return house.as(who ?? usual).post<CardAnswer>(`/certificates/${id}/${verb}`, { ...body, ...more });
};
const card = async (options: CardOptions = {}): Promise<string> =>
  insertCard(house, await insertOfficer(house), options);

describe('every state and every verb', () => {
  type Made = 'RESERVED' | 'VALID' | 'SUSPENDED' | 'EXPIRED' | 'LOST' | 'REVOKED' | 'CANCELLED' | 'REPLACED';
  const TO: Record<Made, Partial<Record<Verb, string>>> = {
    RESERVED: { cancel: 'CANCELLED' },
    VALID: { suspend: 'SUSPENDED', revoke: 'REVOKED', 'report-loss': 'LOST', cancel: 'CANCELLED' },
    SUSPENDED: { lift: 'VALID', revoke: 'REVOKED', 'report-loss': 'LOST', cancel: 'CANCELLED' },
    EXPIRED: {},
    LOST: {},
    REVOKED: {},
    CANCELLED: {},
    REPLACED: {},
  };
  const cases = (Object.keys(TO) as Made[]).flatMap((state) =>
    (Object.keys(VERBS) as Verb[]).map((verb) => [state, verb, TO[state][verb] ?? null] as const),
  );

  it.each(cases)('%s: %s gives %s', async (state, verb, to) => {
    const id = await card({ state: state === 'SUSPENDED' ? 'VALID' : state });
    if (state === 'SUSPENDED') expect((await act('suspend', id)).status).toBe(200);
    const before = await cardOf(house, id);
    expect(before.state).toBe(state);
    const answer = await act(verb, id);
    if (to === null) {
      expect(answer.status).toBe(409);
      expect(answer.body.state).toBe(state);
      expect(await cardOf(house, id)).toEqual(before);
    } else {
      expect(answer.status).toBe(200);
      expect(answer.body.state).toBe(to);
      expect(answer.headers.get('etag')).toBe(`"${before.version + 1}"`);
    }
    expect(before.commands.includes(verb)).toBe(to !== null && verb !== 'report-loss');
  });

  it('a card past its validity is EXPIRED before any sweeper has run, and nothing can be done with it', async () => {
    const id = await card({ validTo: '2025-12-31' });
    expect((await cardOf(house, id)).state).toBe('EXPIRED');
    for (const verb of Object.keys(VERBS) as Verb[]) {
      const answer = await act(verb, id);
      expect([answer.status, answer.body.state]).toEqual([409, 'EXPIRED']);
    }
  });
});

describe('what a verb leaves behind', () => {
  it('revoking announces the officer, writes the move with both times, and audits', async () => {
    const officerId = await insertOfficer(house);
    const id = await insertCard(house, officerId);
    house.announced.changes.length = 0;
    const answer = await act('revoke', id, { effectiveFrom: '2026-02-03' });
    expect(answer.body.state).toBe('REVOKED');
    const move = answer.body.moves.at(-1);
    expect(move).toMatchObject({ command: 'revoke', stateAfter: 'REVOKED', effectiveFrom: '2026-02-02T16:00:00.000Z' });
    expect(Date.parse(move?.recordedAt ?? '')).toBeGreaterThan(Date.parse('2026-06-01'));
    expect(house.announced.changes).toEqual([{ whom: { officerIds: [officerId] }, cause: 'certificate.revoke' }]);
    const entry = await house.db.row<{ verb: string; actor_name: string }>(
      `SELECT verb, actor_name FROM audit_entries WHERE target_id = ? ORDER BY seq DESC LIMIT 1`,
      [id],
    );
    expect(entry).toEqual({ verb: 'certificate.revoke', actor_name: 'approver' });
  });

  it('an end in the future shows only from its day on, and is final at once', async () => {
    const id = await card();
    house.clock.set('2026-03-01T08:00:00+08:00');
    try {
      const answer = await act('revoke', id, { effectiveFrom: '2026-03-10' });
      expect(answer.body.state).toBe('VALID');
      const again = await act('cancel', id);
      expect([again.status, again.body.state]).toEqual([409, 'REVOKED']);
      expect(answer.body.commands).toEqual([]);
      house.clock.set('2026-03-09T23:59:59+08:00');
      expect((await cardOf(house, id)).state).toBe('VALID');
      house.clock.set('2026-03-10T00:00:00+08:00');
      expect((await cardOf(house, id)).state).toBe('REVOKED');
    } finally {
      house.clock.set(null);
    }
  });

  it('a suspension is lifted by a new row; the old one stays as it was known', async () => {
    const id = await card();
    await act('suspend', id, { effectiveFrom: '2026-03-01' });
    const lifted = await act('lift', id, { effectiveFrom: '2026-03-20' });
    expect(lifted.body.state).toBe('VALID');
    expect(lifted.body.suspensions).toHaveLength(2);
    const [old, current] = lifted.body.suspensions;
    expect(old).toMatchObject({ effectiveTo: null });
    expect(old?.supersededAt).not.toBeNull();
    expect(current).toMatchObject({ effectiveTo: '2026-03-19T16:00:00.000Z', supersededAt: null });
    expect((await act('suspend', id)).status).toBe(200);
  });

  it('a lift dated before the suspension is refused; the planned end ends nothing', async () => {
    const id = await card();
    house.clock.set('2026-03-01T08:00:00+08:00');
    try {
      await act('suspend', id, { effectiveFrom: '2026-03-01', plannedTo: '2026-03-10' });
      const early = await act('lift', id, { effectiveFrom: '2026-02-28' });
      expect([early.status, early.body.code]).toEqual([422, 'LIFT_BEFORE_SUSPENSION']);
      house.clock.set('2026-04-01T08:00:00+08:00');
      expect((await cardOf(house, id)).state).toBe('SUSPENDED');
      expect((await act('lift', id)).body.state).toBe('VALID');
    } finally {
      house.clock.set(null);
    }
  });

  it('a suspension that begins later blocks a second one', async () => {
    const id = await card();
    const first = await act('suspend', id, { effectiveFrom: '2029-01-01' });
    expect([first.status, first.body.state]).toEqual([200, 'VALID']);
    const second = await act('suspend', id);
    expect([second.status, second.body.state]).toEqual([409, 'SUSPENDED']);
  });
});

describe('who may, and what is refused', () => {
  it('roles and scope', async () => {
    const id = await card();
    for (const [verb, who] of [
      ['suspend', 'hr'],
      ['revoke', 'reviewer'],
      ['report-loss', 'approver'],
      ['cancel', 'supervisor'],
    ] as const) {
      expect((await act(verb, id, {}, who)).status).toBe(403);
    }
    expect((await act('report-loss', id, {}, 'hr-2')).status).toBe(404);
    expect((await act('revoke', '018f0000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await house.as('hr-2').get(`/certificates/${id}`)).status).toBe(404);
    expect((await house.as('auditor').get(`/certificates/${id}`)).status).toBe(403);
    expect((await house.anybody('GET', `/certificates/${id}`)).status).toBe(401);
  });

  it('bad input is a 400 and changes nothing', async () => {
    const id = await card();
    const bad: [Verb, Record<string, unknown>][] = [
      ['revoke', { ground: 'NO_SUCH_GROUND' }],
      ['revoke', { ground: 'x' }],
      ['revoke', { document: ' ' }],
      ['revoke', { effectiveFrom: '2026-02-30' }],
      ['revoke', { effectiveFrom: '2026-02-03T10:00:00' }],
      ['suspend', { plannedTo: null }],
      ['suspend', { unknown: 1 }],
      ['cancel', { cause: 'WHIM' }],
      ['cancel', { cardReturned: 'yes' }],
    ];
    for (const [verb, more] of bad) expect([more, (await act(verb, id, more)).status]).toEqual([more, 400]);
    expect((await act('suspend', id, { plannedTo: '2020-01-01' })).status).toBe(422);
    const long = await act('suspend', id, { effectiveFrom: '2026-01-01', plannedTo: '2027-01-01' });
    expect([long.status, long.body.code]).toEqual([422, 'SUSPENSION_TOO_LONG']);
    expect((await cardOf(house, id)).version).toBe(1);
  });

  it('REVOKED is final in the database', async () => {
    const id = await card({ state: 'REVOKED' });
    const owner = await createConnection(house.databaseUrl);
    try {
      await expect(
        owner.query(`UPDATE certificate_states SET status = 'VALID', live_slot = 'x' WHERE certificate_id = '${id}'`),
      ).rejects.toMatchObject({ errno: 1644 });
      for (const sql of [
        `DELETE FROM certificate_states WHERE certificate_id = '${id}'`,
        `UPDATE certificates SET number = '16000000001' WHERE id = '${id}'`,
        `DELETE FROM certificate_moves WHERE certificate_id = '${id}'`,
        `DELETE FROM certificate_numbers WHERE certificate_id = '${id}'`,
      ]) {
        await expect(owner.query(sql)).rejects.toMatchObject({ errno: 1644 });
      }
    } finally {
      await owner.end();
    }
  });
});

describe('at the same moment', () => {
  it('suspend and revoke: each is done or refused, and a revocation is never lost', async () => {
    for (let round = 0; round < 15; round++) {
      const id = await card();
      const [suspended, revoked] = await Promise.all([act('suspend', id), act('revoke', id)]);
      expect(revoked?.status).toBe(200);
      expect([200, 409]).toContain(suspended?.status);
      expect((await cardOf(house, id)).state).toBe('REVOKED');
    }
  });

  it('ten revocations: one is done', async () => {
    const id = await card();
    const answers = await Promise.all(Array.from({ length: 10 }, () => act('revoke', id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    expect((await cardOf(house, id)).moves.filter(({ command }) => command === 'revoke')).toHaveLength(1);
  });
});
