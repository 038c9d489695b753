import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { House } from '../../support/house.js';
import {
  committed,
  csv,
  faults,
  form,
  HEADER,
  idOf,
  openImports,
  people,
  show,
  stored,
  sumOf,
  textColumns,
  upload,
  uploaded,
  workbook,
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

const filesLeft = (): number => readdirSync(join(house.dataDir, 'files')).length;

describe('POST /imports', () => {
  it('takes the parts in any order and refuses forms that are not what was agreed', async () => {
    const hr = house.as('hr');
    await uploaded(house, csv([HEADER, ...people(1)]));
    const before = filesLeft();
    expect((await upload(hr, csv([HEADER, ...people(1, 40)]), { fileFirst: true })).status).toBe(202);
    expect(filesLeft()).toBe(before + 1);
    const text = csv([HEADER, ...people(1)]);
    const cases: readonly [FormData, number, string?][] = [
      [form(text, { kind: 'NO_SUCH_KIND' }), 400],
      [form(text, { parameters: {} }), 400],
      [form(text, { parameters: { list: 'a', more: 'b' } }), 400],
      [form(text, { parameters: { list: 5 } }), 400],
      [form(text, { parameters: [] }), 400],
      [form(text, { parameters: { list: 'unknown' } }), 404],
      [form(text, { parameters: { list: 'closed' } }), 409],
      [form(text, { name: 'people.xls' }), 415, 'FILE_OLD_EXCEL'],
      [form(text, { name: 'people' }), 415, 'FILE_TYPE'],
      [form('', {}), 400, 'FILE_EMPTY'],
      [extra(form(text), 'surprise', 'x'), 400],
      [extra(form(text), 'kind', 'OFFICER_ROSTER'), 400],
      [without(form(text), 'file'), 400],
      [without(form(text), 'kind'), 400],
      [twoFiles(), 400],
      [otherName(), 400],
    ];
    for (const [body, status, code] of cases) {
      const answer = await hr.post('/imports', body);
      expect([answer.status, code === undefined ? undefined : answer.body['code']]).toEqual([status, code]);
    }
    expect((await hr.post('/imports', { kind: 'OFFICER_ROSTER' })).status).toBe(415);
    expect((await house.as('exam-officer').post('/imports', form(text))).status).toBe(403);
    expect((await house.as('reviewer').post('/imports', form(text))).status).toBe(403);
    expect((await house.anybody('POST', '/imports', form(text))).status).toBe(401);
    expect(filesLeft()).toBe(before + 1);
    await house.drain();
  });

  it('refuses a file above the limit and leaves nothing of it', async () => {
    const before = filesLeft();
    const answer = await upload(house.as('hr'), Buffer.alloc(50 * 1024 * 1024 + 10, 0x61));
    expect([answer.status, answer.body as unknown]).toEqual([413, expect.objectContaining({ code: 'FILE_TOO_LARGE' })]);
    expect(filesLeft()).toBe(before);
  }, 60_000);

  it('refuses a body that ends too early, at whatever place, and leaves nothing of it', async () => {
    const before = filesLeft();
    const imports = await count(house, 'imports');
    const token = house.as('hr').token;
    const boundary = 'x-boundary-x';
    const body = Buffer.from(
      [
        `--${boundary}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nOFFICER_ROSTER\r\n`,
        `--${boundary}\r\nContent-Disposition: form-data; name="parameters"\r\n\r\n{"list":"a"}\r\n`,
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n`,
        csv([HEADER, ...people(50)]),
        `\r\n--${boundary}--\r\n`,
      ].join(''),
    );
    const { port } = new URL(house.url);
    for (const part of [0.02, 0.1, 0.3, 0.5, 0.8, 0.99]) {
      const cut = body.subarray(0, Math.floor(body.length * part));
      // Wrong length: the connection ends in the middle of the body.
      await raw(Number(port), token, boundary, body.length, cut);
      // Right length, broken content.
      expect(await raw(Number(port), token, boundary, cut.length, cut)).toContain('HTTP/1.1 400');
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await count(house, 'imports')).toBe(imports);
    expect(filesLeft()).toBe(before);
  }, 30_000);

  it('answers a repeated key with the first answer, and another file under it with 422', async () => {
    const text = csv([HEADER, ...people(3, 50)]);
    const key = { 'idempotency-key': randomUUID() };
    const imports = await count(house, 'imports');
    const first = await upload(house.as('hr'), text, { headers: key });
    const files = filesLeft();
    const second = await upload(house.as('hr'), text, { headers: key });
    expect(second.status).toBe(202);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const other = await upload(house.as('hr'), csv([HEADER, ...people(4, 50)]), { headers: key });
    expect([other.status, other.body as unknown]).toEqual([
      422,
      expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED' }),
    ]);
    expect(await count(house, 'imports')).toBe(imports + 1);
    expect(filesLeft()).toBe(files);
    const crowd = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => upload(house.as('hr'), text, { headers: crowd })),
    );
    expect(new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.id)).size).toBe(1);
    expect(await count(house, 'imports')).toBe(imports + 2);
    await house.drain();
  });

  it('flags the same file for the same purpose; its rows come out UNCHANGED', async () => {
    const text = csv([HEADER, ...people(5, 70)]);
    const first = await committed(house, (await uploaded(house, text)).id);
    const again = await upload(house.as('hr'), text);
    expect(again.body.duplicateOf).toBe(first.id);
    await house.drain();
    const second = await committed(house, again.body.id);
    expect(second['duplicateOf']).toBe(first.id);
    expect(second.counts).toMatchObject({ created: 0, unchanged: 5 });
    expect(second.status).toBe('COMPLETED');
    expect((await upload(house.as('hr'), text, { parameters: { list: 'b' } })).body.duplicateOf).toBeNull();
    const checked = await house.as('hr').post<{ imports: { id: string }[] }>('/imports/check', onlyFile(text));
    expect(checked.status).toBe(200);
    expect(checked.body.imports.map(({ id }) => id)).toEqual(expect.arrayContaining([first.id, second.id]));
    const elsewhere = await house.as('hr-2').post<{ imports: unknown[] }>('/imports/check', onlyFile(text));
    expect(elsewhere.body.imports).toEqual([]);
    await house.drain();
  });

  it('fails what is no table, with a reason, and leaves no rows and no bytes', async () => {
    const files = filesLeft();
    const cases: readonly [string | Buffer, string, string][] = [
      ['MZ\u0000\u0001 this is a program', 'a.csv', 'FILE_TYPE'],
      ['<html><body>no</body></html>', 'a.csv', 'FILE_TYPE'],
      [Buffer.from('504b030414000000', 'hex'), 'a.xlsx', 'ZIP_DAMAGED'],
      [csv([HEADER]), 'a.csv', 'NO_ROWS'],
      ['编号,姓名\r\n"没有结束', 'a.csv', 'CSV_QUOTE'],
    ];
    for (const [content, name, code] of cases) {
      const shown = await uploaded(house, content, { name });
      expect([shown.status, shown.problem?.code]).toEqual(['FAILED', code]);
      expect(shown.problem!.detail.length).toBeGreaterThan(5);
      expect(shown.counts['total']).toBe(0);
      expect(await house.db.row('SELECT COUNT(*) AS n FROM import_blocks WHERE import_id = ?', [shown.id])).toEqual({
        n: 0,
      });
    }
    // A fault late in the file takes back what was staged before it.
    const late = await uploaded(house, `${csv([HEADER, ...people(1500)])}"open`);
    expect([late.status, late.problem?.code]).toEqual(['FAILED', 'CSV_QUOTE']);
    expect(await house.db.row('SELECT COUNT(*) AS n FROM import_blocks WHERE import_id = ?', [late.id])).toEqual({
      n: 0,
    });
    expect(filesLeft()).toBe(files);
  });
});

describe('mapping', () => {
  it('asks for the columns that it does not know, takes them, and remembers them', async () => {
    const rows = people(3, 100).map(([number, name, id]) => [id!, name!, number!]);
    const text = csv([['证件', '谁', '第几'], ...rows]);
    const shown = await uploaded(house, text);
    expect(shown.status).toBe('NEEDS_MAPPING');
    expect(shown['missingFields']).toEqual(['number', 'name', 'idNumber']);
    expect((shown['headings'] as { heading: string }[]).map(({ heading }) => heading)).toEqual(['证件', '谁', '第几']);
    const path = `/imports/${shown.id}/mapping`;
    const columns = { idNumber: '证件', name: 'B', number: '第几' };
    expect((await house.as('hr').patch(path, { columns })).status).toBe(428);
    expect((await house.as('hr').patch(path, { columns }, { 'if-match': '"99"' })).status).toBe(412);
    const match = { 'if-match': `"${shown.version}"` };
    expect((await house.as('hr').patch(path, { columns: { name: '谁' } }, match)).status).toBe(400);
    expect((await house.as('hr').patch(path, { columns: { ...columns, name: '没有' } }, match)).status).toBe(400);
    expect((await house.as('hr').patch(path, { columns: { ...columns, nobody: '谁' } }, match)).status).toBe(400);
    expect((await house.as('hr').patch(path, { columns: { ...columns, name: '证件' } }, match)).status).toBe(400);
    expect((await house.as('hr').post(`/imports/${shown.id}/commit`, { policy: 'VALID_ROWS_ONLY' })).status).toBe(409);
    const mapped = await house.as('hr').patch(path, { columns }, match);
    expect([mapped.status, mapped.body['status']]).toEqual([200, 'VALIDATING']);
    await house.drain();
    expect(await show(house.as('hr'), shown.id)).toMatchObject({ status: 'VALIDATED', counts: { valid: 3 } });
    const next = await uploaded(
      house,
      csv([['证件', '谁', '第几'], ...people(2, 110).map(([n, name, id]) => [id!, name!, n!])]),
    );
    expect(next.status).toBe('VALIDATED');
    expect(next['mapping']).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: 'name', how: 'REMEMBERED' })]),
    );
  });

  it('reads another sheet or header row when told so, and nothing of the first reading stays', async () => {
    const bytes = await workbook([
      { name: '甲', columns: textColumns(HEADER), rows: people(4, 200) },
      { name: '乙', columns: textColumns(HEADER), rows: people(2, 300) },
    ]);
    const shown = await uploaded(house, bytes, { name: '两页.xlsx' });
    expect(shown.status).toBe('NEEDS_MAPPING');
    expect(shown['sheets']).toEqual([expect.objectContaining({ name: '甲' }), expect.objectContaining({ name: '乙' })]);
    const change = async (body: object): Promise<Shown> => {
      const { version } = await show(house.as('hr'), shown.id);
      const answer = await house.as('hr').patch(`/imports/${shown.id}/mapping`, body, { 'if-match': `"${version}"` });
      expect(answer.status).toBe(200);
      await house.drain();
      return show(house.as('hr'), shown.id);
    };
    expect(await change({ sheet: '甲' })).toMatchObject({
      status: 'VALIDATED',
      sheet: '甲',
      counts: { total: 4, valid: 4 },
    });
    expect(await change({ sheet: '乙' })).toMatchObject({
      status: 'VALIDATED',
      sheet: '乙',
      counts: { total: 2, valid: 2 },
    });
    const unheaded = await change({ headerRow: 2 });
    expect(unheaded).toMatchObject({ status: 'NEEDS_MAPPING', headerRow: 2 });
    expect(await change({ headerRow: 1 })).toMatchObject({ status: 'VALIDATED', counts: { total: 2, valid: 2 } });
    const { version } = await show(house.as('hr'), shown.id);
    const match = { 'if-match': `"${version}"` };
    expect((await house.as('hr').patch(`/imports/${shown.id}/mapping`, { sheet: '丙' }, match)).status).toBe(400);
    expect((await house.as('hr').patch(`/imports/${shown.id}/mapping`, { encoding: 'gbk' }, match)).status).toBe(400);
  });

  it('takes words for words', async () => {
    const rows = people(2, 400).map((row) => [...row, '杰出']);
    const shown = await uploaded(house, csv([[...HEADER, '类别'], ...rows]));
    const answer = await house
      .as('hr')
      .patch(
        `/imports/${shown.id}/mapping`,
        { values: { category: { 杰出: 'GOOD' } } },
        { 'if-match': `"${shown.version}"` },
      );
    expect(answer.status).toBe(200);
    await house.drain();
    const { body } = await house
      .as('hr')
      .get<{ items: { normalised: Record<string, string> }[] }>(`/imports/${shown.id}/rows`);
    expect(body.items.map(({ normalised }) => normalised['category'])).toEqual(['GOOD', 'GOOD']);
  });
});

