import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
});
