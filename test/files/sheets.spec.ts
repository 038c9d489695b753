import { afterAll, describe, expect, test } from '@jest/globals';
import {
  readSpreadsheet,
  sampleSpreadsheet,
  type Cell,
  type ReaderEvent,
} from '../../src/infrastructure/files/index.js';
import { outcomeOf, rowsOf, type Outcome } from './support/outcome.js';
import { TempFiles } from './support/temp-files.js';
import { inline, PACKAGE_RELS, row, workbook, workbookParts, type WorkbookContent } from './support/workbooks.js';

const files = new TempFiles();
afterAll(() => files.remove());

const save = async (content: WorkbookContent): Promise<string> => files.write('a.xlsx', await workbook(content));
const outcome = async (content: WorkbookContent, options: object = {}): Promise<Outcome> =>
  outcomeOf(await save(content), 'a.xlsx', options);
const cellsOf = async (content: WorkbookContent): Promise<readonly Cell[]> =>
  (await rowsOf(await save(content), 'a.xlsx')).flatMap(({ cells }) => cells);
const eventsOf = async (content: WorkbookContent, options: object = {}): Promise<ReaderEvent[]> => {
  const events: ReaderEvent[] = [];
  for await (const event of readSpreadsheet(await save(content), { fileName: 'a.xlsx', childModule: null, ...options }))
    events.push(event);
  return events;
};
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEADER = row(1, ['姓名', '成绩']);
const sheetXml = (xml: string): WorkbookContent => ({ sheets: [{ xml }] });