describe('correcting rows', () => {
  it('examines the row and those of its key at once; the uploaded row stays', async () => {
    const [a, b] = people(2, 500);
    const shown = await uploaded(house, csv([HEADER, a!, b!, [a![0]!, '重复', idOf(3), '5', '']]));
    expect(shown.counts).toMatchObject({ valid: 1, invalid: 2 });
    const path = `/imports/${shown.id}/rows`;
    expect((await house.as('hr').patch(`${path}/4`, { values: { nobody: 'x' } })).status).toBe(400);
    expect((await house.as('hr').patch(`${path}/99`, { values: { name: 'x' } })).status).toBe(404);
    expect((await house.as('hr').patch(`${path}/x`, { values: { name: 'x' } })).status).toBe(400);
    const fixed = await house.as('hr').patch(`${path}/4`, { values: { number: 'N999999' } });
    expect(fixed.status).toBe(200);
    expect(fixed.body).toMatchObject({
      state: 'VALID',
      corrected: ['number'],
      raw: { number: a![0] },
      normalised: { number: 'N999999' },
    });
    expect((await show(house.as('hr'), shown.id)).counts).toMatchObject({ valid: 3, invalid: 0 });
    await house.as('hr').patch(`${path}/4`, { values: { number: b![0]! } });
    expect((await show(house.as('hr'), shown.id)).counts).toMatchObject({ valid: 1, invalid: 2 });
    await house.as('hr').patch(`${path}/4`, { values: { number: null } });
    expect((await show(house.as('hr'), shown.id)).counts).toMatchObject({ valid: 1, invalid: 2 });
    await house.as('hr').patch(`${path}/4`, { values: { number: 'N999999' } });
    const done = await committed(house, shown.id);
    expect(done).toMatchObject({ status: 'COMPLETED', counts: { created: 3 } });
    expect((await house.as('hr').patch(`${path}/4`, { values: { number: 'N1' } })).status).toBe(409);
  });
});

