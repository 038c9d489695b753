import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import { sampleSpreadsheet, type SpreadsheetSample } from '../../../src/infrastructure/files/index.js';
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
  sumOf,
  upload,
  uploaded,
} from './support.js';

let house: House;
let folder: string;
beforeAll(async () => {
  house = await openImports();
  folder = mkdtempSync(join(tmpdir(), 'chizheng-workbooks-'));
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await house?.close();
});
beforeEach(async () => {
  faults.beforeApply = null;
  faults.calls = 0;
  await house.uow.run(() => house.db.execute('DELETE FROM people_of_test'));
});

async function download(path: string): Promise<{ bytes: Buffer; headers: Headers; status: number }> {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${house.as('hr').token}` },
  });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function sample(bytes: Buffer): Promise<SpreadsheetSample> {
  const path = join(folder, 'look.xlsx');
  writeFileSync(path, bytes);
  return sampleSpreadsheet(path, { fileName: 'look.xlsx' });
}

async function edited(bytes: Buffer, change: (sheet: exceljs.Worksheet) => void): Promise<Buffer> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  change(book.worksheets[0]!);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('templates', () => {
  it('give three sheets, text columns, drop-downs, and rows where the kind knows them', async () => {
    const empty = await download('/import-templates/OFFICER_ROSTER.xlsx');
    expect(empty.status).toBe(200);
    expect(empty.headers.get('content-type')).toContain('spreadsheetml');
    expect(empty.headers.get('content-disposition')).toContain("filename*=UTF-8''");
    const { sheets } = await sample(empty.bytes);
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['填写页', false],
      ['填写说明', false],
      ['字典', false],
      ['_chizheng', true],
    ]);
    expect(sheets[0]!.rows).toHaveLength(1);
    const filled = await sample((await download('/import-templates/OFFICER_ROSTER.xlsx?list=a')).bytes);
    expect(filled.sheets[0]!.rows[1]!.cells.map(({ text }) => text)).toEqual(['000001', '预填', idOf(1), '好的', 'a']);
    const book = new exceljs.Workbook();
    await book.xlsx.load(empty.bytes as unknown as ArrayBuffer);
    expect(book.worksheets[0]!.getColumn(3).numFmt).toBe('@');
    expect(book.worksheets[0]!.getCell('E2').dataValidation.formulae).toEqual(['"好的,一般"']);
    expect((await download('/import-templates/OFFICER_ROSTER.xlsx?other=a')).status).toBe(400);
    expect((await download('/import-templates/OFFICER_ROSTER.xlsx?list=unknown')).status).toBe(404);
    expect((await download('/import-templates/NO_SUCH.xlsx')).status).toBe(404);
    expect((await house.as('exam-officer').get('/import-templates/OFFICER_ROSTER.xlsx')).status).toBe(403);
  });

  it('come back filled in and are taken without asking', async () => {
    const { bytes } = await download('/import-templates/OFFICER_ROSTER.xlsx?list=a');
    const shown = await uploaded(house, bytes, { name: '模板.xlsx' });
    expect(shown).toMatchObject({ status: 'VALIDATED', round: 1, counts: { total: 1, valid: 1 } });
  });
});

describe('cells that went through a number', () => {
  it('are refused, never repaired', async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('表');
    sheet.addRow(HEADER);
    sheet.addRow(['N1', '张三', Number(idOf(1)), 60]);
    sheet.addRow([12, '李四', idOf(2), 61.5]);
    sheet.addRow(['N3', '王五', idOf(3), { formula: '50+12', result: 62 }]);
    sheet.addRow(['N4', { formula: '"赵"&"六"', result: '赵六' }, idOf(4), '缺考']);
    sheet.addRow(['N5', '钱七', '1.10101E+17', { error: '#N/A' }]);
    sheet.addRow(['N6', '孙八', `\u3000${idOf(6).toLowerCase()} `, '８５分']).hidden = true;
    const shown = await uploaded(house, Buffer.from(await book.xlsx.writeBuffer()), {
      name: 'a.xlsx',
    });
    const { body } = await house
      .as('hr')
      .get<{ items: { rowNumber: number; state: string; problems: { column: string; code: string }[] }[] }>(
        `/imports/${shown.id}/rows`,
      );
    expect(
      body.items.map(({ rowNumber, state, problems }) => [rowNumber, state, problems.map(({ code }) => code)]),
    ).toEqual([
      [2, 'INVALID', ['ID_STORED_AS_NUMBER']],
      [3, 'INVALID', ['ID_STORED_AS_NUMBER']],
      [4, 'VALID', ['NORMALISED']],
      [5, 'INVALID', ['CELL_ERROR']],
      [6, 'INVALID', ['ID_STORED_AS_NUMBER', 'CELL_ERROR']],
      [7, 'WARNING', ['NORMALISED', 'NORMALISED', 'ROW_HIDDEN']],
    ]);
  });
});

describe('the error workbook', () => {
  it('holds the rows that were not imported, and opens the next round when it comes back', async () => {
    const rows = people(6, 1);
    rows[1]![2] = `${rows[1]![2]!.slice(0, 17)}${rows[1]![2]!.endsWith('1') ? '2' : '1'}`;
    rows[3]![1] = '无此人';
    rows[4]![4] = '=cmd()';
    rows[4]![1] = '';
    const done = await committed(house, (await uploaded(house, csv([HEADER, ...rows]))).id);
    expect(done).toMatchObject({ status: 'PARTIALLY_COMPLETED', counts: { created: 3, invalid: 3 } });
    const answer = await download(`/imports/${done.id}/error-workbook`);
    expect(answer.status).toBe(200);
    const { sheets } = await sample(answer.bytes);
    const [header, ...bad] = sheets[0]!.rows.map(({ cells }) => cells.map(({ text }) => text));
    expect(header!.slice(-2)).toEqual(['原行号', '失败原因']);
    expect(bad).toHaveLength(3);
    expect(bad[0]).toEqual(expect.arrayContaining([rows[1]![2], '3']));
    expect(bad[2]).toEqual(expect.arrayContaining(['=cmd()', '6']));
    const book = new exceljs.Workbook();
    await book.xlsx.load(answer.bytes as unknown as ArrayBuffer);
    expect(book.worksheets[0]!.getCell('C2').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(JSON.stringify(book.worksheets[0]!.getCell('C2').note)).toContain('末位');
    const audited = await house.db.row(
      "SELECT COUNT(*) AS n FROM audit_entries WHERE verb = 'import.download-errors' AND target_id = ?",
      [done.id],
    );
    expect(audited).toEqual({ n: 1 });

    const fixed = await edited(answer.bytes, (sheet) => {
      sheet.getCell('C2').value = idOf(2);
      sheet.getCell('B4').value = '补上了';
      sheet.addRow(['N000001', '张三', idOf(1), '', '', '', '', '', '2', '']);
      sheet.addRow(['N777', '新人', idOf(7), '', '', '', '', '', '', '']);
    });
    const next = await upload(house.as('hr'), fixed, { name: '错误清单.xlsx' });
    expect([next.status, next.body.id, next.body.round]).toEqual([202, done.id, 2]);
    await house.drain();
    const second = await show(house.as('hr'), done.id);
    expect(second).toMatchObject({
      status: 'VALIDATED',
      round: 2,
      counts: { total: 6, created: 3, valid: 2, invalid: 1 },
    });
    expect(second['notes']).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'ROUND_ROWS_UNUSED', rows: 2 })]),
    );
    expect(second['rounds']).toHaveLength(2);
    const end = await committed(house, done.id);
    expect(end).toMatchObject({ status: 'PARTIALLY_COMPLETED', counts: { created: 5, invalid: 1 } });
    expect(sumOf(end.counts)).toBe(6);
    expect(await stored(house)).toBe(5);
    expect(await house.db.row('SELECT MAX(written) AS most FROM people_of_test')).toEqual({ most: 1 });

    const third = await edited((await download(`/imports/${done.id}/error-workbook`)).bytes, (sheet) => {
      sheet.getCell('B2').value = '有此人';
      sheet.getCell('C2').value = Number(idOf(4));
    });
    await upload(house.as('hr'), third, { name: 'b.xlsx' });
    await house.drain();
    const { body } = await house
      .as('hr')
      .get<{ items: { problems: { code: string }[] }[] }>(`/imports/${done.id}/rows?state=INVALID`);
    expect(body.items[0]!.problems.map(({ code }) => code)).toContain('ID_STORED_AS_NUMBER');
    await house.as('hr').patch(`/imports/${done.id}/rows/5`, { values: { idNumber: idOf(4) } });
    expect(await committed(house, done.id)).toMatchObject({ status: 'COMPLETED', round: 3, counts: { created: 6 } });
    const undone = await house.as('hr').post(`/imports/${done.id}/revert`);
    expect(undone.body).toMatchObject({ reverted: 6 });
    expect(await stored(house)).toBe(0);
  });

  it('of somebody else, or of an import that is over, is a file like any other', async () => {
    const bad = [['N1', '无此人', idOf(1), '', '']];
    const shown = await uploaded(house, csv([HEADER, ...bad]));
    const { bytes } = await download(`/imports/${shown.id}/error-workbook`);
    const stranger = await upload(house.as('hr-2'), bytes, { name: 'c.xlsx' });
    expect(stranger.status).toBe(202);
    expect(stranger.body.id).not.toBe(shown.id);
    await house.as('hr').post(`/imports/${shown.id}/cancel`);
    const again = await upload(house.as('hr'), bytes, { name: 'c.xlsx' });
    expect(again.body.id).not.toBe(shown.id);
    await house.drain();
    expect((await house.as('hr').post(`/imports/${again.body.id}/commit`, { policy: 'VALID_ROWS_ONLY' })).status).toBe(
      202,
    );
    expect(
      (
        await upload(house.as('hr'), (await download(`/imports/${again.body.id}/error-workbook`)).bytes, {
          name: 'c.xlsx',
        })
      ).status,
    ).toBe(409);
    await house.drain();
    expect((await house.as('hr').get(`/imports/${again.body.id}`)).body['status']).toBe('PARTIALLY_COMPLETED');
  });

  it('that can not be read leaves the rows as they were', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(2, 900), ['N1', '无此人', idOf(1), '', '']]));
    const { bytes } = await download(`/imports/${shown.id}/error-workbook`);
    const broken = await edited(bytes, (sheet) => {
      sheet.getRow(1).values = ['不', '是', '表', '头'];
    });
    await upload(house.as('hr'), broken, { name: 'd.xlsx' });
    await house.drain();
    const after = await show(house.as('hr'), shown.id);
    expect(after).toMatchObject({ status: 'VALIDATED', round: 2, counts: { total: 3, valid: 2, invalid: 1 } });
    expect(after['notes']).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'ROUND_REFUSED' })]));
  });
});

describe('events', () => {
  it('stream the import to its end, with ids to go on from', async () => {
    const shown = await uploaded(house, csv([HEADER, ...people(1500, 2000)]));
    const open = (headers: Record<string, string> = {}) =>
      fetch(`${house.url}/api/v1/imports/${shown.id}/events`, {
        headers: { authorization: `Bearer ${house.as('hr').token}`, ...headers },
        signal: AbortSignal.timeout(20_000),
      });
    const response = await open();
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    await house.as('hr').post(`/imports/${shown.id}/commit`, { policy: 'VALID_ROWS_ONLY' });
    const reading = response.text();
    await house.drain();
    const text = await reading;
    expect(text).toContain('retry: ');
    const ids = [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    const last = JSON.parse([...text.matchAll(/^data: (.+)$/gm)].at(-1)![1]!) as Record<string, unknown>;
    expect(last).toMatchObject({ id: shown.id, status: 'COMPLETED', progress: { percent: 100 } });
    expect(await (await open({ 'last-event-id': ids.at(-1)! })).text()).not.toContain('data:');
    expect(await (await open({ 'last-event-id': ids[0]! })).text()).toContain('COMPLETED');
  }, 30_000);
});
