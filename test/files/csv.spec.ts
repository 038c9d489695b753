import { afterAll, describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { sniffSeparator } from '../../src/infrastructure/files/csv-reader.js';
import { readSpreadsheet, type ReaderEvent } from '../../src/infrastructure/files/index.js';
import { outcomeOf, rowsOf, type Outcome } from './support/outcome.js';
import { TempFiles } from './support/temp-files.js';

const files = new TempFiles();
afterAll(() => files.remove());

const outcome = async (content: Buffer | string, options: object = {}): Promise<Outcome> =>
  outcomeOf(await files.write('a.csv', content), 'a.csv', options);
const about = async (content: Buffer | string): Promise<Extract<ReaderEvent, { type: 'sheets' }>> => {
  const path = await files.write('a.csv', content);
  for await (const event of readSpreadsheet(path, { fileName: 'a.csv', childModule: null }))
    if (event.type === 'sheets') return event;
  throw new Error('nothing said about the file');
};
const utf16be = (text: string): Buffer => iconv.encode(text, 'utf16be');
const utf16le = (text: string): Buffer => iconv.encode(text, 'utf16le');
const gb = (text: string): Buffer => iconv.encode(text, 'gb18030');

const TEXT = '姓名,单位,成绩\r\n张三,某某区城市管理局,85\r\n李四,某某区文化和旅游局,90\r\n';
const ROWS = [
  [1, '姓名', '单位', '成绩'],
  [2, '张三', '某某区城市管理局', '85'],
  [3, '李四', '某某区文化和旅游局', '90'],
];

describe('encodings', () => {
  test.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['GBK', iconv.encode(TEXT, 'gbk'), 'gb18030'],
    ['GB18030', gb(TEXT), 'gb18030'],
    ['GB18030 with mark', Buffer.concat([Buffer.from('84319533', 'hex'), gb(TEXT)]), 'gb18030'],
    ['UTF-16LE with mark', utf16le(`\ufeff${TEXT}`), 'utf-16le'],
    ['UTF-16BE with mark', utf16be(`\ufeff${TEXT}`), 'utf-16be'],
    ['UTF-16LE without mark', utf16le(TEXT), 'utf-16le'],
    ['UTF-16BE without mark', utf16be(TEXT), 'utf-16be'],
  ])('%s', async (_, content, encoding) => {
    expect(await outcome(content)).toEqual({ rows: ROWS });
    expect((await about(content)).encoding).toBe(encoding);
  });

  const RARE = '姓名\n㐆\n𠮷野\n䶮\n\u{2b5a6}\n';
  test.each([
    ['UTF-8', Buffer.from(RARE)],
    ['four-byte GB18030', gb(RARE)],
    ['UTF-16LE', utf16le(`\ufeff${RARE}`)],
  ])('rare characters in %s', async (_, content) => {
    expect(await outcome(content)).toEqual({
      rows: [
        [1, '姓名'],
        [2, '㐆'],
        [3, '𠮷野'],
        [4, '䶮'],
        [5, '\u{2b5a6}'],
      ],
    });
  });

  test.each<[string, Buffer, object, Outcome]>([
    [
      'GBK with one line of UTF-8',
      Buffer.concat([gb('姓名,单位\n张三,执法局\n'), Buffer.from('李四,综合行政执法局\n'), gb('王五,文旅局\n')]),
      {},
      { refused: 'ENCODING_UNKNOWN', at: 3 },
    ],
    [
      'UTF-8 with one line of GBK',
      Buffer.concat([Buffer.from('姓名,综合行政执法局\n'), gb('张三,执法局\n')]),
      {},
      { refused: 'ENCODING_UNKNOWN', at: 2 },
    ],
    [
      'UTF-8 mark, then GBK',
      Buffer.concat([Buffer.from('\ufeff'), gb(TEXT)]),
      {},
      { refused: 'ENCODING_WRONG', at: 1 },
    ],
    ['neither', Buffer.from('a,b\n\xff\xff,c\n', 'latin1'), {}, { refused: 'ENCODING_UNKNOWN', at: 2 }],
    [
      'a character cut in two',
      Buffer.from('姓名,成绩\n张三').subarray(0, -1),
      {},
      { refused: 'ENCODING_UNKNOWN', at: 2 },
    ],
    ['UTF-32', Buffer.from('fffe000059000000', 'hex'), {}, { refused: 'ENCODING_UNKNOWN', at: 1 }],
    ['UTF-16 of odd length', utf16le(`\ufeff${TEXT}`).subarray(0, -1), {}, { refused: 'ENCODING_WRONG', at: 3 }],
    [
      'UTF-16 with half a pair',
      Buffer.concat([utf16le('\ufeffa\nb'), Buffer.from('42d8', 'hex'), utf16le('c\n')]),
      {},
      { refused: 'ENCODING_WRONG', at: 1 },
    ],
    ['GBK declared as UTF-8', gb(TEXT), { encoding: 'UTF-8' }, { refused: 'ENCODING_WRONG', at: 1 }],
    ['UTF-8 declared as GBK', Buffer.from(TEXT), { encoding: 'GBK' }, { refused: 'ENCODING_WRONG', at: 1 }],
    ['a name that is no encoding', Buffer.from(TEXT), { encoding: 'klingon' }, { refused: 'ENCODING_UNKNOWN' }],
    ['rightly declared', gb(TEXT), { encoding: 'gb2312' }, { rows: ROWS }],
    [
      'ASCII declared as GBK',
      Buffer.from('a,b\n1,2\n'),
      { encoding: 'gbk' },
      {
        rows: [
          [1, 'a', 'b'],
          [2, '1', '2'],
        ],
      },
    ],
  ])('%s', async (_, content, options, expected) => {
    expect(await outcome(content, options)).toEqual(expected);
  });

  test('long GBK files are not taken for a mixture', async () => {
    const names =
      '小明李华王芳赵敏钱程孙悦周杰吴昊郑爽冯远陈晨褚健卫青蒋欣沈阳韩雪杨洋朱丹秦岚尤勇许晴何冰吕良施展张伟';
    const lines = Array.from({ length: 20_000 }, (_, n) => {
      const name = names[n % names.length]! + names[(n * 7) % names.length]! + names[(n * 13) % names.length]!;
      return `${name},${names[(n * 3) % names.length]}${names[(n * 5) % names.length]},${n}`;
    });
    const result = await outcome(gb(`${lines.join('\n')}\n`));
    expect(result).toHaveProperty('rows.length', 20_000);
    expect('rows' in result && result.rows[12_345]!.slice(1).join(',')).toBe(lines[12_345]);
  });

  test('a multi-byte character across a reading boundary', async () => {
    for (const encode of [gb, (text: string): Buffer => Buffer.from(text)]) {
      for (const shift of [0, 1, 2, 3]) {
        const text = `${'a'.repeat(shift)}${'执法'.repeat(60)}\n`.repeat(900);
        const result = await outcome(encode(text));
        expect('rows' in result && result.rows.every(([, cell]) => `${cell}\n` === text.slice(0, shift + 121))).toBe(
          true,
        );
      }
    }
  });
});