describe('rows that are left out by choice', () => {
  it('leave the other one of two standing, count as ignored, are never written, and come back when told so', async () => {
    const [a, b] = people(2, 550);
    const shown = await uploaded(house, csv([HEADER, a!, b!, [a![0]!, a![1]!, a![2]!, '5', '']]));
    expect(shown.counts).toMatchObject({ valid: 1, invalid: 2, ignored: 0 });
    const row = (number: number, body: object) => house.as('hr').patch(`/imports/${shown.id}/rows/${number}`, body);
    const counts = async () => (await show(house.as('hr'), shown.id)).counts;
    expect((await row(4, { values: {} })).status).toBe(400);
    expect((await row(4, { values: {}, leftOut: 'yes' })).status).toBe(400);
    const out = await row(4, { values: {}, leftOut: true });
    expect(out.body).toMatchObject({
      state: 'IGNORED',
      leftOut: true,
      corrected: [],
      problems: [{ code: 'ROW_LEFT_OUT', level: 'NOTE' }],
    });
    expect(await counts()).toMatchObject({ valid: 2, invalid: 0, ignored: 1 });
    // What is typed into it does not bring it back; only saying so does.
    expect((await row(4, { values: { number: 'N999998' } })).body).toMatchObject({ state: 'IGNORED', leftOut: true });
    await row(4, { values: { number: null } });
    expect((await row(4, { values: {}, leftOut: false })).body).toMatchObject({ state: 'INVALID', leftOut: false });
    expect(await counts()).toMatchObject({ valid: 1, invalid: 2, ignored: 0 });
    await row(4, { values: {}, leftOut: true });
    const done = await committed(house, shown.id);
    expect(done).toMatchObject({ status: 'COMPLETED', counts: { created: 2, invalid: 0, ignored: 1 } });
    const said = await house.db.row<{ n: number }>(
      `SELECT COUNT(*) AS n FROM audit_entries WHERE target_id = ? AND verb = 'import.correct-row' AND after_json LIKE '%"leftOut":true%'`,
      [shown.id],
    );
    expect(Number(said?.n)).toBe(2);
  });
});

