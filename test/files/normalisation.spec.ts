import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isSignatureRow,
  isTotalsRow,
  looksLikeNumberedId,
  normaliseText,
  parseDateCell,
  parseScore,
} from '../../src/infrastructure/files/index.js';

describe('text', () => {
  test.each<[string, string, string[], string[]]>([
    ['张三', '张三', [], []],
    ['Zhang San', 'Zhang San', [], []],
    ['', '', [], []],
    ['  张三\t', '张三', ['TRIMMED'], []],
    ['张　三', '张三', ['INNER_BLANKS_REMOVED'], []],
    ['张 三 丰', '张三丰', ['INNER_BLANKS_REMOVED'], []],
    ['John  Smith', 'John  Smith', [], []],
    ['张 San', '张 San', [], []],
    ['１２３Ｘ', '123X', ['WIDTH_FOLDED'], []],
    ['（公共）', '(公共)', ['WIDTH_FOLDED'], []],
    ['11010119900307001x', '11010119900307001x', [], []],
    ['买买提•艾力', '买买提·艾力', ['MIDDLE_DOT_UNIFIED'], []],
    ['买买提・艾力', '买买提·艾力', ['MIDDLE_DOT_UNIFIED'], []],
    ['买买提‧艾力', '买买提·艾力', ['MIDDLE_DOT_UNIFIED'], []],
    ['买买提.艾力', '买买提·艾力', ['MIDDLE_DOT_UNIFIED'], []],
    ['买买提﹒艾力', '买买提·艾力', ['MIDDLE_DOT_UNIFIED'], []],
    ['买买提．艾力', '买买提·艾力', ['MIDDLE_DOT_UNIFIED'], []],
    ['买买提 · 艾力', '买买提·艾力', ['MIDDLE_DOT_UNIFIED'], []],
    ['买买提·艾力', '买买提·艾力', [], []],
    ['2026.6.1', '2026.6.1', [], []],
    ['张\u200b三\ufeff', '张三', ['ZERO_WIDTH_REMOVED'], []],
    ['\u202e三张', '三张', ['ZERO_WIDTH_REMOVED'], []],
    ['甲\n乙', '甲乙', ['LINE_BREAK_REMOVED', 'INNER_BLANKS_REMOVED'], []],
    ['a \r\n b', 'a b', ['LINE_BREAK_REMOVED'], []],
    ["'0123", '0123', ['APOSTROPHE_REMOVED'], []],
    ["'s-Gravenhage", "'s-Gravenhage", [], []],
    ['="0123"', '0123', ['TEXT_FORMULA_UNWRAPPED'], []],
    ['=1+1', '=1+1', [], []],
    ['𠮷野', '𠮷野', [], []],
    ['葛\u{e0100}城', '葛\u{e0100}城', [], []],
    ['张\u0007三', '张\u0007三', [], ['CONTROL_CHARACTER']],
    ['张\u0000', '张\u0000', [], ['CONTROL_CHARACTER']],
    ['张\ue123', '张\ue123', [], ['PRIVATE_USE_CHARACTER']],
    ['张\u{f0001}', '张\u{f0001}', [], ['PRIVATE_USE_CHARACTER']],
    ['张\ufffd', '张\ufffd', [], ['BROKEN_CHARACTER']],
    ['张\ud842', '张\ud842', [], ['BROKEN_CHARACTER']],
  ])('%j', (raw, value, notes, faults) => {
    expect(normaliseText(raw)).toEqual({ value, notes, faults });
  });

  test('a second time changes nothing', () => {
    for (const raw of [' 买买提 ． 艾力 ', '１２ ３', '="\'01"', '甲 \n 乙　丙', '\u200b 张']) {
      const once = normaliseText(raw).value;
      expect(normaliseText(once)).toEqual({ value: once, notes: [], faults: [] });
    }
    const odd = fc.constantFrom(...'张三买·•．. 　\t\n\u200b\ufeff１Ａａ½㎡①ﾞｶ=\'"x-年\u{2f800}\ue000\u0301'.split(''));
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 2 })), { maxLength: 12 }), (parts) => {
        const once = normaliseText(parts.join('')).value;
        expect(normaliseText(once).value).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('identifiers that were numbers', () => {
  test.each([
    ['NUMBER', '110101199003070020', 'NUMBER_CELL'],
    ['NUMBER', '7', 'NUMBER_CELL'],
    ['TEXT', '1.10101E+17', 'SCIENTIFIC'],
    ['TEXT', '1.10101E17', 'SCIENTIFIC'],
    ['TEXT', '１.1e+17', 'SCIENTIFIC'],
    ['TEXT', '110101199003071000', 'LAST_THREE_ZERO'],
    ['TEXT', '11010119900307001X', null],
    ['TEXT', '110101900307100', null],
    ['TEXT', '', null],
  ] as const)('%s %s', (kind, text, sign) => {
    expect(looksLikeNumberedId({ kind, text })).toBe(sign);
  });

  test('an ID that rightly ends in three zeros is not accused', () => {
    const ids = Array.from({ length: 40 }, (_, day) => `11010119900${300 + day}1000`);
    const accused = ids.filter((text) => looksLikeNumberedId({ kind: 'TEXT', text }) === 'LAST_THREE_ZERO');
    expect(accused.length).toBeGreaterThan(30);
    expect(accused.length).toBeLessThan(40);
  });
});

describe('dates', () => {
  const june = { state: 'DATE', date: '2026-06-01' };
  const bad = (reason: string): object => ({ state: 'MALFORMED', reason });
  test.each<[string, object]>([
    ['2026-06-01', june],
    ['2026-6-1', june],
    ['2026.6.1', june],
    ['2026.06.01', june],
    ['2026.6.1.', june],
    ['2026/6/1', june],
    ['20260601', june],
    ['2026年6月1日', june],
    ['2026 年 6 月 1 日', june],
    ['2026年6月1号', june],
    ['２０２６．６．１', june],
    [' 2026-06-01 ', june],
    ['2026-06-01 00:00:00', june],
    ['2026-06-01T08:30:00Z', june],
    ['2026-06-01T00:00:00.000+08:00', june],
    ['', { state: 'BLANK' }],
    ['　', { state: 'BLANK' }],
    ['6月1日', bad('NO_YEAR')],
    ['6.1', bad('NO_YEAR')],
    ['06-01', bad('NO_YEAR')],
    ['2026年6月', bad('NO_DAY')],
    ['2026.6', bad('NO_DAY')],
    ['202606', bad('NO_DAY')],
    ['2026-02-30', bad('NOT_IN_CALENDAR')],
    ['2026年2月29日', bad('NOT_IN_CALENDAR')],
    ['2024-02-29', { state: 'DATE', date: '2024-02-29' }],
    ['1900-02-29', bad('NOT_IN_CALENDAR')],
    ['20261301', bad('NOT_IN_CALENDAR')],
    ['2026-00-10', bad('NOT_IN_CALENDAR')],
    ['0026-06-01', bad('NOT_IN_CALENDAR')],
    ['1/6/2026', bad('AMBIGUOUS')],
    ['26.6.1', bad('AMBIGUOUS')],
    ['45444', bad('SERIAL')],
    ['长期', bad('UNREADABLE')],
    ['2026-06-01abc', bad('UNREADABLE')],
    ['2026-06/01', bad('UNREADABLE')],
    ['9'.repeat(100_000), bad('UNREADABLE')],
  ])('%p', (text, expected) => {
    expect(parseDateCell(text)).toEqual(expected);
  });

  test('by the kind of cell', () => {
    expect(parseDateCell({ kind: 'DATE', text: '2026-06-01' })).toEqual(june);
    expect(parseDateCell({ kind: 'DATE', text: '2026-06-01 12:00:00' })).toEqual(june);
    expect(parseDateCell({ kind: 'DATE', text: '08:30:00' })).toEqual(bad('UNREADABLE'));
    expect(parseDateCell({ kind: 'NUMBER', text: '20260601' })).toEqual(june);
    expect(parseDateCell({ kind: 'NUMBER', text: '46174' })).toEqual(bad('SERIAL'));
    expect(parseDateCell({ kind: 'NUMBER', text: '2026.6' })).toEqual(bad('SERIAL'));
    expect(parseDateCell({ kind: 'ERROR', text: '#N/A' })).toEqual(bad('UNREADABLE'));
  });
});

describe('scores', () => {
  const score = (value: string): object => ({ state: 'SCORE', value });
  const bad = (reason: string): object => ({ state: 'MALFORMED', reason });
  test.each<[string, object]>([
    ['85', score('85')],
    ['85分', score('85')],
    ['８５', score('85')],
    [' 85 ', score('85')],
    ['085', score('85')],
    ['85.0', score('85')],
    ['85.50', score('85.5')],
    ['0', score('0')],
    ['100', score('100')],
    ['100.0', score('100')],
    ['', { state: 'NOT_ENTERED', token: null }],
    ['　', { state: 'NOT_ENTERED', token: null }],
    ['—', { state: 'NOT_ENTERED', token: '—' }],
    ['——', { state: 'NOT_ENTERED', token: '——' }],
    ['-', { state: 'NOT_ENTERED', token: '-' }],
    ['/', { state: 'NOT_ENTERED', token: '/' }],
    ['缺考', { state: 'ABSENT' }],
    ['缺　考', { state: 'ABSENT' }],
    ['违纪', { state: 'VIOLATION' }],
    ['作弊', { state: 'VIOLATION' }],
    ['合格', bad('TOKEN')],
    ['八十五', bad('TOKEN')],
    ['8 5', score('85')],
    ['85.', bad('TOKEN')],
    ['8,5', bad('TOKEN')],
    ['1e2', bad('TOKEN')],
    ['NaN', bad('TOKEN')],
    ['100.1', bad('RANGE')],
    ['101', bad('RANGE')],
    ['-5', bad('RANGE')],
    ['1000', bad('RANGE')],
    ['85.55', bad('DECIMALS')],
    ['9'.repeat(100_000), bad('TOKEN')],
  ])('%p', (text, expected) => {
    expect(parseScore(text)).toEqual(expected);
  });
});

describe('rows under a table', () => {
  test.each<[string[], boolean, boolean]>([
    [['合计', '', '320'], true, false],
    [['', '平均', '80'], true, false],
    [['平 均 分', '80'], true, false],
    [['总计：', '5'], true, false],
    [['合计5人'], true, false],
    [['制表人：张三', '', '审核人：李四'], false, true],
    [['', '', '审核人:', '李四'], false, true],
    [['制表人', '张三'], false, true],
    [['填表日期：2026年6月1日'], false, true],
    [['单位负责人签字：'], false, true],
    [['注：缺考按零分计'], false, true],
    [['（盖章）'], false, true],
    [['1', '张三', '85'], false, false],
    [['平均律', '11010119900307001X'], false, false],
    [['合计划', '85'], false, false],
    [['注册科', '张三', '85'], false, false],
    [['审核处', '张三'], false, false],
    [['', ''], false, false],
    [[], false, false],
  ])('%j', (texts, totals, signature) => {
    expect([isTotalsRow(texts), isSignatureRow(texts)]).toEqual([totals, signature]);
  });
});

test('no pattern is slow on a long text', () => {
  const attacks = [
    'a',
    ' ',
    '　',
    '张',
    '张 ',
    '1',
    '0',
    '.',
    '-',
    '=',
    '"',
    "'",
    '\u200b',
    '\n',
    '(',
    '制表',
    '合计 ',
  ].map((part) => part.repeat(100_000 / part.length));
  for (const attack of attacks) {
    for (const text of [attack, `张${attack}x`, `${attack}!`]) {
      const began = performance.now();
      normaliseText(text);
      parseDateCell(text);
      parseScore(text);
      isTotalsRow([text]);
      isSignatureRow([text]);
      looksLikeNumberedId({ kind: 'TEXT', text });
      expect(performance.now() - began).toBeLessThan(500);
    }
  }
});
