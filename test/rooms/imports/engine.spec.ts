import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectionParts } from '../../../src/infrastructure/database/engine.js';
import { ImportWorker } from '../../../src/imports/work/import-worker.js';
import { LeaseLost, Leases } from '../../../src/imports/work/leases.js';
import { ImportStore } from '../../../src/imports/import-store.js';
import { CommitImport } from '../../../src/imports/work/commit-import.js';
import { StagedLines } from '../../../src/imports/rows/staged-lines.js';
import { StageRows } from '../../../src/imports/work/stage-rows.js';
import type { House } from '../../support/house.js';
import {
  committed,
  csv,
  faults,
  HEADER,
  openImports,
  people,
  show,
  stored,
  sumOf,
  upload,
  uploaded,
} from './support.js';

let house: House;
beforeAll(async () => {
  house = await openImports();
}, 60_000);
afterAll(() => house?.close());
beforeEach(async () => {
  faults.beforeApply = null;
  faults.afterApply = null;
  faults.calls = 0;
  await house.uow.run(() => house.db.execute('DELETE FROM people_of_test'));
});

const commit = (id: string) => house.as('hr').post(`/imports/${id}/commit`, { policy: 'VALID_ROWS_ONLY' });
const sweep = () => house.app.get(ImportWorker).sweep();
/** Nobody's clock moves: the lease is said to have run out. */
const lapse = (id: string) =>
  house.uow.run(() => house.db.execute("UPDATE imports SET lease_until = '2020-01-01' WHERE id = ?", [id]));