describe('commit, cancel, revert', () => {
  it('commits once, whoever asks how often', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(20, 600)]));
    const key = { 'idempotency-key': randomUUID() };
    const commit = (headers?: Record<string, string>) =>
      house.as('hr').post(`/imports/${shown.id}/commit`, { policy: 'VALID_ROWS_ONLY' }, headers);
    const first = await commit(key);
    const second = await commit(key);
    const third = await commit();
    expect([first.status, second.status, third.status]).toEqual([202, 202, 409]);
    expect(third.body).toMatchObject({ status: 409, state: 'COMMITTING' });
    await house.drain();
    expect((await commit()).status).toBe(409);
    expect(await show(house.as('hr'), shown.id)).toMatchObject({ status: 'COMPLETED', counts: { created: 20 } });
    expect(await house.db.row('SELECT MAX(written) AS most, COUNT(*) AS n FROM people_of_test')).toEqual({
      most: 1,
      n: 20,
    });
    expect((await house.as('hr').post(`/imports/${shown.id}/commit`, { policy: 'ALL' })).status).toBe(400);
  });

  it('ALL_OR_NOTHING: refused with errors, taken back when a row fails late, whole otherwise', async () => {
    const rows = people(1500, 700);
    const bad = await uploaded(house, csv([HEADER, ...rows.slice(0, 3), ['N1', '无此人', idOf(1), '', '']]));
    const refused = await house.as('hr').post(`/imports/${bad.id}/commit`, { policy: 'ALL_OR_NOTHING' });
    expect([refused.status, refused.body['code']]).toEqual([422, 'ROWS_INVALID']);
    const late = await uploaded(house, csv([HEADER, ...rows, ['N2', '张三', idOf(2), '', '拒绝']]));
    const failed = await committed(house, late.id, 'ALL_OR_NOTHING');
    expect(failed).toMatchObject({
      status: 'FAILED',
      problem: { code: 'ROWS_FAILED' },
      counts: { failed: 1, valid: 1500, created: 0 },
    });
    expect(await stored(house)).toBe(0);
    const whole = await committed(house, (await uploaded(house, csv([HEADER, ...rows]))).id, 'ALL_OR_NOTHING');
    expect(whole).toMatchObject({ status: 'COMPLETED', counts: { created: 1500 } });
    expect(await stored(house)).toBe(1500);
  });

  it('cancels before the commit at once, while committing at the next chunk, afterwards not', async () => {
    const early = await uploaded(house, csv([HEADER, ...people(5, 5000)]));
    expect((await house.as('hr').post(`/imports/${early.id}/cancel`)).body['status']).toBe('CANCELLED');
    expect((await house.as('hr').post(`/imports/${early.id}/cancel`)).status).toBe(409);
    expect((await house.as('hr').post(`/imports/${early.id}/commit`, { policy: 'VALID_ROWS_ONLY' })).status).toBe(409);
    expect((await house.as('hr').post(`/imports/${early.id}/revert`)).status).toBe(409);

    const late = await uploaded(house, csv([HEADER, ...people(2500, 6000)]));
    faults.calls = 0;
    faults.beforeApply = async (call) => {
      if (call === 2) await house.as('hr').post(`/imports/${late.id}/cancel`);
    };
    const stopped = await committed(house, late.id);
    expect(stopped).toMatchObject({ status: 'CANCELLED', counts: { created: 2000, valid: 500, total: 2500 } });
    expect(await stored(house)).toBe(2000);
    const undone = await house.as('hr').post(`/imports/${late.id}/revert`);
    expect([undone.status, undone.body]).toEqual([
      200,
      { dryRun: false, reverted: 2000, locked: [], lockedRows: 0, steps: [], status: 'REVERTED' },
    ]);
    expect(await stored(house)).toBe(0);
  });

  it('cancels a commit of all or nothing in the middle: nothing stays', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(2500, 9000)]));
    faults.calls = 0;
    faults.beforeApply = async (call) => {
      if (call !== 2) return;
      const began = Date.now();
      expect((await house.as('hr').post(`/imports/${shown.id}/cancel`)).status).toBe(200);
      expect(Date.now() - began).toBeLessThan(3000);
    };
    const stopped = await committed(house, shown.id, 'ALL_OR_NOTHING');
    expect(stopped).toMatchObject({ status: 'CANCELLED', counts: { created: 0, valid: 2500 } });
    expect(await stored(house)).toBe(0);
  });

  it('reverts after a trial, leaves what is in use, and says why', async () => {
    await committed(house, (await uploaded(house, csv([HEADER, ...people(2, 10_000)]))).id);
    const changes = people(4, 10_000).map(([number, , id]) => [number!, '新名', id!, '7', '']);
    const done = await committed(house, (await uploaded(house, csv([HEADER, ...changes]))).id);
    expect(done.counts).toMatchObject({ created: 2, updated: 2 });
    await house.uow.run(() =>
      house.db.execute('UPDATE people_of_test SET locked = 1 WHERE number = ?', [changes[3]![0]!]),
    );
    const trial = await house.as('hr').post(`/imports/${done.id}/revert?dryRun=true`);
    expect(trial.body).toMatchObject({
      dryRun: true,
      reverted: 3,
      lockedRows: 1,
      locked: [{ rowNumber: 5, problems: [{ code: 'IN_USE' }] }],
    });
    expect((await show(house.as('hr'), done.id)).status).toBe('COMPLETED');
    expect(await stored(house)).toBe(4);
    expect((await house.as('hr').post(`/imports/${done.id}/revert?dryRun=perhaps`)).status).toBe(400);
    expect((await house.as('hr').post(`/imports/${done.id}/revert`)).status).toBe(200);
    const after = await show(house.as('hr'), done.id);
    expect(after).toMatchObject({ status: 'REVERTED', counts: { reverted: 3, created: 1 } });
    expect(sumOf(after.counts)).toBe(4);
    expect(await house.db.rows('SELECT name FROM people_of_test ORDER BY number')).toEqual([
      { name: people(1, 10_000)[0]![1] },
      { name: people(1, 10_001)[0]![1] },
      { name: '新名' },
    ]);
    expect((await house.as('hr').post(`/imports/${done.id}/revert`)).status).toBe(409);
  });

  it('stops when the room closes in the meantime', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(3, 11_000)]));
    const { Problem } = await import('../../../src/kernel/problem.js');
    faults.beforeApply = async () => {
      throw new Problem('conflict', 'LIST_CLOSED', 'The list was closed.');
    };
    expect(await committed(house, shown.id)).toMatchObject({ status: 'FAILED', problem: { code: 'LIST_CLOSED' } });
    expect(await stored(house)).toBe(0);
  });
});

