import { describe, expect, test } from '@jest/globals';
import {
  detectHeader,
  headingFingerprint,
  normaliseHeading,
  type HeaderColumn,
  type HeaderFinding,
  type HeaderOptions,
  type MergedRange,
  type SheetRow,
} from '../../src/infrastructure/files/index.js';

const COLUMNS: HeaderColumn[] = [
  { field: 'admissionNo', headings: ['准考证号', '考号'], required: true },
  { field: 'name', headings: ['姓名', '考生姓名'], required: true },
  { field: 'idNumber', headings: ['身份证号', '公民身份号码', '身份证号码'], required: true },
  { field: 'score', headings: ['成绩', '分数'], required: true },
  { field: 'remark', headings: ['备注'], required: false },
];

const rowsOf = (lines: string[][], first = 1): SheetRow[] =>
  lines.map((texts, index) => ({
    rowNumber: first + index,
    hidden: false,
    cells: texts.flatMap((text, column) =>
      text === '' ? [] : [{ column: column + 1, kind: 'TEXT' as const, text, raw: text, formula: false }],
    ),
  }));
const find = (lines: string[][], options: HeaderOptions = {}, columns = COLUMNS): HeaderFinding => {
  const finding = detectHeader(rowsOf(lines), columns, options);
  if (!finding) throw new Error('no header');
  return finding;
};
const mappingOf = ({ mapping }: HeaderFinding): Record<string, string> =>
  Object.fromEntries([...mapping].map(([field, { column, how }]) => [field, `${column} ${how}`]));
const merge = (top: number, left: number, bottom: number, right: number): MergedRange => ({ top, left, bottom, right });

const PLAIN = ['准考证号', '姓名', '身份证号', '成绩'];
const DATA = ['100001', '张三', '11010119900307001X', '85'];

describe('which row', () => {
  test('the first', () => {
    const finding = find([PLAIN, DATA]);
    expect(finding).toMatchObject({ headerRows: [1], firstDataRow: 2, missing: [], ignored: [], ambiguous: [] });
    expect(mappingOf(finding)).toEqual({
      admissionNo: '1 EXACT',
      name: '2 EXACT',
      idNumber: '3 EXACT',
      score: '4 EXACT',
    });
  });

  test('below titles and remarks', () => {
    const finding = find([['某某局2026年考试成绩表'], ['单位：某某局', '', '日期：2026.6.1'], PLAIN, DATA]);
    expect(finding).toMatchObject({ headerRows: [3], firstDataRow: 4 });
  });

  test('a title merged over the whole width does not become part of it', () => {
    const finding = find([['成绩'], PLAIN, DATA], { merges: [merge(1, 1, 1, 4)] });
    expect(finding.headerRows).toEqual([2]);
  });

  test('rows that come out of order', () => {
    const finding = detectHeader(rowsOf([PLAIN, ...Array.from({ length: 30 }, () => DATA)]).reverse(), COLUMNS);
    expect(finding?.headerRows).toEqual([1]);
  });

  test('the one the user points at', () => {
    expect(find([PLAIN, ['考号', '姓名'], DATA], { headerRow: 2 })).toMatchObject({
      headerRows: [2],
      missing: ['idNumber', 'score'],
    });
  });

  test('none', () => {
    expect(detectHeader(rowsOf([['a', 'b'], DATA]), COLUMNS)).toBeNull();
    expect(detectHeader([], COLUMNS)).toBeNull();
    expect(detectHeader(rowsOf([...Array.from({ length: 20 }, () => ['x']), PLAIN]), COLUMNS)).toBeNull();
  });
});

describe('two lines', () => {
  const columns: HeaderColumn[] = [
    { field: 'name', headings: ['姓名'], required: true },
    { field: 'public', headings: ['成绩/公共法律'], required: true },
    { field: 'special', headings: ['专业法律'], required: true },
  ];

  test('held together by merged cells', () => {
    const merges = [merge(1, 1, 2, 1), merge(1, 2, 1, 3), merge(1, 4, 2, 4)];
    const finding = find(
      [
        ['姓名', '成绩', '', '备注'],
        ['', '公共法律', '专业法律'],
        ['张三', '80', '90'],
      ],
      { merges },
      columns,
    );
    expect(finding).toMatchObject({ headerRows: [1, 2], firstDataRow: 3, missing: [] });
    expect(finding.headings.map(({ heading }) => heading)).toEqual(['姓名', '成绩/公共法律', '成绩/专业法律', '备注']);
    expect(mappingOf(finding)).toEqual({ name: '1 EXACT', public: '2 EXACT', special: '3 EXACT' });
    expect(finding.ignored).toMatchObject([{ column: 4, heading: '备注' }]);
  });

  test('without merged cells, when the second line adds hits', () => {
    const finding = find(
      [
        ['姓名', '成绩'],
        ['', '公共法律', '专业法律'],
        ['张三', '80', '90'],
      ],
      {},
      columns,
    );
    expect(finding.headerRows).toEqual([1, 2]);
    expect(mappingOf(finding)).toEqual({ name: '1 EXACT', public: '2 EXACT', special: '3 EXACT' });
  });

  test('a line of data is not a second line', () => {
    expect(find([PLAIN, DATA]).headerRows).toEqual([1]);
  });
});