describe('a worker that dies', () => {
  it('between any two chunks of the commit: 0 lost, 0 doubled', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(5200, 1)]));
    await commit(shown.id);
    // Every second chunk is written and then taken back, as when the process ends before COMMIT.
    faults.afterApply = async (call) => {
      if (call % 2 === 1) throw new Error('killed');
    };
    await house.drain();
    for (let tries = 0; tries < 20; tries += 1) await sweep();
    const done = await show(house.as('hr'), shown.id);
    expect(done).toMatchObject({ status: 'COMPLETED', counts: { created: 5200, total: 5200 } });
    expect(await house.db.row('SELECT COUNT(*) AS n, MAX(written) AS most FROM people_of_test')).toEqual({
      n: 5200,
      most: 1,
    });
    expect(faults.calls).toBe(12);
  });

  it('while staging: the next one goes on behind the last staged line', async () => {
    const stage = house.app.get(StageRows);
    const take = stage.take.bind(stage);
    let chunks = 0;
    stage.take = (...given) => {
      chunks += 1;
      if (chunks === 3 || chunks === 5) throw new Error('killed');
      return take(...given);
    };
    try {
      const { body } = await upload(house.as('hr'), csv([HEADER, ...people(4500, 10_000)]));
      await house.drain();
      for (let tries = 0; tries < 3; tries += 1) await sweep();
      expect(await show(house.as('hr'), body.id)).toMatchObject({
        status: 'VALIDATED',
        counts: { total: 4500, valid: 4500 },
      });
      const lines = await house.app.get(StagedLines).after(body.id, 0, 10_000);
      expect(lines.map(({ rowNumber }) => rowNumber)).toEqual(Array.from({ length: 4500 }, (_, n) => n + 2));
    } finally {
      stage.take = take;
    }
  });

  it('leaves the import to whoever comes when its lease has run out, not before', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(2100, 20_000)]));
    await commit(shown.id);
    const leases = house.app.get(Leases);
    const dead = await leases.claim(shown.id);
    expect(dead).not.toBeNull();
    expect(await leases.claim(shown.id)).toBeNull();
    expect(await leases.waiting()).not.toContain(shown.id);
    const row = await house.db.row<{ left: number }>(
      'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), lease_until) AS `left` FROM imports WHERE id = ?',
      [shown.id],
    );
    expect(row!.left).toBeLessThanOrEqual(10);
    await house.drain();
    expect((await show(house.as('hr'), shown.id)).status).toBe('COMMITTING');
    await lapse(shown.id);
    await sweep();
    expect(await show(house.as('hr'), shown.id)).toMatchObject({ status: 'COMPLETED', counts: { created: 2100 } });
  });

  it('and wakes up again writes nothing', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(3100, 30_000)]));
    await commit(shown.id);
    const leases = house.app.get(Leases);
    const work = house.app.get(CommitImport);
    const found = () => house.app.get(ImportStore).byId(shown.id);
    const zombie = (await leases.claim(shown.id))!;
    const before = await found();
    await work.execute(zombie, before);
    await lapse(shown.id);
    const heir = (await leases.claim(shown.id))!;
    await expect(work.execute(zombie, await found())).rejects.toThrow(LeaseLost);
    await expect(work.execute(heir, before)).rejects.toThrow(LeaseLost);
    expect(await stored(house)).toBe(1000);
    const now = await found();
    const both = await Promise.allSettled([
      work.execute(zombie, now),
      work.execute(heir, now),
      work.execute(zombie, { ...now, policy: 'ALL_OR_NOTHING' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    expect(await stored(house)).toBe(2000);
    await expect(leases.release(zombie)).resolves.toBeUndefined();
    expect(await leases.claim(shown.id)).toBeNull();
    await leases.release(heir);
    await sweep();
    expect(await show(house.as('hr'), shown.id)).toMatchObject({ status: 'COMPLETED', counts: { created: 3100 } });
    expect(await house.db.row('SELECT COUNT(*) AS n, MAX(written) AS most FROM people_of_test')).toEqual({
      n: 3100,
      most: 1,
    });
  });

  it("of which there are several at once: they do not get into each other's way", async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(4100, 40_000)]));
    await commit(shown.id);
    const worker = house.app.get(ImportWorker);
    await Promise.all(Array.from({ length: 6 }, () => worker.advance(shown.id)));
    expect(await show(house.as('hr'), shown.id)).toMatchObject({ status: 'COMPLETED', counts: { created: 4100 } });
    expect(faults.calls).toBe(5);
  });

  it('again and again without getting anywhere gives the import up', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(3, 50_000)]));
    await commit(shown.id);
    faults.beforeApply = async () => {
      throw new TypeError('always');
    };
    for (let tries = 0; tries < 45; tries += 1) await sweep();
    expect(await show(house.as('hr'), shown.id)).toMatchObject({ status: 'FAILED', problem: { code: 'IMPORT_STUCK' } });
    expect(await stored(house)).toBe(0);
  });

  it('is not needed for a cancel: the wish outlives it', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(2100, 60_000)]));
    await commit(shown.id);
    const work = house.app.get(CommitImport);
    const lease = (await house.app.get(Leases).claim(shown.id))!;
    await work.execute(lease, await house.app.get(ImportStore).byId(shown.id));
    expect((await house.as('hr').post(`/imports/${shown.id}/cancel`)).status).toBe(200);
    await lapse(shown.id);
    await sweep();
    expect(await show(house.as('hr'), shown.id)).toMatchObject({
      status: 'CANCELLED',
      counts: { created: 1000, valid: 1100 },
    });
    expect(await stored(house)).toBe(1000);
  });
});

