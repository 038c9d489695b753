import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersonalData } from '../../../src/infrastructure/crypto/personal-data.js';
import type { Cell, SheetRow } from '../../../src/infrastructure/files/index.js';
import { ImportCounts } from '../../../src/imports/import-counts.js';
import { StagedLines } from '../../../src/imports/rows/staged-lines.js';
import { FirstLook } from '../../../src/imports/work/first-look.js';
import { ImportWorker } from '../../../src/imports/work/import-worker.js';
import type { House } from '../../support/house.js';
import { committed, csv, faults, HEADER, openImports, people, show, stored, upload, uploaded } from './support.js';

let house: House;
let lines: StagedLines;
beforeAll(async () => {
  house = await openImports();
  lines = house.app.get(StagedLines);
}, 60_000);
afterAll(() => house?.close());

const cell = (text: string): Cell => ({ column: 1, kind: 'TEXT', text, raw: text, formula: false });
const line = (rowNumber: number, hidden = false): SheetRow => ({ rowNumber, hidden, cells: [cell(`行${rowNumber}`)] });
const numbersOf = (found: readonly SheetRow[]): number[] => found.map(({ rowNumber }) => rowNumber);

/** An import whose lines are put there by the test. */
async function withBlocks(...blocks: readonly (readonly SheetRow[])[]): Promise<string> {
  const { id } = await uploaded(house, csv([HEADER, ...people(1)]));
  await house.uow.run(async () => {
    await house.db.execute('DELETE FROM import_results WHERE import_id = ?', [id]);
    await house.db.execute('DELETE FROM import_blocks WHERE import_id = ?', [id]);
    for (const block of blocks) await lines.stage(lines.seal(id, block));
  });
  return id;
}

describe('the staged lines', () => {
  it('come by number, page after page, wherever they stood in the file', async () => {
    const id = await withBlocks([line(5), line(3, true), line(900)], [line(4), line(7)], [line(8), line(899)]);
    expect(numbersOf(await lines.after(id, 0, 100))).toEqual([3, 4, 5, 7, 8, 899, 900]);
    const seen: number[] = [];
    for (let after = 0; ;) {
      const page = await lines.after(id, after, 2);
      if (page.length === 0) break;
      seen.push(...numbersOf(page));
      after = seen.at(-1)!;
    }
    expect(seen).toEqual([3, 4, 5, 7, 8, 899, 900]);
    expect(numbersOf(await lines.after(id, 899, 5))).toEqual([900]);
    const some = await lines.of(id, [899, 3, 6, 7]);
    expect([...some.keys()].sort((a, b) => a - b)).toEqual([3, 7, 899]);
    expect(some.get(3)).toEqual(line(3, true));
    expect(await lines.count(id)).toBe(7);
  });

  it('of the time when each was stored by itself are read as they were', async () => {
    const id = await withBlocks([line(2)]);
    const crypto = house.app.get(PersonalData);
    const sealed = crypto.encrypt(JSON.stringify([[1, 1, '旧行', 0]]), `import_rows.raw.${id}.3`);
    const single = { import_id: id, first_row: 3, last_row: 3, row_count: 1, lines_cipher: `row1:${sealed}` };
    await house.uow.run(() => house.db.insert('import_blocks', single));
    const [first, old] = await lines.after(id, 0, 10);
    expect(first).toEqual(line(2));
    expect(old).toMatchObject({ rowNumber: 3, hidden: true, cells: [{ column: 1, text: '旧行', raw: '旧行' }] });
  });

  it('open only where they were put, and only whole', async () => {
    const [one, other] = [await withBlocks([line(2), line(3)]), await withBlocks([line(2), line(3)])];
    await house.uow.run(() =>
      house.db.execute(
        `UPDATE import_blocks b JOIN import_blocks o ON o.import_id = ? SET b.lines_cipher = o.lines_cipher WHERE b.import_id = ?`,
        [one, other],
      ),
    );
    await expect(lines.after(other, 0, 10)).rejects.toThrow();
    await house.uow.run(() => house.db.execute('UPDATE import_blocks SET row_count = 1 WHERE import_id = ?', [one]));
    await expect(lines.of(one, [2])).rejects.toThrow('not whole');
  });

  it('that stand there twice, or without a word on them, do not add up', async () => {
    const counts = house.app.get(ImportCounts);
    const shown = await uploaded(house, csv([HEADER, ...people(3)]));
    expect(await counts.refuseLoss(shown.id, 3)).toMatchObject({ valid: 3, total: 3 });
    await house.uow.run(() =>
      house.db.execute('DELETE FROM import_results WHERE import_id = ? AND row_no = 3', [shown.id]),
    );
    await expect(counts.refuseLoss(shown.id, 3)).rejects.toThrow('do not add up');
    await expect(counts.refuseLoss(shown.id, 2)).rejects.toThrow('do not add up');
    const astray = await uploaded(house, csv([HEADER, ...people(3)]));
    await house.uow.run(() =>
      house.db.execute('UPDATE import_results SET row_no = 99 WHERE import_id = ? AND row_no = 3', [astray.id]),
    );
    await expect(counts.refuseLoss(astray.id, 3)).rejects.toThrow('do not add up');
    const twice = await uploaded(house, csv([HEADER, ...people(3)]));
    await house.uow.run(() => lines.stage(lines.seal(twice.id, [line(3), line(4)])));
    await expect(counts.refuseLoss(twice.id, 3)).rejects.toThrow('do not add up');
  });
});

