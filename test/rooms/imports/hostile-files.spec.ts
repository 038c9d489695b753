import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { House } from '../../support/house.js';
import { HOSTILE_FILES } from '../../support/hostile-files.js';
import { committed, openImports, show, sumOf, upload } from './support.js';

let house: House;
beforeAll(async () => {
  house = await openImports();
}, 120_000);
afterAll(() => house.close());

const STATES = ['valid', 'warning', 'invalid', 'ignored'] as const;

/** Lines that stand in the staging table: what the counts must add up to. */
const staged = async (id: string): Promise<number> =>
  Number(
    (await house.db.row<{ n: number }>('SELECT SUM(row_count) AS n FROM import_blocks WHERE import_id = ?', [id]))?.n ??
      0,
  );

describe('hostile files: refused as a whole with the cause, or every line of them accounted for', () => {
  it('are at least 120, each of its own', () => {
    expect(HOSTILE_FILES.length).toBeGreaterThanOrEqual(120);
    expect(new Set(HOSTILE_FILES.map(({ name }) => name)).size).toBe(HOSTILE_FILES.length);
  });

  it.each(HOSTILE_FILES)('$name', async ({ fileName, make, expected }) => {
    const sent = await upload(house.as('hr'), await make(), { name: fileName });
    if (sent.status !== 202) {
      // What shows in the form itself is refused at the door.
      expect(sent.status).toBeLessThan(500);
      expect(expected).toEqual({ refused: (sent.body as unknown as { code: string }).code });
      return;
    }
    const { id } = sent.body;
    await house.drain();
    const seen = await show(house.as('hr'), id);
    const total = seen.counts['total'];
    expect(await staged(id)).toBe(total);
    if (seen.status === 'FAILED') {
      // A file that can't be taken leaves neither rows nor bytes behind.
      expect(total).toBe(0);
      if (!('either' in expected)) expect({ refused: seen.problem?.code }).toEqual(expected);
      else expect(seen.problem?.code).toMatch(/^[A-Z_]+$/);
      return;
    }
    const wanted = 'counts' in expected ? expected.counts : 'either' in expected ? expected.either : null;
    if (wanted === null) throw new Error(`it was taken: ${seen.status} ${JSON.stringify(seen.counts)}`);
    expect(total).toBe(wanted.total);
    if (seen.status === 'NEEDS_MAPPING') {
      expect('either' in expected).toBe(true);
      return;
    }
    expect(seen.status).toBe('VALIDATED');
    expect(sumOf(seen.counts)).toBe(total);
    expect(Object.fromEntries(STATES.map((state) => [state, seen.counts[state]]))).toEqual(
      Object.fromEntries(STATES.map((state) => [state, wanted[state] ?? 0])),
    );
    if ('causes' in expected) {
      const causes = (seen['causes'] as { code: string; rows: number }[]).map(({ code, rows }) => [code, rows]);
      expect(Object.fromEntries(causes)).toEqual(expected.causes);
    }
    // Accepted + rejected + ignored + duplicate: still so when what is sound has been written.
    const { counts, status } = await committed(house, id);
    expect(['COMPLETED', 'PARTIALLY_COMPLETED']).toContain(status);
    expect(sumOf(counts)).toBe(total);
    expect(counts['failed']).toBe(0);
    const taken = ['created', 'updated', 'unchanged'].reduce((sum, name) => sum + (counts[name] ?? 0), 0);
    expect(taken).toBe((wanted.valid ?? 0) + (wanted.warning ?? 0));
  });

  it('leave nothing of themselves where objects come from', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { evil?: unknown }).evil).toBeUndefined();
  });
});
