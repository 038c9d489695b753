import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DutyModule } from '../../../src/duty/index.js';
import { ClearanceChanges } from '../../../src/infrastructure/discovery/clearance-changes.js';
import { newId } from '../../../src/kernel/ids.js';
import { insertTeam, LONG_AGO, type Team } from '../../support/cleared-team.js';
import { openHouse, type House } from '../../support/house.js';

interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly commands: string[];
  readonly recall: { cause: string; decision: { cleared: boolean; members: { reasons: { code: string }[] }[] } } | null;
}

describe('a deployment', () => {
  let house: House;
  let team: Team;
  beforeAll(async () => {
    house = await openHouse({ modules: [DutyModule] });
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    team = await insertTeam(house);
  });

  const supervisor = () => house.as('supervisor');
  const plan = async (more: Record<string, unknown> = {}): Promise<Deployment> => {
    const { status, body } = await supervisor().post(
      '/duty/deployments',
      team.question({ title: '夜市检查', ...more }),
    );
    expect(status).toBe(201);
    return body as unknown as Deployment;
  };
  const read = async (id: string): Promise<Deployment> =>
    (await supervisor().get(`/duty/deployments/${id}`)).body as unknown as Deployment;
  const move = (id: string, verb: string) => supervisor().post(`/duty/deployments/${id}/${verb}`);
  const leave = (officerId: string): Promise<void> =>
    house.db.insert('officer_departures', {
      id: newId(),
      officer_id: officerId,
      cause: 'RESIGNED',
      effective_from: LONG_AGO,
      recorded_at: LONG_AGO,
    });
  const announce = (officerId: string): Promise<void> =>
    house.app.get(ClearanceChanges).reduced({ whom: { officerIds: [officerId] }, cause: 'officer.leave' });

  it('is planned, started and completed', async () => {
    const planned = await plan();
    expect(planned).toMatchObject({ status: 'PLANNED', commands: ['start', 'cancel'] });
    expect((await move(planned.id, 'start')).body).toMatchObject({ status: 'ACTIVE', commands: ['complete'] });
    expect((await move(planned.id, 'complete')).body).toMatchObject({ status: 'COMPLETED', commands: [] });
  });

  it('is refused with the whole decision when the team is not cleared', async () => {
    await house.uow.run(() => leave(team.officers[0]!.id));
    const { status, body } = await supervisor().post('/duty/deployments', team.question({ title: 'x' }));
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'NOT_CLEARED', decision: { cleared: false } });
    expect((body['reasons'] as { code: string }[]).map(({ code }) => code)).toContain('LEFT_SERVICE');
    const rows = await house.db.rows('SELECT id FROM deployments WHERE matter_code = ?', [team.matterCode]);
    expect(rows).toEqual([]);
  });

  it('knows only the moves of its table', async () => {
    const MOVES: Readonly<Record<string, readonly string[]>> = {
      PLANNED: ['start', 'cancel'],
      ACTIVE: ['complete'],
      COMPLETED: [],
      CANCELLED: [],
    };
    const reach: Readonly<Record<string, readonly string[]>> = {
      PLANNED: [],
      ACTIVE: ['start'],
      COMPLETED: ['start', 'complete'],
      CANCELLED: ['cancel'],
    };
    for (const [state, path] of Object.entries(reach)) {
      for (const verb of ['start', 'complete', 'cancel']) {
        const { id } = await plan();
        for (const step of path) expect((await move(id, step)).status).toBe(200);
        const { status, body } = await move(id, verb);
        expect([state, verb, status]).toEqual([state, verb, MOVES[state]!.includes(verb) ? 200 : 409]);
        if (status === 409) expect(body).toMatchObject({ code: 'WRONG_STATE', status: 409, state });
      }
    }
  });

  it('decides anew when it starts, and recalls what is no longer cleared', async () => {
    const { id } = await plan();
    // A fact that arrives without being announced: only the start can see it.
    await house.uow.run(() => leave(team.officers[1]!.id));
    const { status, body } = await move(id, 'start');
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'NOT_CLEARED', decision: { cleared: false } });
    expect(await read(id)).toMatchObject({ status: 'RECALLED', recall: { cause: 'deployment.start' } });
  });

  it('covers the time before its span when it starts early', async () => {
    // Nobody was assigned before 2027: the planned span is covered, today is not.
    await house.uow.run(() =>
      house.db.execute('UPDATE officer_assignments SET effective_from = ? WHERE officer_id = ?', [
        new Date('2027-01-01T00:00:00Z'),
        team.officers[0]!.id,
      ]),
    );
    const { id } = await plan();
    const { status, body } = await move(id, 'start');
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain('NOT_ASSIGNED_TO_SUBJECT');
  });

  it('is recalled in the transaction that ends the clearance; its owner is told; the evidence stays', async () => {
    const planned = await plan();
    const running = await plan();
    await move(running.id, 'start');
    const untouched = await plan({
      members: [{ officerId: team.officers[1]!.id }, { officerId: team.officers[2]!.id }],
    });
    await house.uow.run(async () => {
      await leave(team.officers[0]!.id);
      await announce(team.officers[0]!.id);
    });
    for (const { id } of [planned, running]) {
      const found = await read(id);
      expect(found).toMatchObject({
        status: 'RECALLED',
        recall: { cause: 'officer.leave', decision: { cleared: false } },
      });
      expect(found.recall!.decision.members[0]!.reasons.map(({ code }) => code)).toEqual(['LEFT_SERVICE']);
    }
    expect((await read(untouched.id)).status).toBe('PLANNED');
    const told = await house.db.rows('SELECT id FROM notifications WHERE target_id IN (?, ?)', [
      planned.id,
      running.id,
    ]);
    expect(told).toHaveLength(2);
    const audited = await house.db.rows(
      `SELECT seq FROM audit_entries WHERE verb = 'deployment.recall' AND target_id IN (?, ?)`,
      [planned.id, running.id],
    );
    expect(audited).toHaveLength(2);
  });

  it('stays when the change rolls back', async () => {
    const { id } = await plan();
    await expect(
      house.uow.run(async () => {
        await leave(team.officers[0]!.id);
        await announce(team.officers[0]!.id);
        throw new Error('something else failed');
      }),
    ).rejects.toThrow('something else failed');
    expect((await read(id)).status).toBe('PLANNED');
  });

  it('is found by the watch when nothing was announced', async () => {
    const { id } = await plan();
    await house.uow.run(() => leave(team.officers[0]!.id));
    await house.drain();
    expect(await read(id)).toMatchObject({ status: 'RECALLED', recall: { cause: 'watch' } });
  });

  it('is called off by the watch when its span passed without a start', async () => {
    const { id } = await plan({ from: '2025-03-01T08:00:00+08:00', to: '2025-03-01T18:00:00+08:00' });
    await house.drain();
    expect((await read(id)).status).toBe('CANCELLED');
    expect((await move(id, 'start')).status).toBe(409);
  });

  it('takes no knownAt: it is decided by today’s knowledge', async () => {
    const { status } = await supervisor().post(
      '/duty/deployments',
      team.question({ title: 'x', knownAt: '2026-01-01T00:00:00Z' }),
    );
    expect(status).toBe(400);
  });

  it('is created once for one Idempotency-Key', async () => {
    const question = team.question({ title: 'once' });
    const send = () => supervisor().post('/duty/deployments', question, { 'idempotency-key': `k-${team.matterCode}` });
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(answers[0].headers.get('location')).toBe(`/api/v1/duty/deployments/${String(answers[0].body['id'])}`);
    const other = await supervisor().post(
      '/duty/deployments',
      { ...question, title: 'else' },
      { 'idempotency-key': `k-${team.matterCode}` },
    );
    expect([other.status, other.body['code']]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await house.db.rows('SELECT id FROM deployments WHERE matter_code = ?', [team.matterCode])).toHaveLength(1);
  });

  it('is invisible outside the scope, and listed inside by state and officer', async () => {
    const { id } = await plan();
    const outsider = house.as('supervisor-2');
    expect((await outsider.get(`/duty/deployments/${id}`)).status).toBe(404);
    for (const verb of ['start', 'complete', 'cancel'])
      expect((await outsider.post(`/duty/deployments/${id}/${verb}`)).status).toBe(404);
    expect((await house.as('hr-1').post(`/duty/deployments/${id}/start`)).status).toBe(403);
    const mine = await supervisor().get<{ items: { id: string }[] }>(
      `/duty/deployments?status=PLANNED&officerId=${team.officers[0]!.id}`,
    );
    expect(mine.body.items.map((item) => item.id)).toEqual([id]);
    expect((await supervisor().get('/duty/deployments?colour=red')).status).toBe(400);
  });

  it('of "leave" and "deploy" at the same moment is refused or recalled, 200 times', async () => {
    let recalled = 0;
    let refused = 0;
    for (let round = 0; round < 40; round++) {
      const teams = await Promise.all(Array.from({ length: 5 }, () => insertTeam(house)));
      await Promise.all(
        teams.flatMap((world) => [
          supervisor().post('/duty/deployments', world.question({ title: 'race' })),
          house.uow.run(async () => {
            const id = world.officers[0]!.id;
            await house.db.rows('SELECT id FROM officers WHERE id = ? FOR UPDATE', [id]);
            await leave(id);
            await announce(id);
          }),
        ]),
      );
      for (const { matterCode } of teams) {
        const row = await house.db.row<{ status: string }>('SELECT status FROM deployments WHERE matter_code = ?', [
          matterCode,
        ]);
        if (row === null) refused += 1;
        else if (row.status === 'RECALLED') recalled += 1;
        else throw new Error(`a team with a person who left is ${row.status}`);
      }
    }
    expect(refused + recalled).toBe(200);
  }, 120_000);
});
