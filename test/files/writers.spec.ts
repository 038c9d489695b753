import { afterAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import * as yauzl from 'yauzl';
import iconv from 'iconv-lite';
import {
  FileRefused,
  neutralise,
  readSpreadsheet,
  restore,
  sampleSpreadsheet,
  writeCsv,
  writeWorkbook,
  type XlsxSheet,
} from '../../src/infrastructure/files/index.js';
import { outcomeOf, rowsOf } from './support/outcome.js';
import { TempFiles } from './support/temp-files.js';

const files = new TempFiles();
afterAll(() => files.remove());

async function partsOf(path: string): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  const zip = await yauzl.openPromise(path);
  for await (const entry of zip.eachEntry()) {
    parts.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8'));
  }
  return parts;
}
async function written(sheets: readonly XlsxSheet[], more: object = {}): Promise<string> {
  const path = files.path('a.xlsx');
  await writeWorkbook(path, { sheets, ...more });
  return path;
}
const sheet = (rows: XlsxSheet['rows'], more: Partial<XlsxSheet> = {}): XlsxSheet => ({
  name: '表',
  columns: [{ header: '值' }],
  rows,
  ...more,
});

/** Beginnings that some spreadsheet program takes for a formula, behind whatever it skips. */
const STARTS = [
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  '\0',
  '＝',
  '＋',
  '－',
  '＠',
  '−',
  '\t=',
  ' =',
  '　=',
  '\u200b=',
  '\ufeff=',
  '\r\n=',
  ' \t-',
];
const RESTS = [
  '1+1',
  `cmd|'/C calc'!A0`,
  'HYPERLINK("http://127.0.0.1","x")',
  '"quoted"',
  'a,b;c\td',
  '张三',
  '_x000D_',
  "'",
  '',
  'x'.repeat(300),
];
const QUOTES = ['', "'", "''", '"', '\'"'];
const ATTACKS = STARTS.flatMap((start) => RESTS.flatMap((rest) => QUOTES.map((quote) => `${quote}${start}${rest}`)));
const HARMLESS = [
  '张三',
  'a=b',
  "'abc",
  "it's",
  "'",
  "''",
  '1',
  '',
  '_x000D_',
  'a_x005F_b',
  ' a ',
  'a\nb',
  'a\r\nb\rc',
  '\u007f',
  '\u0001x',
  '𠮷',
  '\ud842',
  '<&>"',
  ']]>',
  '110101199003070011',
];

describe('formula injection', () => {
  test('what is made safe is restored exactly, what is harmless stays', () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(500);
    for (const text of [...ATTACKS, ...HARMLESS]) expect(restore(neutralise(text))).toBe(text);
    for (const text of HARMLESS) expect(neutralise(text)).toBe(text);
    for (const start of STARTS) expect(neutralise(`${start}1`)).toBe(`'${start}1`);
  });

  test.each(['xlsx', 'csv'])('%s: no value begins like a formula, and every one is read back', async (kind) => {
    const values = [...ATTACKS, ...HARMLESS].filter((text) => text.trim() !== '');
    const path = files.path(`a.${kind}`);
    const rows = values.map((text) => [text, 'end']);
    if (kind === 'xlsx')
      await writeWorkbook(path, { sheets: [{ name: '表', columns: [{ header: '值' }, { header: '尾' }], rows }] });
    else await writeCsv(path, { header: ['值', '尾'], rows });

    const read = await rowsOf(path, `a.${kind}`, { separator: ',' });
    // Half a character cannot be written at all, NUL not in a text file.
    const whole = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');
    const expected = values.map((text) => (kind === 'csv' ? whole(text).replaceAll('\0', '\ufffd') : whole(text)));
    expect(read.slice(1).map(({ cells }) => cells[0]!.text)).toEqual(expected);
    for (const { cells } of read) {
      expect(cells[0]!.kind).toBe('TEXT');
      expect(cells[0]!.formula).toBe(false);
      expect(cells[0]!.raw).not.toMatch(/^\s*[=+\-@＝＋－＠−\t\r\0]/);
    }
  });

  test('a guarded cell has the text format, so that editing it keeps it text', async () => {
    const parts = await partsOf(await written([sheet([['=1+1'], ['plain']])]));
    const xml = parts.get('xl/worksheets/sheet1.xml')!;
    const style = /<c r="A2" s="(\d+)" t="str"><v>&apos;=1\+1<\/v>/.exec(xml)?.[1];
    const formats = [
      ...parts
        .get('xl/styles.xml')!
        .replace(/^.*<cellXfs/s, '')
        .matchAll(/<xf numFmtId="(\d+)"/g),
    ];
    expect(formats[Number(style)]?.[1]).toBe('49');
    expect(xml).not.toContain('<f>');
  });

  test('numbers stay numbers', async () => {
    const rows = await rowsOf(await written([sheet([[-5], [1.5], [true], [null], ['-5']])]), 'a.xlsx');
    expect(rows.map(({ rowNumber, cells: [cell] }) => [rowNumber, cell!.kind, cell!.text, cell!.raw])).toEqual([
      [1, 'TEXT', '值', '值'],
      [2, 'NUMBER', '-5', '-5'],
      [3, 'NUMBER', '1.5', '1.5'],
      [4, 'BOOLEAN', 'TRUE', '1'],
      [6, 'TEXT', '-5', `'-5`],
    ]);
    const path = files.path('a.csv');
    await writeCsv(path, { header: ['值'], rows: [[-5], ['-5'], [true], [null]] });
    expect((await readFile(path, 'utf8')).split('\r\n')).toEqual(['\ufeff值', '-5', `'-5`, 'TRUE', '', '']);
  });
});