describe('separators', () => {
  test.each([
    ['comma', ','],
    ['tab', '\t'],
    ['semicolon', ';'],
    ['full-width comma', '，'],
  ])('%s', async (_, separator) => {
    expect(await outcome(TEXT.replaceAll(',', separator))).toEqual({ rows: ROWS });
    expect((await about(TEXT.replaceAll(',', separator))).separator).toBe(separator);
  });

  test.each<[string, string, object, Outcome]>([
    [
      'title lines do not count',
      '某某局2026年考试成绩表\n\n姓名;单位\n张三;甲, 乙\n',
      {},
      {
        rows: [
          [1, '某某局2026年考试成绩表'],
          [3, '姓名', '单位'],
          [4, '张三', '甲, 乙'],
        ],
      },
    ],
    [
      'separators inside quotes do not count',
      'a;"1,2,3"\nb;"4,5,6"\n',
      {},
      {
        rows: [
          [1, 'a', '1,2,3'],
          [2, 'b', '4,5,6'],
        ],
      },
    ],
    ['the hint line of Excel is not a row', 'sep=;\na;b\n', {}, { rows: [[1, 'a', 'b']] }],
    ['chosen by the user', 'a,b;c\n', { separator: ';' }, { rows: [[1, 'a,b', 'c']] }],
    ['an unknown choice falls back', 'a,b\n', { separator: 'xyz' }, { rows: [[1, 'a', 'b']] }],
    [
      'one column',
      '姓名\n张三\n',
      {},
      {
        rows: [
          [1, '姓名'],
          [2, '张三'],
        ],
      },
    ],
  ])('%s', async (_, content, options, expected) => {
    expect(await outcome(content, options)).toEqual(expected);
  });

  test('full-width commas in the text do not beat the real ones', () => {
    expect(sniffSeparator('姓名,备注\n张三,好，很好\n李四,差，很差\n')).toBe(',');
  });
});