describe('who sees what', () => {
  it('is 404 outside the scope, for every route', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(2, 12_000)]));
    const stranger = house.as('hr-2');
    expect((await stranger.get(`/imports/${shown.id}`)).status).toBe(404);
    expect((await stranger.get(`/imports/${shown.id}/rows`)).status).toBe(404);
    expect((await stranger.get(`/imports/${shown.id}/error-workbook`)).status).toBe(404);
    expect((await stranger.get(`/imports/${shown.id}/events`)).status).toBe(404);
    expect((await stranger.patch(`/imports/${shown.id}/rows/2`, { values: { name: '某' } })).status).toBe(404);
    expect((await stranger.patch(`/imports/${shown.id}/mapping`, {}, { 'if-match': '"1"' })).status).toBe(404);
    for (const verb of ['cancel', 'revert'])
      expect((await stranger.post(`/imports/${shown.id}/${verb}`)).status).toBe(404);
    expect((await stranger.post(`/imports/${shown.id}/commit`, { policy: 'VALID_ROWS_ONLY' })).status).toBe(404);
    expect((await house.as('exam-officer').get(`/imports/${shown.id}`)).status).toBe(404);
    expect((await house.as('reviewer').get(`/imports/${shown.id}`)).status).toBe(403);
    const own = await upload(house.as('hr-1'), csv([HEADER, ...people(1, 12_100)]));
    await house.drain();
    expect((await house.as('hr').get(`/imports/${own.body.id}`)).status).toBe(200);
    const list = await house.as('hr-2').get<{ items: unknown[] }>('/imports');
    expect(list.body.items).toEqual([]);
    const mine = await house
      .as('hr-1')
      .get<{ items: { id: string }[] }>('/imports?kind=OFFICER_ROSTER&status=VALIDATED&limit=1');
    expect(mine.body.items.map(({ id }) => id)).toEqual([own.body.id]);
    const inPhase = async (phase: string): Promise<readonly string[]> =>
      (await house.as('hr-1').get<{ items: { id: string }[] }>(`/imports?limit=200&phase=${phase}`)).body.items.map(
        ({ id }) => id,
      );
    expect(await inPhase('WAITING')).toContain(own.body.id);
    expect(await inPhase('RUNNING')).not.toContain(own.body.id);
    expect((await house.as('hr-1').get('/imports?status=NONE')).status).toBe(400);
    expect((await house.as('hr-1').get('/imports?other=1')).status).toBe(400);
  });

  it('pages rows by state and cause', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(7, 13_000), ['N1', '无此人', idOf(1), '', '']]));
    type Page = { items: { rowNumber: number }[]; nextCursor: string | null };
    const path = `/imports/${shown.id}/rows`;
    const first = await house.as('hr').get<Page>(`${path}?state=VALID&limit=5`);
    const second = await house.as('hr').get<Page>(`${path}?state=VALID&limit=5&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map(({ rowNumber }) => rowNumber)).toEqual([
      2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(second.body.nextCursor).toBeNull();
    const cause = await house.as('hr').get<Page>(`${path}?cause=OFFICER_UNKNOWN`);
    expect(cause.body.items.map(({ rowNumber }) => rowNumber)).toEqual([9]);
    expect((await house.as('hr').get(`${path}?state=NONE`)).status).toBe(400);
    expect((await house.as('hr').get(`${path}?cursor=eHh4`)).status).toBe(400);
  });
});

async function count(from: House, table: string): Promise<number> {
  return Number((await from.db.row<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))!.n);
}

function extra(data: FormData, name: string, value: string): FormData {
  data.append(name, value);
  return data;
}
function without(data: FormData, name: string): FormData {
  data.delete(name);
  return data;
}
function twoFiles(): FormData {
  const data = form(csv([HEADER, ...people(1)]));
  data.append('file', new Blob(['x']), 'b.csv');
  return data;
}
function otherName(): FormData {
  const data = without(form('x'), 'file');
  data.append('document', new Blob(['x']), 'b.csv');
  return data;
}
function onlyFile(text: string): FormData {
  const data = new FormData();
  data.append('file', new Blob([text]), 'people.csv');
  return data;
}

/** Sends bytes as they are and gives what came back before the connection ended. */
function raw(port: number, token: string, boundary: string, length: number, body: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n` +
          `Content-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${length}\r\n\r\n`,
      );
      socket.write(body, () => {
        if (body.length < length) setTimeout(() => socket.destroy(), 50);
      });
    });
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', () => resolve(answer));
  });
}