describe('workbooks', () => {
  test('sheets, hidden ones, frozen header, widths, text columns, drop-downs, notes and fills', async () => {
    const many = Array.from({ length: 100 }, (_, n) => `选项${n}`);
    const path = await written([
      sheet([[{ value: '张三', fill: 'error', note: '姓名不符' }, { value: null, fill: 'warning' }, 'x']], {
        name: '填写页',
        freezeHeader: true,
        columns: [
          { header: '姓名', width: 20, text: true, note: '与身份证一致' },
          { header: '性别', options: ['男', '女'] },
          { header: '单位', options: many },
          { header: '版本', hidden: true },
        ],
      }),
      sheet([], { name: '版本', hidden: true }),
    ]);
    const sample = await sampleSpreadsheet(path, { fileName: 'a.xlsx', childModule: null });
    expect(sample.sheets.map(({ name, hidden, hiddenColumns }) => [name, hidden, hiddenColumns])).toEqual([
      ['填写页', false, [4]],
      ['版本', true, []],
      ['_options', true, []],
    ]);
    const parts = await partsOf(path);
    const xml = parts.get('xl/worksheets/sheet1.xml')!;
    expect(xml).toContain('state="frozen"');
    expect(xml).toMatch(
      /<dataValidation type="list"[^>]*sqref="B2:B200001"[^>]*><formula1>&quot;男,女&quot;<\/formula1>/,
    );
    expect(xml).toMatch(/sqref="C2:C200001"[^>]*><formula1>&apos;_options&apos;!\$A\$2:\$A\$101<\/formula1>/);
    expect(xml).toMatch(/<col min="1" max="1" width="20"[^>]*style="\d+"/);
    expect(parts.get('xl/comments1.xml')).toContain('姓名不符');
    expect(parts.get('xl/comments1.xml')).toContain('与身份证一致');
    expect(parts.get('xl/styles.xml')).toContain('FFFFC7CE');
    expect(parts.get('xl/styles.xml')).toContain('FFFFEB9C');
  });

  test('options that hold commas or quotes go to a sheet of their own', async () => {
    const parts = await partsOf(
      await written([
        sheet([], {
          columns: [
            { header: 'a', options: ['甲,乙', '丙'] },
            { header: 'b', options: ['"丁"'] },
          ],
        }),
      ]),
    );
    expect(parts.get('xl/worksheets/sheet1.xml')).toMatch(/\$A\$2:\$A\$3.*\$B\$2:\$B\$2/s);
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain('甲,乙');
  });

  test('notes beyond the limit are left out and counted', async () => {
    const path = files.path('a.xlsx');
    const rows = Array.from({ length: 10 }, (_, n) => [{ value: n, note: `note ${n}` }]);
    expect(await writeWorkbook(path, { sheets: [sheet(rows)], maxNotes: 4 })).toEqual([
      { name: '表', rows: 10, notesLeftOut: 6 },
    ]);
    expect((await partsOf(path)).get('xl/comments1.xml')!.match(/<comment /g)).toHaveLength(4);
  });

  test('names that Excel forbids are mended, equal names are a mistake of ours', async () => {
    const path = await written([sheet([], { name: 'a/b:c*[d]?\\' + 'x'.repeat(40) })]);
    const sample = await sampleSpreadsheet(path, { fileName: 'a.xlsx', childModule: null });
    expect(sample.sheets[0]!.name).toBe(`a_b_c__d___${'x'.repeat(20)}`);
    await expect(written([sheet([]), sheet([])])).rejects.toThrow('same name');
  });

  test('rows that come one after another, to a stream', async () => {
    async function* rows(): AsyncGenerator<string[]> {
      for (let n = 0; n < 3; n += 1) yield await Promise.resolve([`r${n}`]);
    }
    const stream = new PassThrough();
    const content = buffer(stream);
    await writeWorkbook(stream, { sheets: [sheet(rows())] });
    const path = await files.write('a.xlsx', await content);
    expect(await outcomeOf(path, 'a.xlsx')).toEqual({
      rows: [
        [1, '值'],
        [2, 'r0'],
        [3, 'r1'],
        [4, 'r2'],
      ],
    });
  });

  test('a target that fails ends the writing, at the end or in the middle', async () => {
    const failing = (after: number): Writable => {
      let bytes = 0;
      return new Writable({
        write: (chunk: Buffer, _, done) => done((bytes += chunk.length) > after ? new Error('disk full') : null),
      });
    };
    let made = 0;
    function* rows(): Generator<string[]> {
      for (let n = 0; n < 200_000; n += 1, made += 1) yield [`row ${n} ${Math.sin(n)}`];
    }
    await expect(writeWorkbook(failing(0), { sheets: [sheet([])] })).rejects.toThrow('disk full');
    await expect(writeWorkbook(failing(50_000), { sheets: [sheet(rows())] })).rejects.toThrow('disk full');
    await expect(writeWorkbook('/nowhere/a.xlsx', { sheets: [sheet(rows())] })).rejects.toThrow('ENOENT');
    expect(made).toBeLessThan(50_000);
  });

  test('a target that nobody reads holds the rows back', async () => {
    let made = 0;
    function* rows(): Generator<string[]> {
      for (; made < 1_000_000; made += 1) yield [`row ${made} ${Math.sin(made)}`];
    }
    const target = new PassThrough();
    const writing = writeWorkbook(target, { sheets: [sheet(rows())] });
    writing.catch(() => undefined);
    let before = -1;
    for (; before !== made; await pause(300)) before = made;
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(400_000);
    target.destroy(new Error('gone'));
    await expect(writing).rejects.toThrow('gone');
  }, 30_000);

  test('rows that fail end the writing with their error', async () => {
    function* rows(): Generator<string[]> {
      yield ['a'];
      throw new Error('query failed');
    }
    await expect(writeWorkbook(new PassThrough().resume(), { sheets: [sheet(rows())] })).rejects.toThrow(
      'query failed',
    );
  });
});