describe('rows are examined while they are staged', () => {
  it('once, and no room is asked again before the commit', async () => {
    faults.examined = 0;
    const shown = await uploaded(house, csv([HEADER, ...people(2500, 100)]));
    expect(shown).toMatchObject({ status: 'VALIDATED', counts: { valid: 2500, total: 2500 } });
    expect(faults.examined).toBe(3);
  });

  it('when that was not possible for some, all are examined by the validation', async () => {
    const look = house.app.get(FirstLook);
    const examine = look.examine.bind(look);
    let chunks = 0;
    look.examine = async (...given) => ((chunks += 1) === 2 ? null : examine(...given));
    faults.examined = 0;
    try {
      const shown = await uploaded(house, csv([HEADER, ...people(2500, 5000)]));
      expect(shown).toMatchObject({ status: 'VALIDATED', counts: { valid: 2500, total: 2500 } });
      expect(chunks).toBe(3);
      expect(faults.examined).toBe(2 + 3);
      const before = await stored(house);
      expect(await committed(house, shown.id)).toMatchObject({ status: 'COMPLETED', counts: { created: 2500 } });
      expect(await stored(house)).toBe(before + 2500);
    } finally {
      look.examine = examine;
    }
  });

  it('a worker that dies between two portions leaves each staged line with its word', async () => {
    const look = house.app.get(FirstLook);
    const keep = look.keep.bind(look);
    let chunks = 0;
    look.keep = async (...given) => {
      await keep(...given);
      if ((chunks += 1) === 2) throw new Error('killed');
    };
    try {
      const { body } = await upload(house.as('hr'), csv([HEADER, ...people(2500, 10_000)]));
      await house.drain();
      const results = await house.db.row<{ n: number }>(
        'SELECT COUNT(*) AS n FROM import_results WHERE import_id = ?',
        [body.id],
      );
      expect(Number(results?.n)).toBe(await lines.count(body.id));
      for (let tries = 0; tries < 3; tries += 1) await house.app.get(ImportWorker).sweep();
      expect(await show(house.as('hr'), body.id)).toMatchObject({
        status: 'VALIDATED',
        counts: { valid: 2500, total: 2500 },
      });
      expect(chunks).toBe(4);
    } finally {
      look.keep = keep;
    }
  });
});