describe('sheets that lie', () => {
  const A1 = inline('A1', 'x');
  test.each<[string, WorkbookContent, Outcome]>([
    ['a cell twice', { rows: `<row r="1">${A1}${inline('A1', 'y')}</row>` }, { refused: 'DUPLICATE_CELL', at: 'A1' }],
    [
      'a cell twice, apart',
      { rows: row(1, ['a', 'b', 'c']).replace('</row>', `${inline('B1', 'y')}</row>`) },
      { refused: 'DUPLICATE_CELL', at: 'B1' },
    ],
    [
      'an empty cell and a full one',
      { rows: `<row r="1"><c r="A1"/>${A1}</row>` },
      { refused: 'DUPLICATE_CELL', at: 'A1' },
    ],
    ['a row twice', { rows: row(1, ['a']) + row(1, ['b']) }, { refused: 'DUPLICATE_ROW', at: 1 }],
    [
      'a row twice, apart',
      { rows: row(3, ['a']) + row(4, ['b']) + row(3, ['c']) },
      { refused: 'DUPLICATE_ROW', at: 3 },
    ],
    ['an empty row and a full one', { rows: `<row r="2"/>${row(2, ['a'])}` }, { refused: 'DUPLICATE_ROW', at: 2 }],
    [
      'a row twice, one without number',
      { rows: `${row(2, ['a'])}${row(1, ['b'])}<row>${'<c t="b"><v>1</v></c>'}</row>` },
      { refused: 'DUPLICATE_ROW', at: 2 },
    ],
    ['row 999,999,999', { rows: HEADER + row(999_999_999, ['x']) }, { refused: 'ROW_BEYOND_SHEET', limit: 1_048_576 }],
    ['row 1,048,577', { rows: '<row r="1048577"/>' }, { refused: 'ROW_BEYOND_SHEET', limit: 1_048_576 }],
    ['row 0', { rows: '<row r="0"/>' }, { refused: 'ROW_BEYOND_SHEET', limit: 1_048_576 }],
    ['row -1', { rows: '<row r="-1"/>' }, { refused: 'XML_DAMAGED', at: 0 }],
    ['row 1e3', { rows: '<row r="1e3"/>' }, { refused: 'XML_DAMAGED', at: 0 }],
    ['a cell of another row', { rows: `<row r="1">${inline('A2', 'x')}</row>` }, { refused: 'XML_DAMAGED', at: 1 }],
    ['a cell without letters', { rows: '<row r="1"><c r="11"/></row>' }, { refused: 'XML_DAMAGED', at: 1 }],
    ['a cell in small letters', { rows: '<row r="1"><c r="a1"/></row>' }, { refused: 'XML_DAMAGED', at: 1 }],
    [
      'a value in column XFD',
      { rows: `<row r="1">${inline('XFD1', 'x')}</row>` },
      { refused: 'TOO_MANY_COLUMNS', limit: 64, at: 'XFD1' },
    ],
    [
      'a value in column XFE',
      { rows: `<row r="1">${inline('XFE1', 'x')}</row>` },
      { refused: 'TOO_MANY_COLUMNS', limit: 64, at: 1 },
    ],
    [
      'a value in column ZZZZ',
      { rows: '<row r="1"><c r="ZZZZ1"/></row>' },
      { refused: 'TOO_MANY_COLUMNS', limit: 64, at: 1 },
    ],
    [
      'a value in column 65',
      { rows: `<row r="1">${inline('BM1', 'x')}</row>` },
      { refused: 'TOO_MANY_COLUMNS', limit: 64, at: 'BM1' },
    ],
    [
      '10,000 columns',
      {
        rows: row(
          1,
          Array.from({ length: 10_000 }, (_, n) => `h${n}`),
        ),
      },
      { refused: 'TOO_MANY_COLUMNS', limit: 64, at: 'BM1' },
    ],
    [
      'a shared text that is not there',
      { rows: '<row r="1"><c r="A1" t="s"><v>7</v></c></row>', texts: ['a'] },
      { refused: 'XML_DAMAGED', at: 'A1' },
    ],
    [
      'shared text -1',
      { rows: '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', texts: ['a'] },
      { refused: 'XML_DAMAGED', at: 'A1' },
    ],
    [
      'shared text "__proto__"',
      { rows: '<row r="1"><c r="A1" t="s"><v>__proto__</v></c></row>', texts: ['a'] },
      { refused: 'XML_DAMAGED', at: 'A1' },
    ],
    [
      'shared texts that are missing',
      { rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' },
      { refused: 'XML_DAMAGED', at: 'A1' },
    ],
    [
      'a cell of unknown kind',
      { rows: '<row r="1"><c r="A1" t="zz"><v>0</v></c></row>' },
      { refused: 'XML_DAMAGED', at: 'A1' },
    ],
    ['a cell inside a cell', { rows: `<row r="1"><c r="A1">${A1}</c></row>` }, { refused: 'XML_DAMAGED', at: 1 }],
    ['a row inside a row', { rows: '<row r="1"><row r="2"/></row>' }, { refused: 'XML_DAMAGED', at: 1 }],
    [
      'a text of 1 MB',
      { rows: row(1, ['x'.repeat(1_000_000)]) },
      { refused: 'CELL_TOO_LONG', limit: 32_767, at: 'A1' },
    ],
    [
      'a text of 32,768 characters',
      { rows: row(1, ['x'.repeat(32_768)]) },
      { refused: 'CELL_TOO_LONG', limit: 32_767, at: 'A1' },
    ],
    [
      'a shared text of 32,768 characters',
      { rows: HEADER, texts: ['字'.repeat(32_768)] },
      { refused: 'CELL_TOO_LONG', limit: 32_767 },
    ],
    [
      'a number of 1 MB',
      { rows: `<row r="1"><c r="A1"><v>${'1'.repeat(1_000_000)}</v></c></row>` },
      { refused: 'CELL_TOO_LONG', limit: 32_767, at: 'A1' },
    ],
    [
      'an attribute of 3 MB',
      sheetXml(`<worksheet><sheetData a="${'x'.repeat(3_000_000)}"/></worksheet>`),
      { refused: 'CELL_TOO_LONG', limit: 1 << 20 },
    ],
    ['tags that do not close', sheetXml('<worksheet><sheetData><row r="1">'), { refused: 'XML_DAMAGED' }],
    ['tags that cross', sheetXml('<worksheet><sheetData></worksheet></sheetData>'), { refused: 'XML_DAMAGED' }],
    ['no XML at all', sheetXml('hello'), { refused: 'XML_DAMAGED' }],
    [
      'an unknown entity',
      { rows: '<row r="1"><c r="A1" t="str"><v>&secret;</v></c></row>' },
      { refused: 'XML_DAMAGED' },
    ],
    [
      'bytes that are not UTF-8',
      { parts: { 'xl/worksheets/sheet1.xml': Buffer.from('<worksheet>\xd5\xc5</worksheet>', 'latin1') } },
      { refused: 'XML_DAMAGED' },
    ],
    [
      '101 sheets',
      { sheets: Array.from({ length: 101 }, () => ({})).slice(0, 101) },
      { refused: 'TOO_MANY_SHEETS', limit: 100 },
    ],
    ['no sheet', { sheets: [] }, { refused: 'NO_SHEET' }],
    [
      'a sheet that is nowhere',
      { parts: { 'xl/_rels/workbook.xml.rels': `<Relationships ${PACKAGE_RELS}/>` } },
      { refused: 'XML_DAMAGED' },
    ],
  ])('%s', async (_, content, expected) => {
    expect(await outcome(content)).toEqual(expected);
  });

  test('50,000 sheets over one part', async () => {
    const sheets = Array.from(
      { length: 50_000 },
      (_, n) => `<sheet name="s${n}" sheetId="${n + 1}" r:id="rId1"/>`,
    ).join('');
    const parts = { 'xl/workbook.xml': `<workbook xmlns:r="${REL}"><sheets>${sheets}</sheets></workbook>` };
    expect(await outcome({ parts })).toEqual({ refused: 'TOO_MANY_SHEETS', limit: 100 });
  });

  test('one long text repeated a thousand times by reference', async () => {
    const rows = Array.from({ length: 4000 }, (_, n) => `<row r="${n + 1}"><c t="s"><v>0</v></c></row>`).join('');
    const result = await outcome({ rows, texts: ['字'.repeat(32_767)] });
    expect(result).toMatchObject({ refused: 'TOO_MANY_TEXTS', limit: 96 << 20 });
  });

  test.each([
    ['too many shared texts', { maxSharedTexts: 2 }, 2],
    ['too much shared text', { maxSharedTextBytes: 8 }, 8],
  ])('%s', async (_, limits, limit) => {
    expect(await outcome({ rows: HEADER, texts: ['甲', '乙', '丙'] }, { limits })).toEqual({
      refused: 'TOO_MANY_TEXTS',
      limit,
    });
  });

  test('as many data rows as allowed, and one more', async () => {
    const rows = (count: number): string => Array.from({ length: count }, (_, n) => row(n + 1, ['x'])).join('');
    expect(await outcome({ rows: rows(5 + 20) }, { maxRows: 5 })).toHaveProperty('rows.length', 25);
    expect(await outcome({ rows: rows(5 + 21) }, { maxRows: 5 })).toEqual({ refused: 'TOO_MANY_ROWS', limit: 5 });
  });
});

describe('definitions and references to the outside', () => {
  const XXE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  const LAUGHS = `<!DOCTYPE r [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n} "${`&a${n - 1 || ''};`.repeat(10)}">`).join('')}]>`;
  const attack = (dtd: string): string =>
    `<?xml version="1.0"?>${dtd}<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&x;</v></c></row></sheetData></worksheet>`;

  test.each<[string, WorkbookContent]>([
    ['an external entity', sheetXml(attack(XXE))],
    ['a parameter entity', sheetXml(attack('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>'))],
    ['an external definition', sheetXml(attack('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">'))],
    ['a billion laughs', sheetXml(attack(LAUGHS))],
    ['an empty definition', sheetXml(attack('<!DOCTYPE worksheet>'))],
    [
      'in the shared texts',
      { rows: HEADER, parts: { 'xl/sharedStrings.xml': `<?xml version="1.0"?>${XXE}<sst><si><t>&x;</t></si></sst>` } },
    ],
    ['in the workbook', { parts: { 'xl/workbook.xml': `${XXE}<workbook><sheets/></workbook>` } }],
    ['in the styles', { rows: HEADER, parts: { 'xl/styles.xml': `${XXE}<styleSheet/>` } }],
    ['in the relationships', { parts: { '_rels/.rels': `${XXE}<Relationships/>` } }],
  ])('%s is refused', async (_, content) => {
    expect(await outcome(content)).toEqual({ refused: 'XML_FORBIDDEN' });
  });

  test.each([
    ['on another machine', 'TargetMode="External" Target="http://127.0.0.1:9/sheet1.xml"'],
    ['by address alone', 'Target="http://127.0.0.1:9/sheet1.xml"'],
    ['outside the archive', 'Target="../../../../etc/passwd"'],
    ['a file by address', 'Target="file:///etc/passwd"'],
  ])('a sheet %s is not followed', async (_, where) => {
    const parts = {
      'xl/_rels/workbook.xml.rels': `<Relationships ${PACKAGE_RELS}><Relationship Id="rId1" Type="${REL}/worksheet" ${where}/></Relationships>`,
    };
    expect(await outcome({ parts })).toEqual({ refused: 'XML_DAMAGED' });
  });

  test('links to the outside that nobody follows do no harm', async () => {
    const parts = {
      'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships ${PACKAGE_RELS}><Relationship Id="rId1" Type="${REL}/hyperlink" TargetMode="External" Target="http://127.0.0.1:9/"/></Relationships>`,
      'xl/_rels/settings.xml.rels': `<Relationships ${PACKAGE_RELS}><Relationship Id="rId1" Type="${REL}/attachedTemplate" TargetMode="External" Target="http://127.0.0.1:9/t"/></Relationships>`,
    };
    expect(await outcome({ rows: HEADER, parts })).toEqual({ rows: [[1, '姓名', '成绩']] });
  });
});

