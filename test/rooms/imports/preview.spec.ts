import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UploadedFiles } from '../../../src/imports/upload/uploaded-files.js';
import { newId } from '../../../src/kernel/ids.js';
import type { House } from '../../support/house.js';
import {
  committed,
  csv,
  faults,
  HEADER,
  idOf,
  openImports,
  people,
  show,
  stored,
  upload,
  uploaded,
  type Shown,
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

interface Account {
  rowsIn: number;
  accepted: number;
  rejected: number;
  ignored: number;
  duplicate: number;
  unexamined: number;
}
const balanced = ({ rowsIn, accepted, rejected, ignored, duplicate, unexamined }: Account): boolean =>
  rowsIn === accepted + rejected + ignored + duplicate + unexamined;
const get = async <T>(path: string): Promise<T> => (await house.as('hr').get<T>(path)).body;
const follows = (id: string) =>
  get<{
    rows: Record<string, number>;
    effects: { code: string; zh: string; rows: number }[];
    follows: { code: string; count: number }[];
    sameRows: { importId: string; rows: number }[];
  }>(`/imports/${id}/consequences`);
const rowsOf = (id: string, query = '') =>
  get<{
    items: { rowNumber: number; state: string; changes: object[]; planned: string; problems: { code: string }[] }[];
  }>(`/imports/${id}/rows${query}`);
const commit = async (id: string, body: object): Promise<Shown> => {
  const answer = await house.as('hr').post(`/imports/${id}/commit`, { policy: 'VALID_ROWS_ONLY', ...body });
  expect(answer.status).toBe(202);
  await house.drain();
  return show(house.as('hr'), id);
};
/** Two known people, of whom one differs; one new; one wrong. */
const mixed = async (): Promise<Shown> => {
  const [a, b, c] = people(3, 1);
  await committed(house, (await uploaded(house, csv([HEADER, a!, b!]))).id);
  const changed = [a![0]!, a![1]!, a![2]!, '100', ''];
  return uploaded(house, csv([HEADER, changed, b!, c!, ['N9', '无此人', idOf(9), '', '']]));
};

describe('before anything is written', () => {
  it('tells new, changed with old and new, same and failed; the commit does exactly that', async () => {
    const shown = await mixed();
    const seen = await follows(shown.id);
    expect(seen.rows).toEqual({ created: 1, updated: 1, unchanged: 1, skipped: 0, failed: 1, ignored: 0 });
    expect(seen.effects).toEqual([expect.objectContaining({ code: 'FULL_MARKS', zh: '满分', rows: 1 })]);
    expect(seen.follows).toEqual([expect.objectContaining({ code: 'TOUCHED', count: 7 })]);
    const updated = await rowsOf(shown.id, '?planned=UPDATED');
    expect(updated.items.map(({ rowNumber, changes }) => [rowNumber, changes])).toEqual([
      [2, [{ column: 'score', heading: '成绩', before: '1', after: '100' }]],
    ]);
    expect((await rowsOf(shown.id, '?effect=FULL_MARKS')).items.map(({ rowNumber }) => rowNumber)).toEqual([2]);
    expect(await stored(house)).toBe(2);
    const done = await committed(house, shown.id);
    expect(done.counts).toMatchObject({ created: 1, updated: 1, unchanged: 1, invalid: 1 });
    expect((await follows(shown.id)).rows).toEqual(seen.rows);
  });

  it('skips or refuses what is recorded when that is chosen, and asks why it is to be replaced', async () => {
    const skipping = await mixed();
    const silent = await house
      .as('hr')
      .post(`/imports/${skipping.id}/commit`, { policy: 'VALID_ROWS_ONLY', existing: 'UPDATE' });
    expect([silent.status, JSON.stringify(silent.body)]).toEqual([400, expect.stringContaining('/reason')]);
    expect((await commit(skipping.id, { existing: 'SKIP' })).counts).toMatchObject({
      created: 1,
      updated: 0,
      skipped: 1,
      unchanged: 1,
    });
    await house.uow.run(() => house.db.execute('DELETE FROM people_of_test'));
    const refusing = await mixed();
    expect((await commit(refusing.id, { existing: 'REFUSE' })).counts).toMatchObject({
      created: 1,
      updated: 0,
      failed: 1,
    });
    expect(await house.db.row("SELECT score FROM people_of_test WHERE number = 'N000001'")).toEqual({ score: '1' });
  });

  it('does not overwrite what was changed after the preview', async () => {
    const shown = await mixed();
    await house.uow.run(() =>
      house.db.execute("UPDATE people_of_test SET score = '55' WHERE number IN ('N000001', 'N000002')"),
    );
    const done = await commit(shown.id, {});
    expect(done.counts).toMatchObject({ created: 1, updated: 0, unchanged: 0, failed: 2 });
    const failed = await rowsOf(shown.id, '?state=FAILED');
    expect(failed.items.map(({ problems }) => problems[0]?.code)).toEqual([
      'CHANGED_SINCE_PREVIEW',
      'CHANGED_SINCE_PREVIEW',
    ]);
    expect(await house.db.rows("SELECT DISTINCT score FROM people_of_test WHERE number < 'N000003'")).toEqual([
      { score: '55' },
    ]);
  });

  it('takes the whole chunk back when a thing is recorded between the look and the lock', async () => {
    const shown = await mixed();
    faults.beforeApply = async (call) => {
      if (call > 1) return;
      await house.uow.aside(() => house.db.execute("UPDATE people_of_test SET score = '56' WHERE number = 'N000002'"));
    };
    faults.calls = 0;
    const done = await commit(shown.id, {});
    for (let tries = 0; tries < 3; tries += 1) await house.drain();
    expect((await show(house.as('hr'), done.id)).counts).toMatchObject({ created: 1, updated: 1, failed: 1 });
    expect(await house.db.row("SELECT score FROM people_of_test WHERE number = 'N000002'")).toEqual({ score: '56' });
  });
});

describe('putting right', () => {
  it('the same wrong value everywhere at once; the uploaded rows stay', async () => {
    const wrong = people(30, 100).map(([number, name, id]) => [number!, name!, id!, '八十五', '']);
    const shown = await uploaded(house, csv([HEADER, ...people(2, 200), ...wrong]));
    expect(shown.counts).toMatchObject({ valid: 2, invalid: 30 });
    const values = await get<{ items: object[]; complete: boolean }>(`/imports/${shown.id}/values`);
    expect(values).toMatchObject({
      complete: true,
      items: [{ column: 'score', value: '八十五', rows: 30, firstRow: 4, codes: ['SCORE_MALFORMED'], fixable: true }],
    });
    const fix = (body: object) => house.as('hr').post(`/imports/${shown.id}/fixes`, body);
    expect((await fix({ column: 'idNumber', value: 'x', replacement: 'y' })).status).toBe(400);
    expect((await fix({ column: 'score', value: '九十', replacement: '90' })).status).toBe(409);
    const fixed = await fix({ column: 'score', value: '八十五', replacement: '85' });
    expect([fixed.status, fixed.body]).toEqual([202, { rows: 30, status: 'VALIDATING' }]);
    await house.drain();
    expect((await show(house.as('hr'), shown.id)).counts).toMatchObject({ valid: 32, invalid: 0 });
    expect((await rowsOf(shown.id)).items[5]).toMatchObject({ raw: { score: '八十五' }, normalised: { score: '85' } });
  });

  it('an identity only by a click: both values side by side, masked, audited', async () => {
    const known = idOf(1);
    const shown = await uploaded(house, csv([HEADER, ['N000001', '张三', `${known.slice(0, 15)}000`, '', '']]));
    expect(shown.counts).toMatchObject({ invalid: 1 });
    const path = `/imports/${shown.id}/rows/2/repairs`;
    const { items } = await get<{ items: { offerId: string; current: string; proposed: string }[] }>(path);
    expect(items).toMatchObject([
      { column: 'idNumber', because: ['编号', '身份证号前 15 位'], person: { unitName: '某局' } },
    ]);
    expect(JSON.stringify(items)).not.toContain(known);
    expect(items[0]!.proposed.endsWith(known.slice(-4))).toBe(true);
    expect(items[0]!.current.endsWith('000')).toBe(true);
    expect((await show(house.as('hr'), shown.id)).counts).toMatchObject({ invalid: 1 });
    expect((await house.as('hr').post(path, { offerId: 'other' })).status).toBe(409);
    const taken = await house.as('hr').post(path, { offerId: items[0]!.offerId });
    expect([taken.status, taken.body['state']]).toEqual([200, 'VALID']);
    const audited = await house.db.rows<{ after_json: string }>(
      "SELECT after_json FROM audit_entries WHERE verb = 'import.accept-repair' AND target_id = ?",
      [shown.id],
    );
    expect(audited).toHaveLength(1);
    expect(audited[0]!.after_json).not.toContain(known);
  });

  it('remembers words for the whole body, and forgets them when told so', async () => {
    const rows = (from: number) => people(2, from).map((row) => [...row, '杰出']);
    const shown = await uploaded(house, csv([[...HEADER, '类别'], ...rows(300)]));
    await house
      .as('hr')
      .patch(
        `/imports/${shown.id}/mapping`,
        { values: { category: { 杰出: 'GOOD' } } },
        { 'if-match': `"${shown.version}"` },
      );
    await house.drain();
    // Other headings, the same word.
    const other = await uploaded(
      house,
      csv([['类别', '姓名', '编号', '身份证号'], ...people(1, 310).map(([n, name, id]) => ['杰出', name!, n!, id!])]),
    );
    expect((await rowsOf(other.id)).items[0]).toMatchObject({ normalised: { category: 'GOOD' } });
    const memories = await get<{ items: { id: string; about: string }[] }>('/import-memories?kind=OFFICER_ROSTER');
    expect(memories.items.map(({ about }) => about).sort()).toEqual(expect.arrayContaining(['HEADER', 'WORDS']));
    for (const { id } of memories.items)
      expect((await house.as('hr').post(`/import-memories/${encodeURIComponent(id)}/clear`)).status).toBe(200);
    expect((await get<{ items: object[] }>('/import-memories')).items).toEqual([]);
  });

  it('reads a text file with another separator without a new upload', async () => {
    const text = [HEADER, ...people(3, 400)].map((row) => row.join('；')).join('\r\n');
    const shown = await uploaded(house, text.replaceAll('；', ';'));
    expect(shown).toMatchObject({ status: 'VALIDATED', separator: ';' });
    const change = (separator: string, version: number) =>
      house.as('hr').patch(`/imports/${shown.id}/mapping`, { separator }, { 'if-match': `"${version}"` });
    expect((await change(',', shown.version)).status).toBe(200);
    await house.drain();
    const wrong = await show(house.as('hr'), shown.id);
    expect(wrong).toMatchObject({ status: 'NEEDS_MAPPING', separator: ',' });
    expect((await change(';', wrong.version)).status).toBe(200);
    await house.drain();
    expect(await show(house.as('hr'), shown.id)).toMatchObject({ status: 'VALIDATED', counts: { valid: 3 } });
  });
});

describe('proof', () => {
  it('gives a receipt whose account holds at every rest', async () => {
    const [a, b] = people(2, 500);
    const shown = await uploaded(
      house,
      csv([HEADER, a!, b!, b!, ['N9', '无此人', idOf(9), '', ''], ['合计', '', '', '', '']]),
    );
    await commit(shown.id, {});
    const receipt = await get<{ account: Account; balances: (Account & { status: string })[]; commits: object[] }>(
      `/imports/${shown.id}/receipt`,
    );
    expect(receipt).toMatchObject({
      status: 'PARTIALLY_COMPLETED',
      account: { rowsIn: 5, accepted: 1, rejected: 1, ignored: 1, duplicate: 2, unexamined: 0 },
      files: [{ round: 1, fileSha256: shown['fileSha256'] }],
      commits: [{ policy: 'VALID_ROWS_ONLY', existing: 'UPDATE', round: 1 }],
      rowsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      receiptSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(receipt.balances.map(({ status }) => status)).toEqual(['VALIDATED', 'PARTIALLY_COMPLETED']);
    expect([receipt.account, ...receipt.balances].every(balanced)).toBe(true);
    const one = {
      import_id: shown.id,
      version: 99,
      status: 'COMPLETED',
      rows_in: 5,
      accepted: 4,
      rejected: 0,
      ignored: 0,
      duplicate: 0,
      unexamined: 0,
      balanced_at: new Date(),
    };
    await expect(house.uow.run(() => house.db.insert('import_balances', one))).rejects.toThrow(/ck_import_balances/);
  });

  it('knows the same rows again in another file, in another order, under another name', async () => {
    const rows = people(40, 600);
    const first = await committed(house, (await uploaded(house, csv([HEADER, ...rows]))).id);
    const turned = [...rows].reverse().map(([number, name, id, score]) => [id!, score!, name!, number!]);
    const text = csv([['身份证号', '成绩', '姓名', '编号'], ...turned, ['某'.repeat(3), '', '', '']]);
    const data = new FormData();
    data.append('file', new Blob([text]), '别的名字.csv');
    const checked = await house.as('hr').post<{ imports: object[]; rows: object[] }>('/imports/check', data);
    expect(checked.body).toMatchObject({
      imports: [],
      rows: [{ kind: 'OFFICER_ROSTER', total: 41, known: 40, imports: [{ importId: first.id, rows: 40 }] }],
    });
    const again = await uploaded(house, text);
    expect((await follows(again.id)).sameRows).toEqual([expect.objectContaining({ importId: first.id, rows: 40 })]);
    await house.as('hr').post(`/imports/${first.id}/revert`);
    expect((await follows(again.id)).sameRows).toEqual([]);
  });

  it('marks the later of two uploads at once', async () => {
    const text = csv([HEADER, ...people(5, 700)]);
    const both = await Promise.all([1, 2, 3, 4].map(() => upload(house.as('hr'), text)));
    expect(both.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(both.filter(({ body }) => body.duplicateOf === null)).toHaveLength(1);
    await house.drain();
  });

  it('shows how far a commit of all or nothing has come, and leaves nothing of one that dies', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(3500, 1000)]));
    const told: object[] = [];
    faults.beforeApply = async (call) => {
      if (call === 3) {
        told.push((await house.as('hr').get(`/imports/${shown.id}`)).body);
        throw new TypeError('killed');
      }
    };
    await house.as('hr').post(`/imports/${shown.id}/commit`, { policy: 'ALL_OR_NOTHING' });
    await house.drain();
    expect(told[0]).toMatchObject({ status: 'COMMITTING', progress: { doneRows: 2000, totalRows: 3500, percent: 57 } });
    const { progress } = told[0] as { progress: { rowsPerSecond: number; secondsLeft: number | null } };
    expect(progress.rowsPerSecond).toBeGreaterThan(0);
    faults.beforeApply = null;
    for (let tries = 0; tries < 3; tries += 1) await house.drain();
    const done = await show(house.as('hr'), shown.id);
    expect(done).toMatchObject({ status: 'COMPLETED', counts: { created: 3500 } });
    expect(await house.db.row('SELECT COUNT(*) AS n, MAX(written) AS most FROM people_of_test')).toEqual({
      n: 3500,
      most: 1,
    });
  });

  it('sweeps files of a process that died before its import was written', async () => {
    const key = newId();
    writeFileSync(join(house.dataDir, 'files', key), 'half');
    await house.uow.run(() => house.db.insert('import_uploads', { file_key: key, begun_at: new Date(0) }));
    const answer = await upload(house.as('hr'), csv([HEADER, ...people(2, 800)]));
    expect(await house.db.row('SELECT COUNT(*) AS n FROM import_uploads')).toEqual({ n: 1 });
    expect(await house.app.get(UploadedFiles).sweep()).toBe(1);
    expect(existsSync(join(house.dataDir, 'files', key))).toBe(false);
    await house.drain();
    const shown = await show(house.as('hr'), answer.body.id);
    expect(await house.db.row('SELECT COUNT(*) AS n FROM import_uploads')).toEqual({ n: 0 });
    expect((await show(house.as('hr'), shown.id)).status).toBe('VALIDATED');
  });

  it('flags rare characters in names, and takes them', async () => {
    const shown = await uploaded(
      house,
      csv([HEADER, ['N1', '张㐆', idOf(1), '', ''], ['N2', '李𠮷', idOf(2), '', '']]),
    );
    expect(shown.counts).toMatchObject({ warning: 2, invalid: 0 });
    expect((await rowsOf(shown.id)).items.map(({ problems }) => problems[0]?.code)).toEqual([
      'RARE_CHARACTER',
      'RARE_CHARACTER',
    ]);
  });
});
