import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditTrail } from '../../../src/audit/index.js';
import { SealChain } from '../../../src/audit/seal-chain.js';
import { openHouse, type House } from '../../support/house.js';

interface Entry {
  seq: number;
  verb: string;
  actorName: string;
  target: { type: string; id: string };
}
interface List {
  items: Entry[];
  nextCursor: string | null;
}

describe('the audit desk', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ modules: [] });
    const trail = house.app.get(AuditTrail);
    for (const [day, who, verb, id] of [
      ['2026-03-01', 'reviewer', 'subject.register', 'a'],
      ['2026-03-02', 'approver', 'subject.confirm', 'a'],
      ['2026-03-02', 'reviewer', 'subject.register', 'b'],
      ['2026-03-03', 'approver', 'subject.confirm', 'b'],
    ] as const) {
      house.clock.set(`${day}T15:59:59.999Z`);
      await house.uow.run(async () => {
        trail.record(house.as(who).actor, verb, { type: 'subject', id }, { before: { x: 1 }, reasons: [] });
      });
    }
    house.clock.set(null);
  }, 60_000);
  afterAll(() => house.close());

  const entries = async (query: string) => {
    const { status, body } = await house.as('auditor').get<List>(`/audit/entries?${query}`);
    expect(status).toBe(200);
    return body.items.map(({ verb, target }) => `${verb} ${target.id}`);
  };

  it('lists the entries, and finds them by who, what, on what and when', async () => {
    const all = ['subject.register a', 'subject.confirm a', 'subject.register b', 'subject.confirm b'];
    expect(await entries('')).toEqual(all);
    expect(await entries('order=desc')).toEqual([...all].reverse());
    expect(await entries('verb=subject.confirm')).toEqual([all[1], all[3]]);
    expect(await entries('targetType=subject&targetId=a')).toEqual([all[0], all[1]]);
    expect(await entries(`actorId=${house.as('reviewer').actor.accountId}`)).toEqual([all[0], all[2]]);
    expect(await entries('from=2026-03-02')).toEqual(all.slice(1));
    expect(await entries('to=2026-03-02')).toEqual(all.slice(0, 3));
    expect(await entries('from=2026-03-02&to=2026-03-02')).toEqual(all.slice(1, 3));
    expect(await entries('from=2026-03-03T15:59:59.999Z')).toEqual([all[3]]);
    expect(await entries('to=2026-03-03T15:59:59.999Z')).toEqual(all.slice(0, 3));
    expect(await entries('from=2026-03-04')).toEqual([]);
  });

  it('shows an entry with everything that was hashed', async () => {
    const { body } = await house.as('auditor').get<List>('/audit/entries?limit=1');
    expect(body.items[0]).toMatchObject({
      seq: 1,
      actorId: house.as('reviewer').actor.accountId,
      actorName: 'reviewer',
      actingSubjectId: house.root,
      before: { x: 1 },
      after: null,
      reasons: [],
      previousHash: '0'.repeat(64),
      recordedAt: '2026-03-01T15:59:59.999Z',
    });
  });

  it.each(['asc', 'desc'])('pages in the order %s', async (order) => {
    const seen: number[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await house
        .as('auditor')
        .get<List>(`/audit/entries?to=2026-03-03&order=${order}&limit=3${cursor}`);
      seen.push(...body.items.map(({ seq }) => seq));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(order === 'asc' ? [1, 2, 3, 4] : [4, 3, 2, 1]);
  });

  it.each(['verb=DROP', 'from=2026-02-30', 'actorId=a%20b', 'limit=500', 'order=up', 'text=x', 'targetType=%20'])(
    'answers 400 to ?%s',
    async (query) => {
      expect((await house.as('auditor').get(`/audit/entries?${query}`)).status).toBe(400);
    },
  );

  it('verifies the trail, and says so in the trail', async () => {
    await house.app.get(SealChain).sweep();
    const { status, body } = await house.as('auditor').post<{ entries: number; ok: boolean }>('/audit/verify');
    expect(status).toBe(200);
    expect(body.ok).toBe(true);
    expect(body.entries).toBeGreaterThanOrEqual(4);
    expect(await entries('verb=audit.verify')).toEqual(['audit.verify 1']);
    const checkpoints = await house
      .as('auditor')
      .get<{ items: { seq: number; signature: string }[] }>('/audit/checkpoints');
    expect(checkpoints.body.items).toEqual([
      expect.objectContaining({ seq: 4, signature: expect.stringMatching(/^[0-9a-f]{64}$/) }),
    ]);
  });

  it('is the auditor’s alone', async () => {
    for (const who of [
      'hr',
      'exam-officer',
      'reviewer',
      'approver',
      'supervisor',
      'system-admin',
      'security-admin',
      'officer',
    ]) {
      expect((await house.as(who).get('/audit/entries')).status).toBe(403);
      expect((await house.as(who).get('/audit/checkpoints')).status).toBe(403);
      expect((await house.as(who).post('/audit/verify')).status).toBe(403);
    }
    expect((await house.anybody('GET', '/audit/entries')).status).toBe(401);
  });
});