describe('the rights of the moment', () => {
  const withdraw = (on: boolean) =>
    house.uow.run(async () => {
      const { accountId } = house.as('hr').actor;
      if (on) await house.db.execute("DELETE FROM account_roles WHERE account_id = ? AND role = 'HR'", [accountId]);
      else await house.db.insert('account_roles', { account_id: accountId, role: 'HR' });
    });
  const elsewhere = async (sql: string, parameters: unknown[]): Promise<void> => {
    const connection = await createConnection(connectionParts(house.databaseUrl));
    await connection.query(sql, parameters);
    await connection.end();
  };

  it('withdrawn in the middle of a commit: it stops, what was written stays and is told', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(3100, 70_000)]));
    await commit(shown.id);
    const { accountId } = house.as('hr').actor;
    faults.beforeApply = async (call) => {
      if (call === 2) await elsewhere("DELETE FROM account_roles WHERE account_id = ? AND role = 'HR'", [accountId]);
    };
    await house.drain();
    await withdraw(false);
    const stopped = await show(house.as('hr'), shown.id);
    expect(stopped).toMatchObject({
      status: 'PARTIALLY_COMPLETED',
      problem: { code: 'RIGHT_WITHDRAWN' },
      counts: { created: 2000, valid: 1100 },
    });
    expect(sumOf(stopped.counts)).toBe(3100);
    expect(await stored(house)).toBe(2000);
  });

  it('withdrawn before the first chunk, or with all or nothing: nothing was written', async () => {
    for (const policy of ['VALID_ROWS_ONLY', 'ALL_OR_NOTHING']) {
      const shown = await uploaded(house, csv([HEADER, ...people(1200, 80_000)]));
      faults.calls = 0;
      faults.beforeApply = async (call) => {
        if (policy === 'ALL_OR_NOTHING' && call === 1) {
          await elsewhere("DELETE FROM account_roles WHERE account_id = ? AND role = 'HR'", [
            house.as('hr').actor.accountId,
          ]);
        }
      };
      expect((await house.as('hr').post(`/imports/${shown.id}/commit`, { policy })).status).toBe(202);
      if (policy === 'VALID_ROWS_ONLY') await withdraw(true);
      await house.drain();
      await withdraw(false);
      expect(await show(house.as('hr'), shown.id)).toMatchObject({
        status: 'FAILED',
        problem: { code: 'RIGHT_WITHDRAWN' },
      });
      expect(await stored(house)).toBe(0);
    }
  });
});

describe('the definition', () => {
  it('that forgets a row is not believed', async () => {
    const { PeopleImport } = await import('./support.js');
    const definition = house.app.get(PeopleImport, { strict: false });
    const apply = definition.apply.bind(definition);
    definition.apply = async (context, rows) => (await apply(context, rows)).slice(1);
    try {
      const shown = await uploaded(house, csv([HEADER, ...people(3, 90_000)]));
      await commit(shown.id);
      await house.drain();
      expect((await show(house.as('hr'), shown.id)).status).toBe('COMMITTING');
      expect(await stored(house)).toBe(0);
      definition.apply = apply;
      await sweep();
      expect((await show(house.as('hr'), shown.id)).status).toBe('COMPLETED');
    } finally {
      definition.apply = apply;
    }
  });

  it('refuses late: those rows fail, the others pass', async () => {
    const shown = await uploaded(
      house,
      csv([HEADER, ...people(3, 91_000), ['N91900', '张三', people(1)[0]![2]!, '', '拒绝']]),
    );
    expect(shown.counts).toMatchObject({ valid: 4 });
    const done = await committed(house, shown.id);
    expect(done).toMatchObject({ status: 'PARTIALLY_COMPLETED', counts: { created: 3, failed: 1 } });
  });
});

it('tells the finished import to whoever committed it, and writes the audit trail', async () => {
  const done = await committed(house, (await uploaded(house, csv([HEADER, ...people(2100, 95_000)]))).id);
  const notices = await house.db.rows('SELECT kind FROM notifications WHERE target_id = ?', [done.id]);
  expect(notices).toEqual([{ kind: 'import.finished' }]);
  const verbs = await house.db.rows<{ verb: string; n: number }>(
    'SELECT verb, COUNT(*) AS n FROM audit_entries WHERE target_id = ? GROUP BY verb ORDER BY verb',
    [done.id],
  );
  expect(verbs.map(({ verb, n }) => [verb, Number(n)])).toEqual([
    ['import.commit', 1],
    ['import.commit-rows', 3],
    ['import.complete', 1],
    ['import.create', 1],
  ]);
});

it('lays its work down when the process is to end, and somebody else goes on', async () => {
  const shown = await uploaded(house, csv([HEADER, ...people(3100, 99_000)]));
  await commit(shown.id);
  const { EventWorker } = await import('../../../src/infrastructure/queue/event-worker.js');
  const worker = house.app.get(ImportWorker);
  faults.calls = 0;
  faults.beforeApply = async (call) => {
    if (call === 2) await house.app.get(EventWorker).stop();
  };
  await worker.advance(shown.id);
  expect(await show(house.as('hr'), shown.id)).toMatchObject({ status: 'COMMITTING', counts: { created: 2000 } });
  expect(await worker.advance(shown.id)).toBe(false);
  const row = await house.db.row('SELECT lease_until FROM imports WHERE id = ?', [shown.id]);
  expect(row).toEqual({ lease_until: null });
});
