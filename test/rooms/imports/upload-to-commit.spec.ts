import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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
  textColumns,
  upload,
  uploaded,
  workbook,
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

describe('from the file to the room', () => {
  it('takes a CSV from upload to COMPLETED, each row once', async () => {
    const answer = await upload(house.as('hr'), csv([HEADER, ...people(2500)]));
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/v1/imports/${answer.body.id}`);
    expect(answer.body.status).toBe('RECEIVED');
    await house.drain();
    const validated = await show(house.as('hr'), answer.body.id);
    expect(validated.status).toBe('VALIDATED');
    expect(validated.counts).toMatchObject({ total: 2500, valid: 2500, invalid: 0 });
    const done = await committed(house, answer.body.id);
    expect(done.status).toBe('COMPLETED');
    expect(done.counts).toMatchObject({ total: 2500, valid: 0, created: 2500 });
    expect(await stored(house)).toBe(2500);
    expect(await house.db.row('SELECT MAX(written) AS most FROM people_of_test')).toEqual({ most: 1 });
  });

  it('accounts for every line of a workbook with titles, totals, signatures, duplicates and errors', async () => {
    const [a, b, c, d] = people(4);
    const bytes = await workbook([
      {
        name: '名单',
        columns: textColumns(['某某局2026年名单']),
        rows: [
          HEADER,
          a!,
          b!,
          b!,
          [c![0]!, '无此人', c![2]!, '85', ''],
          [d![0]!, d![1]!, `${d![2]!.slice(0, 17)}${d![2]!.endsWith('1') ? '2' : '1'}`, '101', ''],
          ['N9', '王五', idOf(9), '八十五', '一二三四五六七八九十一二三四五六七八九十多了'],
          ['N10', '', idOf(10), '60', '提醒'],
          ['N11', '赵六', idOf(11), '60', '提醒'],
          ['合计', '', '', '9', ''],
          ['制表人：某某', '', '', '', ''],
        ],
      },
    ]);
    const shown = await uploaded(house, bytes, { name: '名单.xlsx' });
    expect(shown.status).toBe('VALIDATED');
    expect(shown.counts).toMatchObject({ total: 11, valid: 1, warning: 1, invalid: 6, ignored: 3 });
    expect(sumOf(shown.counts)).toBe(11);
    const { body } = await house.as('hr').get<{ items: RowShown[] }>(`/imports/${shown.id}/rows`);
    const codes = Object.fromEntries(
      body.items.map(({ rowNumber, problems }) => [rowNumber, problems.map(({ code }) => code)]),
    );
    expect(codes).toMatchObject({
      1: ['ROW_TITLE'],
      3: [],
      4: ['DUPLICATE_IN_FILE'],
      5: ['DUPLICATE_IN_FILE'],
      6: ['OFFICER_UNKNOWN'],
      7: ['ID_CHECK_DIGIT', 'SCORE_OUT_OF_RANGE'],
      8: ['SCORE_MALFORMED', 'TEXT_TOO_LONG'],
      9: expect.arrayContaining(['REQUIRED_MISSING', 'ALREADY_RECORDED']),
      10: ['ALREADY_RECORDED'],
      11: ['ROW_TOTALS'],
      12: ['ROW_SIGNATURE'],
    });
    expect(body.items.find(({ rowNumber }) => rowNumber === 4)!.problems[0]!.detail).toContain('5');
    const done = await committed(house, shown.id);
    expect(done.status).toBe('PARTIALLY_COMPLETED');
    expect(done.counts).toMatchObject({ created: 2, invalid: 6, ignored: 3 });
    expect(sumOf(done.counts)).toBe(11);
    expect(await stored(house)).toBe(2);
  });

  it('reads GB18030 and maps headings by other names', async () => {
    const text = csv([
      ['名字', '号 码', '公民身份号码'],
      ['李四', 'N1', idOf(5)],
    ]);
    const { default: iconv } = await import('iconv-lite');
    const shown = await uploaded(house, iconv.encode(text, 'gb18030'));
    expect(shown.status).toBe('VALIDATED');
    expect(shown['encoding']).toBe('gb18030');
    expect(shown['mapping']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'name', heading: '名字', how: 'ALIAS' }),
        expect.objectContaining({ field: 'number', heading: '号 码', how: 'NORMALISED' }),
      ]),
    );
    const { body } = await house.as('hr').get<{ items: RowShown[] }>(`/imports/${shown.id}/rows`);
    expect(body.items[0]!.normalised['name']).toBe('李四');
  });

  it('never shows an ID number or a phone number in full', async () => {
    const id = idOf(77);
    const shown = await uploaded(
      house,
      csv([
        [...HEADER, '联系电话', '没有用的列'],
        ['N1', '李四', id, '', `证号 ${id}`, '13812345678', id],
        ['N2', '李四', `${id}9`, '', '', '', ''],
      ]),
    );
    const { body } = await house.as('hr').get<{ items: RowShown[] }>(`/imports/${shown.id}/rows`);
    const text = JSON.stringify([body, shown]);
    expect(text).not.toContain(id);
    expect(text).not.toContain('13812345678');
    expect(body.items[0]!.raw['idNumber']).toBe(`${id.slice(0, 3)}***********${id.slice(-4)}`);
    for (const table of ['import_blocks', 'import_results', 'imports', 'outbox', 'audit_entries', 'idempotency_keys']) {
      expect(JSON.stringify(await house.db.rows(`SELECT * FROM ${table}`))).not.toContain(id);
    }
  });
});

interface RowShown {
  readonly rowNumber: number;
  readonly state: string;
  readonly raw: Record<string, string>;
  readonly normalised: Record<string, string>;
  readonly problems: readonly { code: string; detail: string; column: string | null }[];
}