describe('records', () => {
  test.each<[string, string | Buffer, object, Outcome]>([
    ['only a header', '姓名,成绩', {}, { rows: [[1, '姓名', '成绩']] }],
    ['only blanks', '\n\n  ,  \n', {}, { rows: [] }],
    ['only a mark', '\ufeff', {}, { refused: 'FILE_EMPTY' }],
    [
      'empty lines keep their numbers',
      'a\n\n\nb\n',
      {},
      {
        rows: [
          [1, 'a'],
          [4, 'b'],
        ],
      },
    ],
    [
      'carriage returns only',
      'a,b\rc,d\r',
      {},
      {
        rows: [
          [1, 'a', 'b'],
          [2, 'c', 'd'],
        ],
      },
    ],
    [
      'mixed line ends',
      'a\r\nb\nc\rd',
      {},
      {
        rows: [
          [1, 'a'],
          [2, 'b'],
          [3, 'c'],
          [4, 'd'],
        ],
      },
    ],
    [
      'a quoted line end is no row',
      'a,"1\n2\r\n3"\nb,c\n',
      {},
      {
        rows: [
          [1, 'a', '1\n2\r\n3'],
          [2, 'b', 'c'],
        ],
      },
    ],
    ['doubled quotes', '"say ""hi""",""\n', {}, { rows: [[1, 'say "hi"']] }],
    ['four quotes are one', '"""",x\n', {}, { rows: [[1, '"', 'x']] }],
    ['a quote inside bare text is a quote', '5" pipe,x\n', {}, { rows: [[1, '5" pipe', 'x']] }],
    [
      'missing and surplus empty fields',
      'a,b,c\nd\ne,,,,,\n',
      {},
      {
        rows: [
          [1, 'a', 'b', 'c'],
          [2, 'd'],
          [3, 'e'],
        ],
      },
    ],
    ['surplus empty fields beyond the limit', `a${','.repeat(5000)}\n`, {}, { rows: [[1, 'a']] }],
    ['a field beyond the limit', `a${','.repeat(64)}b\n`, {}, { refused: 'TOO_MANY_COLUMNS', limit: 64, at: 2 }],
    ['an open quote at the end', 'a,b\nc,"d\ne,f\n', {}, { refused: 'CSV_QUOTE', at: 2 }],
    ['an open quote that meets the next', 'a,b\n"c,d\ne,"f"\n', {}, { refused: 'CSV_QUOTE', at: 2 }],
    ['text behind a closed quote', 'a,b\n"c"d,e\n', {}, { refused: 'CSV_QUOTE', at: 2 }],
    [
      'an open quote at line 50,000',
      `${'a,b\n'.repeat(49_999)}c,"d\n${'e,f\n'.repeat(50_000)}`,
      {},
      { refused: 'CSV_QUOTE', at: 50_000 },
    ],
    ['NUL', 'a,b\nc,d\ne\0,f\n', {}, { refused: 'CSV_NUL', at: 3 }],
    ['NUL inside quotes', 'a,"b\n\0"\n', {}, { refused: 'CSV_NUL', at: 2 }],
    ['a field of 1 MB', `a,b\n${'x'.repeat(1 << 20)},c\n`, {}, { refused: 'CELL_TOO_LONG', limit: 32_767, at: 2 }],
    [
      'a quoted field of 1 MB',
      `a,b\n"${'x'.repeat(1 << 20)}",c\n`,
      {},
      { refused: 'CELL_TOO_LONG', limit: 32_767, at: 2 },
    ],
    ['a field of 32,767', `${'x'.repeat(32_767)}\n`, {}, { rows: [[1, 'x'.repeat(32_767)]] }],
    ['too many rows', 'a\n'.repeat(26), { maxRows: 5 }, { refused: 'TOO_MANY_ROWS', limit: 5 }],
    [
      'rows up to the limit',
      'a\n'.repeat(3),
      { maxRows: 5 },
      {
        rows: [
          [1, 'a'],
          [2, 'a'],
          [3, 'a'],
        ],
      },
    ],
    ['formulas are text', '=1+1,+1,-1,@a\n', {}, { rows: [[1, '=1+1', '+1', '-1', '@a']] }],
    ['guarded formulas are what they were', `'=1+1,''=x,'abc\n`, {}, { rows: [[1, '=1+1', `'=x`, `'abc`]] }],
    [
      'headings that name inner things',
      '__proto__,constructor\n1,2\n',
      {},
      {
        rows: [
          [1, '__proto__', 'constructor'],
          [2, '1', '2'],
        ],
      },
    ],
  ])('%s', async (_, content, options, expected) => {
    expect(await outcome(content, options)).toEqual(expected);
  });

  test('rows below a gap are counted', async () => {
    const path = await files.write('a.csv', `a${'\n'.repeat(202)}b\nc\n`);
    const events: ReaderEvent[] = [];
    for await (const event of readSpreadsheet(path, { fileName: 'a.csv', childModule: null })) events.push(event);
    expect(events.at(-1)).toEqual({
      type: 'end',
      rows: 1,
      hiddenRows: 0,
      rowsOutOfOrder: 0,
      rowsAfterGap: 2,
      firstRowAfterGap: 203,
    });
  });

  test('the cut between two readings changes nothing, wherever it falls', async () => {
    const { CsvRecords } = await import('../../src/infrastructure/files/csv-records.js');
    const text = 'a,"b\r\n""c""",d\r\n\r\ne,,"f"\rg\n';
    const whole = (parts: string[]): unknown => {
      const records = new CsvRecords(',', 100, 64);
      return [...parts.flatMap((part) => [...records.feed(part)]), ...records.end()];
    };
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(whole([text.slice(0, cut), text.slice(cut)])).toEqual(whole([text]));
    }
    expect(whole([...text])).toEqual(whole([text]));
  });

  test('every cell is text', async () => {
    const rows = await rowsOf(await files.write('a.csv', '1,2026-06-01,TRUE,#N/A\n'), 'a.csv');
    expect(rows[0]!.cells.map(({ kind, formula }) => [kind, formula])).toEqual(Array(4).fill(['TEXT', false]));
  });
});