describe('odd sheets that are read', () => {
  test.each<[string, WorkbookContent, (string | number)[][]]>([
    ['no rows', { rows: '' }, []],
    ['an empty sheetData tag', sheetXml('<worksheet><sheetData/></worksheet>'), []],
    ['only a header', { rows: HEADER }, [[1, '姓名', '成绩']]],
    ['rows that begin further down', { rows: row(7, ['a']) }, [[7, 'a']]],
    [
      'rows out of order',
      { rows: row(3, ['c']) + row(1, ['a']) + row(2, ['b']) },
      [
        [3, 'c'],
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['cells out of order', { rows: `<row r="1">${inline('C1', 'c')}${inline('A1', 'a')}</row>` }, [[1, 'a', '', 'c']]],
    [
      'rows and cells without references',
      { rows: `<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c t="str"><v>c</v></c></row>` },
      [
        [1, 'a', 'b'],
        [2, 'c'],
      ],
    ],
    [
      'a prefix on every element',
      sheetXml(
        '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>a</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      ),
      [[1, 'a']],
    ],
    ['a dimension that lies', { before: '<dimension ref="A1:XFD1048576"/>', rows: HEADER }, [[1, '姓名', '成绩']]],
    [
      'styled blanks',
      {
        rows: `<row r="1">${inline('A1', 'a')}<c r="B1" s="1"/><c r="XFD1" s="1"/></row>${Array.from({ length: 5000 }, (_, n) => `<row r="${n + 2}" s="1" customFormat="1"/>`).join('')}`,
      },
      [[1, 'a']],
    ],
    [
      'empty texts',
      { rows: '<row r="1"><c r="A1" t="inlineStr"><is><t/></is></c><c r="B1" t="s"><v>0</v></c></row>', texts: [''] },
      [],
    ],
    ['exactly 32,767 characters', { rows: row(1, ['x'.repeat(32_767)]) }, [[1, 'x'.repeat(32_767)]]],
    ['64 columns', { rows: `<row r="1">${inline('BL1', 'x')}</row>` }, [[1, ...Array<string>(63).fill(''), 'x']]],
    [
      'rich text, reading aid left out',
      {
        rows: '<row r="1"><c r="A1" t="inlineStr"><is><r><t>张</t></r><r><rPr/><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></is></c></row>',
      },
      [[1, '张三']],
    ],
    [
      'shared rich text, reading aid left out',
      {
        rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        parts: { 'xl/sharedStrings.xml': '<sst><si><r><t>张</t></r><rPh><t>x</t></rPh><r><t>三</t></r></si></sst>' },
      },
      [[1, '张三']],
    ],
    [
      'CDATA and comments',
      { rows: '<row r="1"><c r="A1" t="str"><!-- </sheetData> --><v><![CDATA[a<b]]></v></c></row>' },
      [[1, 'a<b']],
    ],
    [
      'escaped control characters',
      { rows: '<row r="1"><c r="A1" t="str"><v>a_x000D_b_x005F_x000D_c</v></c></row>' },
      [[1, 'a\rb_x000D_c']],
    ],
    ['rare characters', { rows: row(1, ['𠮷', '㐆', '䶮', '👮']) }, [[1, '𠮷', '㐆', '䶮', '👮']]],
    ['blanks at both ends', { rows: row(1, ['  a  ', 'b']) }, [[1, '  a  ', 'b']]],
    [
      'headings that name inner things',
      { rows: row(1, ['__proto__', 'constructor', 'toString']) },
      [[1, '__proto__', 'constructor', 'toString']],
    ],
    [
      'attributes that name inner things',
      { rows: `<row r="1" __proto__="x" constructor="y">${inline('A1', 'a')}</row>` },
      [[1, 'a']],
    ],
  ])('%s', async (_, content, rows) => {
    expect(await outcome(content)).toEqual({ rows });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('the kinds of cells, what they show and what they hold', async () => {
    const c = (reference: string, rest: string): string => `<c r="${reference}" ${rest}</c>`;
    const cells = await cellsOf({
      rows:
        `<row r="1">${c('A1', '><v>85.099999999999994</v>')}${c('B1', '><v>85.50</v>')}${c('C1', '><v>1.10101199003071E+17</v>')}` +
        `${c('D1', '><v>110101199003070011</v>')}${c('E1', 't="b"><v>1</v>')}${c('F1', 't="e"><v>#REF!</v>')}${c('G1', '><v>1e309</v>')}` +
        `${c('H1', '><v>NaN</v>')}${c('I1', '><v>-0</v>')}${c('J1', 't="str"><f>A1&amp;"x"</f><v>cached</v>')}${c('K1', '><f>1+1</f>')}` +
        `${c('L1', '><f>1+1</f><v>2</v>')}${c('M1', 't="e"><f>1/0</f><v>#DIV/0!</v>')}${c('N1', `t="inlineStr"><is><t>'=1+1</t></is>`)}` +
        `${c('O1', 't="b"><v>0</v>')}${c('P1', '><f t="shared" si="0"/><v>7</v>')}${c('Q1', 't="d"><v>2026-06-01T00:00:00</v>')}</row>`,
    });
    expect(cells.map(({ kind, text, raw, formula }) => [kind, text, raw, formula])).toEqual([
      ['NUMBER', '85.1', '85.099999999999994', false],
      ['NUMBER', '85.50', '85.50', false],
      ['NUMBER', '110101199003071000', '1.10101199003071E+17', false],
      ['NUMBER', '110101199003070020', '110101199003070011', false],
      ['BOOLEAN', 'TRUE', '1', false],
      ['ERROR', '#REF!', '#REF!', false],
      ['ERROR', '#NUM!', '1e309', false],
      ['ERROR', '#NUM!', 'NaN', false],
      ['NUMBER', '0', '-0', false],
      ['TEXT', 'cached', 'cached', true],
      ['EMPTY', '', '', true],
      ['NUMBER', '2', '2', true],
      ['ERROR', '#DIV/0!', '#DIV/0!', true],
      ['TEXT', '=1+1', `'=1+1`, false],
      ['BOOLEAN', 'FALSE', '0', false],
      ['NUMBER', '7', '7', true],
      ['DATE', '2026-06-01', '2026-06-01T00:00:00', false],
    ]);
  });

  const FORMATS = [
    14,
    22,
    31,
    57,
    'yyyy"年"m"月"d"日"',
    '[$-804]yyyy/m/d;@',
    '0.00',
    '0.00E+00',
    '[Red]#,##0',
    '"day" 0',
    'h:mm',
    'General',
    '@',
  ];
  const serialCells = (serials: readonly string[]): string =>
    serials.map((serial, n) => `<row r="${n + 1}"><c r="A${n + 1}" s="1"><v>${serial}</v></c></row>`).join('');

  test('which formats make a number a date', async () => {
    const rows = `<row r="1">${FORMATS.map((_, n) => `<c r="${String.fromCharCode(65 + n)}1" s="${n + 1}"><v>46174</v></c>`).join('')}</row>`;
    const cells = await cellsOf({ rows, formats: FORMATS });
    expect(cells.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      ...Array<string>(6).fill('DATE 2026-06-01'),
      ...Array<string>(4).fill('NUMBER 46174'),
      'DATE 2026-06-01',
      ...Array<string>(2).fill('NUMBER 46174'),
    ]);
  });

  test('serial numbers of the 1900 system, its 29 February that never was included', async () => {
    const serials = ['1', '59', '60', '61', '46174', '46174.5', '46174.999999', '0.5', '2958465', '2958466', '-1'];
    const cells = await cellsOf({ rows: serialCells(serials), formats: [14] });
    expect(cells.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'DATE 1900-01-01',
      'DATE 1900-02-28',
      'NUMBER 60',
      'DATE 1900-03-01',
      'DATE 2026-06-01',
      'DATE 2026-06-01 12:00:00',
      'DATE 2026-06-02',
      'DATE 12:00:00',
      'DATE 9999-12-31',
      'NUMBER 2958466',
      'NUMBER -1',
    ]);
  });

  test('serial numbers of the 1904 system', async () => {
    const cells = await cellsOf({
      rows: serialCells(['0', '1', '44712', '44712.25', '2957003', '2957004']),
      formats: [14],
      date1904: true,
    });
    expect(cells.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'DATE 1904-01-01',
      'DATE 1904-01-02',
      'DATE 2026-06-01',
      'DATE 2026-06-01 06:00:00',
      'DATE 9999-12-31',
      'NUMBER 2957004',
    ]);
  });
});

describe('what a sheet says about itself', () => {
  test('hidden rows and columns, merged ranges, rows out of order', async () => {
    const events = await eventsOf({
      before:
        '<cols><col min="2" max="3" hidden="1"/><col min="60" max="16384" hidden="true"/><col min="5" max="5"/></cols>',
      rows: row(1, ['a']) + row(3, ['b'], ' hidden="1"') + row(2, ['c']),
      after: '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/></mergeCells>',
    });
    expect(events[1]).toEqual({
      type: 'layout',
      sheet: 'Sheet1',
      hiddenColumns: [2, 3, 60, 61, 62, 63, 64],
      merges: [
        { top: 1, left: 1, bottom: 1, right: 3 },
        { top: 2, left: 1, bottom: 3, right: 1 },
      ],
    });
    expect(events[2]).toMatchObject({
      rows: [{ rowNumber: 1, hidden: false }, { rowNumber: 3, hidden: true }, { rowNumber: 2 }],
    });
    expect(events[3]).toEqual({
      type: 'end',
      rows: 3,
      hiddenRows: 1,
      rowsOutOfOrder: 1,
      rowsAfterGap: 0,
      firstRowAfterGap: null,
    });
  });

  test('rows below a gap of 200 empty ones are counted, never lost without a word', async () => {
    const rows = row(1, ['a']) + row(201, ['b']) + row(402, ['c']) + row(403, ['d']);
    const events = await eventsOf({ rows });
    expect(events.at(-1)).toEqual({
      type: 'end',
      rows: 2,
      hiddenRows: 0,
      rowsOutOfOrder: 0,
      rowsAfterGap: 2,
      firstRowAfterGap: 402,
    });
    expect(await outcome({ rows })).toEqual({
      rows: [
        [1, 'a'],
        [201, 'b'],
      ],
    });
  });

  const SHEETS = [
    { name: '说明', state: 'veryHidden', rows: row(1, ['hidden']) },
    { name: '第一期', rows: row(1, ['one']) },
    { name: '__proto__', state: 'hidden', rows: row(1, ['two']) },
  ];

  test('sheets by name; without a name the first that is not hidden', async () => {
    const events = await eventsOf({ sheets: SHEETS });
    expect(events[0]).toMatchObject({
      sheets: [
        { name: '说明', hidden: true },
        { name: '第一期', hidden: false },
        { name: '__proto__', hidden: true },
      ],
    });
    expect(await outcome({ sheets: SHEETS })).toEqual({ rows: [[1, 'one']] });
    expect(await outcome({ sheets: SHEETS }, { sheet: '__proto__' })).toEqual({ rows: [[1, 'two']] });
    expect(await outcome({ sheets: SHEETS }, { sheet: 'constructor' })).toEqual({ refused: 'SHEET_NOT_FOUND' });
  });

  test('a sample holds the first rows of every sheet', async () => {
    const many = { name: '很长', rows: Array.from({ length: 3000 }, (_, n) => row(n + 1, [`r${n}`])).join('') };
    const sample = await sampleSpreadsheet(await save({ sheets: [...SHEETS, many, { name: '空' }] }), {
      fileName: 'a.xlsx',
      childModule: null,
    });
    expect(sample.sheets.map(({ name, hidden, rows }) => [name, hidden, rows.length])).toEqual([
      ['说明', true, 1],
      ['第一期', false, 1],
      ['__proto__', true, 1],
      ['很长', false, 20],
      ['空', false, 0],
    ]);
  });

  test('chart sheets are not sheets; a package without root relationships still opens', async () => {
    const parts = workbookParts({ sheets: [{ rows: row(1, ['a']) }, {}] });
    const rels = String(parts['xl/_rels/workbook.xml.rels']).replace(
      /worksheet(" Target="worksheets\/sheet2)/,
      'chartsheet$1',
    );
    const result = await eventsOf({
      sheets: [{ rows: row(1, ['a']) }, {}],
      parts: { 'xl/_rels/workbook.xml.rels': rels, '_rels/.rels': null },
    });
    expect(result[0]).toMatchObject({ sheets: [{ name: 'Sheet1' }] });
  });
});
