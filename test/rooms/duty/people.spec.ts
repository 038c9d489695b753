import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DutyModule } from '../../../src/duty/index.js';
import { newId } from '../../../src/kernel/ids.js';
import { insertOfficer, insertTeam, LONG_AGO, type Team } from '../../support/cleared-team.js';
import { OfficersModule } from '../../../src/officers/index.js';
import { openHouse, type House } from '../../support/house.js';

describe('people for a team', () => {
  let house: House;
  let team: Team;
  beforeAll(async () => {
    house = await openHouse({ modules: [DutyModule, OfficersModule] });
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    team = await insertTeam(house);
  });

  const add = (table: string, row: Record<string, string | number | Date | null>): Promise<void> =>
    house.uow.run(() => house.db.insert(table, { id: newId(), recorded_at: LONG_AGO, ...row }));
  const rename = (id: string | undefined, name: string): Promise<number> =>
    house.uow.run(() => house.db.execute('UPDATE officers SET name = ? WHERE id = ?', [name, id ?? '']));

  interface Found {
    readonly items: readonly { text: string; matches: { officerId: string; name: string; idNumber: string }[] }[];
  }
  const find = async (text: string, who: 'supervisor' | 'hr-2' = 'supervisor') => {
    const { status, body } = await house.as(who).post('/duty/members/find', { text, subjectId: team.subjectId });
    return { status, found: body as unknown as Found };
  };

  it('finds whom names and certificate numbers mean, and says who is not clear', async () => {
    const [first, second, third] = team.officers;
    const name = `王${newId().slice(-6)}`;
    await rename(first?.id, name);
    await rename(second?.id, name);
    const { status, found } = await find(`${name}\n${third?.certificateNo}；没有此人, ${name}`);
    expect(status).toBe(200);
    expect(found.items.map(({ text }) => text)).toEqual([name, third?.certificateNo, '没有此人']);
    expect(found.items[0]?.matches.map(({ officerId }) => officerId).sort()).toEqual([first?.id, second?.id].sort());
    expect(found.items[1]?.matches.map(({ officerId }) => officerId)).toEqual([third?.id]);
    expect(found.items[2]?.matches).toEqual([]);
    expect(found.items[0]?.matches[0]?.idNumber).toContain('*');
  });

  it('finds nobody of another unit, and takes no ID number', async () => {
    const { found } = await find(team.officers[0]?.certificateNo ?? '', 'hr-2');
    expect(found.items[0]?.matches).toEqual([]);
    expect((await find('410183199001010012')).status).toBe(400);
  });

  const substitutes = async (more: Record<string, string> = {}): Promise<string[]> => {
    const asked = new URLSearchParams({
      subjectId: team.subjectId,
      matterCode: team.matterCode,
      from: '2027-03-01T08:00:00+08:00',
      to: '2027-03-01T18:00:00+08:00',
      ...more,
    });
    const { status, body } = await house.as('supervisor').get(`/duty/substitutes?${asked.toString()}`);
    expect(status).toBe(200);
    return (body['items'] as { officerId: string }[]).map(({ officerId }) => officerId);
  };

  it('proposes only people whom the decision clears and who are free', async () => {
    const ids = team.officers.map(({ id }) => id);
    const [suspended, busy, free] = team.officers;
    expect(await substitutes()).toEqual(expect.arrayContaining(ids));
    await add('certificate_suspensions', {
      certificate_id: suspended?.certificateId ?? '',
      ground: 'OTHER',
      document: '1号',
      effective_from: LONG_AGO,
      effective_to: null,
    });
    const other = await house.uow.run(() => insertOfficer(house.db, house.unit));
    const deployed = await house.as('supervisor').post('/duty/deployments', {
      title: '巡查',
      ...team.question({ members: [{ officerId: busy?.id }, { officerId: other.id }] }),
    });
    expect(deployed.status).toBe(201);
    const proposed = await substitutes();
    expect(proposed).toContain(free?.id);
    expect(proposed).not.toContain(suspended?.id);
    expect(proposed).not.toContain(busy?.id);
    // The day after, whoever was busy is free again.
    const next = { from: '2027-03-02T08:00:00+08:00', to: '2027-03-02T18:00:00+08:00' };
    expect(await substitutes(next)).toContain(busy?.id);
  });

  it('counts who could be sent as the decision clears them', async () => {
    const strength = async (): Promise<{ officers: number; usable: number }> => {
      const { body } = await house.as('supervisor').get(`/duty/strength?subjectId=${team.subjectId}`);
      return (body['items'] as { officers: number; usable: number }[])[0] ?? { officers: -1, usable: -1 };
    };
    const cleared = async (): Promise<number> => {
      const officers = await house.db.rows<{ id: string }>('SELECT id FROM officers WHERE subject_id = ?', [
        team.subjectId,
      ]);
      const now = new Date(await house.clock.now()).toISOString();
      const { body } = await house.as('supervisor').post('/duty/checks', {
        subjectId: team.subjectId,
        matterCode: team.matterCode,
        at: now,
        members: officers.map(({ id }) => ({ officerId: id })),
        record: false,
      });
      return (body['members'] as { cleared: boolean }[]).filter((member) => member.cleared).length;
    };
    const listed = async (usable: boolean): Promise<number> => {
      const query = `limit=200&subjectId=${team.subjectId}&state=IN_SERVICE&usable=${usable}`;
      return ((await house.as('supervisor').get(`/officers?${query}`)).body['items'] as unknown[]).length;
    };
    const before = await strength();
    expect(before.usable).toBe(await cleared());
    expect([await listed(true), await listed(false)]).toEqual([before.usable, before.officers - before.usable]);
    const [suspended, off, left] = team.officers;
    await add('certificate_suspensions', {
      certificate_id: suspended?.certificateId ?? '',
      ground: 'OTHER',
      document: '1号',
      effective_from: LONG_AGO,
      effective_to: null,
    });
    await add('officer_off_post_orders', { officer_id: off?.id ?? '', cause: 'OTHER', effective_from: LONG_AGO });
    await add('officer_departures', { officer_id: left?.id ?? '', cause: 'RETIRED', effective_from: LONG_AGO });
    const after = await strength();
    expect(after.usable).toBe(await cleared());
    expect(after).toEqual({ ...after, officers: before.officers - 1, usable: before.usable - 3 });
    expect([await listed(true), await listed(false)]).toEqual([after.usable, after.officers - after.usable]);
  });

  it('shows the chain of a body: matter, power, until when; nothing to another unit', async () => {
    const { status, body } = await house.as('supervisor').get(`/duty/subjects/${team.subjectId}/chain`);
    expect(status).toBe(200);
    const matters = body['matters'] as { code: string; allowed: boolean; until: string | null; powers: object[] }[];
    const own = matters.find(({ code }) => code === team.matterCode);
    expect(own).toMatchObject({ allowed: true, until: null, via: { kind: 'OWN_POWER' }, delegations: [] });
    expect(own?.powers).toHaveLength(1);
    await house.uow.run(() =>
      house.db.execute('UPDATE subject_powers SET valid_to = ? WHERE matter_code = ?', ['2022-01-01', team.matterCode]),
    );
    const later = await house.as('supervisor').get(`/duty/subjects/${team.subjectId}/chain`);
    const ended = (later.body['matters'] as (typeof matters)[number][]).find(({ code }) => code === team.matterCode);
    expect(ended).toMatchObject({ allowed: false, until: null, reasons: [{ code: 'POWER_EXPIRED_OR_NOT_YET' }] });
    expect((await house.as('hr-2').get(`/duty/subjects/${team.subjectId}/chain`)).status).toBe(404);
  });

  it('tells listeners of a recall, whoever caused it, and nobody outside the scope', async () => {
    const deployed = await house.as('supervisor').post('/duty/deployments', { title: '夜市', ...team.question() });
    const id = String(deployed.body['id']);
    const inside = await listen(house, 'supervisor');
    const outside = await listen(house, 'hr-2');
    await inside.heard('ready');
    await outside.heard('ready');
    const cancelled = await house.as('supervisor').post(`/duty/deployments/${id}/cancel`);
    expect(cancelled.status).toBe(200);
    await inside.heard(`"id":"${id}"`);
    expect(inside.text()).toContain('"status":"CANCELLED"');
    // A change of its own unit ends the wait of the outsider: what it has not heard by then, it never hears.
    expect(outside.text()).not.toContain(id);
    inside.stop();
    outside.stop();
  });

  it('lists newest first when asked, and pages through', async () => {
    const made: string[] = [];
    for (const day of [1, 2, 3]) {
      const span = { from: `2027-04-0${day}T08:00:00+08:00`, to: `2027-04-0${day}T09:00:00+08:00` };
      const { body } = await house
        .as('supervisor')
        .post('/duty/deployments', { title: `第${day}次`, ...team.question(span) });
      made.push(String(body['id']));
    }
    const page = async (cursor?: string) => {
      const more = cursor === undefined ? '' : `&cursor=${cursor}`;
      const { body } = await house
        .as('supervisor')
        .get(`/duty/deployments?sort=-id&limit=2&matterCode=${team.matterCode}${more}`);
      return body as { items: { id: string; memberCount: number; matterName: string }[]; nextCursor: string | null };
    };
    const first = await page();
    const second = await page(first.nextCursor ?? '');
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([...made].reverse());
    expect(first.items[0]).toMatchObject({ memberCount: 2, matterName: '占道经营检查' });
    expect(second.nextCursor).toBeNull();
  });
});

/** Reads a stream of events until it has heard something. */
async function listen(house: House, who: 'supervisor' | 'hr-2') {
  const abort = new AbortController();
  const response = await fetch(`${house.url}/api/v1/duty/deployments/events`, {
    headers: { authorization: `Bearer ${house.as(who).token}` },
    signal: abort.signal,
  });
  expect(response.status).toBe(200);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  return {
    text: () => text,
    stop: () => abort.abort(),
    heard: async (what: string): Promise<void> => {
      while (!text.includes(what)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended without ${what}: ${text}`);
        text += decoder.decode(value, { stream: true });
      }
    },
  };
}
