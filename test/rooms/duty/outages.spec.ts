import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DutyModule } from '../../../src/duty/index.js';
import { insertTeam, type Team } from '../../support/cleared-team.js';
import { cuttable, type Cuttable } from '../../support/cuttable.js';
import { openHouse, type House } from '../../support/house.js';

/** Fail closed: when the facts can't be read the answer is 503, never "cleared"; Redis decides nothing. */
describe('with a dependency down', () => {
  let house: House;
  let team: Team;
  let database: Cuttable;
  let redis: Cuttable;
  const environment = { ...process.env };
  beforeAll(async () => {
    database = await cuttable(process.env['TEST_DATABASE_URL'] ?? '');
    redis = await cuttable(process.env['TEST_REDIS_URL'] ?? '');
    process.env['TEST_DATABASE_URL'] = database.url;
    process.env['TEST_REDIS_URL'] = redis.url;
    house = await openHouse({ modules: [DutyModule] });
  });
  afterAll(async () => {
    database.restore();
    redis.restore();
    await house.close();
    await Promise.all([database.close(), redis.close()]);
    process.env = environment;
  });
  beforeEach(async () => {
    database.restore();
    redis.restore();
    team = await insertTeam(house);
  });

  const supervisor = () => house.as('supervisor');
  const deployments = (): Promise<object[]> =>
    house.db.rows('SELECT id FROM deployments WHERE matter_code = ?', [team.matterCode]);

  it('answers 503 while the database is away, and decides again when it is back', async () => {
    database.cut();
    for (const [path, body] of [
      ['/duty/checks', team.question({ record: false })],
      ['/duty/checks', team.question()],
      ['/duty/deployments', team.question({ title: 'x' })],
    ] as const) {
      const { status, body: answer, headers } = await supervisor().post(path, body);
      expect([path, status, answer['code']]).toEqual([path, 503, 'DEPENDENCY_DOWN']);
      expect(headers.get('retry-after')).not.toBeNull();
      expect(JSON.stringify(answer)).not.toContain('cleared');
    }
    expect((await house.anybody('GET', '/health/ready')).status).toBe(503);
    expect((await house.anybody('GET', '/health/live')).status).toBe(200);
    database.restore();
    expect((await supervisor().post('/duty/checks', team.question())).body).toMatchObject({ cleared: true });
    expect(await deployments()).toEqual([]);
  });

  it.each([
    'INSERT INTO deployments',
    'INSERT INTO deployment_members',
    'INSERT INTO deployment_decisions',
    'INSERT INTO audit_entries',
    'COMMIT',
  ])('leaves nothing half done when the database goes at %s', async (statement) => {
    database.cutWhenSeen(statement);
    const { status } = await supervisor().post('/duty/deployments', team.question({ title: 'x' }));
    expect(status).toBe(503);
    database.restore();
    expect(await deployments()).toEqual([]);
    expect(
      await house.db.rows(`SELECT seq FROM audit_entries WHERE verb = 'deployment.create' AND after_json LIKE ?`, [
        `%${team.matterCode}%`,
      ]),
    ).toEqual([]);
    expect((await supervisor().post('/duty/deployments', team.question({ title: 'again' }))).status).toBe(201);
  });

  it('decides as ever while Redis is away', async () => {
    redis.cut();
    expect((await supervisor().post('/duty/checks', team.question())).body).toMatchObject({ cleared: true });
    expect((await supervisor().post('/duty/deployments', team.question({ title: 'x' }))).status).toBe(201);
    const ready = await house.anybody('GET', '/health/ready');
    expect([ready.status, ready.body['status']]).toEqual([200, 'degraded']);
  });
});