describe('which column', () => {
  test('every way of matching, told', () => {
    const columns: HeaderColumn[] = [
      ...COLUMNS,
      { field: 'unit', headings: ['工作单位名称'], required: false },
      { field: 'phone', headings: ['联系电话'], required: false },
    ];
    const finding = find(
      [['考号', '姓名', '身 份 证 号＊（18位）', '分数', '工作单位名 称呼', '电话号', '随便']],
      { remembered: new Map([[normaliseHeading('电话号'), 'phone']]) },
      columns,
    );
    expect(mappingOf(finding)).toEqual({
      phone: '6 REMEMBERED',
      name: '2 EXACT',
      admissionNo: '1 ALIAS',
      score: '4 ALIAS',
      idNumber: '3 NORMALISED',
      unit: '5 SIMILAR',
    });
    expect(finding.ignored).toMatchObject([{ heading: '随便' }]);
  });

  test('missing and unknown columns are named', () => {
    expect(find([['姓名', '科室', '成绩']])).toMatchObject({
      missing: ['admissionNo', 'idNumber'],
      ignored: [{ column: 2, heading: '科室' }],
    });
  });

  test('the same heading twice is nobody’s choice but the user’s', () => {
    const finding = find([['准考证号', '姓名', '身份证号', '成绩', '成绩']]);
    expect(finding.ambiguous).toMatchObject([{ field: 'score', columns: [{ column: 4 }, { column: 5 }] }]);
    expect(finding.missing).toEqual(['score']);
    expect(finding.mapping.has('score')).toBe(false);
  });

  test('the own name beats another spelling', () => {
    const finding = find([['准考证号', '考生姓名', '姓名', '身份证号', '成绩']]);
    expect(mappingOf(finding)['name']).toBe('3 EXACT');
    expect(finding.ignored).toMatchObject([{ heading: '考生姓名' }]);
  });

  test('two spellings of one field', () => {
    expect(find([['考号', '考生姓名', '身份证号', '身份证号码', '分数']])).toMatchObject({
      ambiguous: [],
      ignored: [{ heading: '身份证号码' }],
    });
    expect(find([['公民身份号码', '身份证号码', '姓名']]).ambiguous).toMatchObject([{ field: 'idNumber' }]);
  });

  test('likeness never takes an opposite', () => {
    const columns: HeaderColumn[] = [
      { field: 'from', headings: ['证件有效期起'], required: true },
      { field: 'name', headings: ['姓名'], required: true },
    ];
    expect(mappingOf(find([['姓名', '证件有效期止']], {}, columns))).toEqual({ name: '1 EXACT' });
    expect(mappingOf(find([['姓名', '证件有效起']], {}, columns))).toEqual({ name: '1 EXACT', from: '2 SIMILAR' });
  });

  test('short headings are never merely alike', () => {
    expect(find([['准考证号', '姓氏', '成就']]).missing).toEqual(['name', 'idNumber', 'score']);
  });

  test('a remembered heading may be left out for good', () => {
    const finding = find([PLAIN], { remembered: new Map([[normaliseHeading('成绩'), null]]) });
    expect(finding.missing).toEqual(['score']);
    expect(find([PLAIN], { remembered: new Map([[normaliseHeading('成绩'), 'no such field']]) }).missing).toEqual([]);
  });

  test('headings that name inner things are plain headings', () => {
    const finding = find([['__proto__', 'constructor', 'toString', '姓名', 'hasOwnProperty']]);
    expect(finding.ignored.map(({ heading }) => heading)).toEqual([
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
    ]);
    expect(mappingOf(finding)).toEqual({ name: '4 EXACT' });
    const odd: HeaderColumn[] = [{ field: '__proto__', headings: ['constructor'], required: true }];
    expect(find([['constructor']], {}, odd).mapping.get('__proto__')).toMatchObject({ column: 1, how: 'EXACT' });
  });

  test('the fingerprint is that of the headings, whatever their order and blanks', () => {
    expect(headingFingerprint(['姓 名', '成绩*'])).toBe(headingFingerprint(['成绩', '姓名', '']));
    expect(headingFingerprint(['姓名'])).not.toBe(headingFingerprint(['姓名', '成绩']));
  });
});