describe('CSV', () => {
  test.each(['utf-8', 'gbk', 'gb18030'] as const)('%s comes back', async (encoding) => {
    const path = files.path('a.csv');
    const rows = [
      ['张三', 'a,b', 'say "hi"\nagain'],
      ['买买提·艾力', '', '85'],
    ];
    expect(await writeCsv(path, { header: ['姓名', '单位', '成绩'], rows, encoding })).toEqual({ rows: 2 });
    expect(await outcomeOf(path, 'a.csv')).toEqual({
      rows: [
        [1, '姓名', '单位', '成绩'],
        [2, ...rows[0]!],
        [3, ...rows[1]!],
      ],
    });
    const bytes = await readFile(path);
    expect(iconv.decode(bytes, encoding)).toContain('买买提·艾力');
    expect(bytes.subarray(0, 3).equals(Buffer.from('\ufeff'))).toBe(encoding === 'utf-8');
  });

  test('many rows, to a stream', async () => {
    const stream = new PassThrough();
    const content = buffer(stream);
    await writeCsv(stream, { header: ['n'], rows: Array.from({ length: 1234 }, (_, n) => [n]) });
    expect((await content).toString().split('\r\n')).toHaveLength(1236);
  });
});

test('a refusal is told in Chinese and English, with a cure, for every code', async () => {
  const { FILE_REFUSAL_TEXTS } = await import('../../src/infrastructure/files/file-refusal-texts.js');
  for (const code of Object.keys(FILE_REFUSAL_TEXTS) as (keyof typeof FILE_REFUSAL_TEXTS)[]) {
    const { detail } = new FileRefused(code, { sheet: 2, cell: 'B12', row: 12 }, 7);
    expect(detail.zh).toMatch(/请/);
    expect(detail.en).toMatch(/[Pp]lease/);
    expect(detail.zh + detail.en).not.toMatch(/[{}]/);
  }
  expect(new FileRefused('CELL_TOO_LONG', { sheet: 2, cell: 'B12' }, 32_767).detail.zh).toBe(
    '第 2 个工作表单元格 B12的内容超过 32767 个字符。请缩短后重新上传。',
  );
  expect(readSpreadsheet).toBeInstanceOf(Function);
});
