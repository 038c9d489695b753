import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { newId } from '../../../src/kernel/ids.js';
import { openHouse, type House } from '../../support/house.js';

describe('a unit of work', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ modules: [] });
  });
  afterAll(() => house.close());

  const put = (id: string): Promise<void> => house.db.insert('inbox', { event_id: id, handled_at: new Date() });
  const has = async (id: string): Promise<boolean> =>
    (await house.db.row('SELECT event_id FROM inbox WHERE event_id = ?', [id])) !== null;

  it('keeps nothing of what failed', async () => {
    const id = newId();
    await expect(
      house.uow.run(async () => {
        await put(id);
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await has(id)).toBe(false);
  });

  it('refuses to commit when a failed query was swallowed', async () => {
    const id = newId();
    await expect(
      house.uow.run(async () => {
        await put(id);
        await put(id).catch(() => undefined);
      }),
    ).rejects.toThrow();
    expect(await has(id)).toBe(false);
  });

  it('lets no write slip out of it', async () => {
    await expect(put(newId())).rejects.toThrow('no open unit of work');
  });

  it('runs the whole work again after a deadlock, and once only', async () => {
    const [a, b] = [newId(), newId()];
    await house.uow.run(async () => {
      await put(a);
      await put(b);
    });
    let attempts = 0;
    const cross = (first: string, second: string) =>
      house.uow.run(async () => {
        attempts += 1;
        await house.db.rows('SELECT event_id FROM inbox WHERE event_id = ? FOR UPDATE', [first]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await house.db.rows('SELECT event_id FROM inbox WHERE event_id = ? FOR UPDATE', [second]);
        const mark = newId();
        await put(mark);
        return mark;
      });
    const marks = await Promise.all([cross(a, b), cross(b, a)]);
    expect(attempts).toBe(3);
    expect(await Promise.all(marks.map(has))).toEqual([true, true]);
  });

  it('hands no connection on with an open transaction', async () => {
    const id = newId();
    const before = Number((await house.db.row<{ n: number }>('SELECT COUNT(*) AS n FROM inbox'))?.n);
    const runners = await Promise.all(
      Array.from({ length: 8 }, () =>
        house.uow
          .run(async () => {
            await put(newId());
            throw new Error('stop');
          })
          .catch(() => 'stopped'),
      ),
    );
    expect(new Set(runners)).toEqual(new Set(['stopped']));
    await house.uow.run(() => put(id));
    // On whichever connection the next reads run: none sees a row of the units that failed.
    const counts = await Promise.all(
      Array.from({ length: 20 }, () => house.db.row<{ n: number }>('SELECT COUNT(*) AS n FROM inbox')),
    );
    expect(new Set(counts.map((row) => Number(row?.n)))).toEqual(new Set([before + 1]));
    expect(await has(id)).toBe(true);
  });

  it('gives a connection that was let go in mid-transaction back without the transaction', async () => {
    const [left, kept] = [newId(), newId()];
    const source = house.app.get(DataSource);
    const runners = Array.from({ length: 30 }, () => source.createQueryRunner());
    for (const runner of runners) {
      await runner.query('START TRANSACTION');
      await runner.query('SET SESSION sql_mode = ?', ['']);
    }
    await runners[0]?.query('INSERT INTO inbox (event_id, handled_at) VALUES (?, UTC_TIMESTAMP(3))', [left]);
    await Promise.all(runners.map((runner) => runner.release()));
    await house.uow.run(() => put(kept));
    const modes = await Promise.all(
      Array.from({ length: 30 }, () =>
        house.uow.run(async () => {
          const row = await house.db.row<{ mode: string; left: number }>(
            'SELECT @@SESSION.sql_mode AS mode, (SELECT COUNT(*) FROM inbox WHERE event_id = ?) AS `left`',
            [left],
          );
          return [/STRICT/.test(row?.mode ?? ''), Number(row?.left)];
        }),
      ),
    );
    expect(new Set(modes.map(String))).toEqual(new Set(['true,0']));
    expect([await has(left), await has(kept)]).toEqual([false, true]);
  });

  it('reads outside a unit where the server refuses to write, in plain and in prepared statements', async () => {
    const sql = 'INSERT INTO inbox (event_id, handled_at) VALUES (?, UTC_TIMESTAMP(3))';
    const id = newId();
    const tries = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? house.db.rows(sql, [id]) : house.db.hotRows(sql, [id]))),
    );
    const codes = tries.map((tried) =>
      tried.status === 'fulfilled' ? 'written' : (tried.reason as { driverError: { errno: number } }).driverError.errno,
    );
    expect(new Set(codes)).toEqual(new Set([1792]));
    expect(await has(id)).toBe(false);
  });

  it('gives the same values in plain and in prepared statements', async () => {
    const sql = `SELECT CAST(? AS CHAR) AS t, UTC_TIMESTAMP(3) >= ? AS later, CAST(NULL AS CHAR) AS nothing, COUNT(*) AS n, 1.5 AS d,
        CAST('2026-02-28' AS DATE) AS day, CAST('2026-02-28 12:00:00.123' AS DATETIME(3)) AS instant FROM settings`;
    const parameters = ['文', new Date('2026-02-28T12:00:00.123Z')];
    const [plain, prepared] = [await house.db.rows(sql, parameters), await house.db.hotRows(sql, parameters)];
    expect(prepared).toEqual(plain);
    expect(plain[0]).toMatchObject({
      t: '文',
      d: '1.5',
      day: '2026-02-28',
      instant: new Date('2026-02-28T12:00:00.123Z'),
    });
  });
});
