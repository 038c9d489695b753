import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { random } from '../../support/exam-sheets.js';
import type { House } from '../../support/house.js';
import { row as sheetRow, workbook } from '../../files/support/workbooks.js';
import { committed, openImports, sumOf, uploaded } from './support.js';

/** `npm run faults -- fuzz` takes 100,000 rows. */
const ROWS = Number(process.env['ROWS'] ?? 5000);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const ROWS_A_FILE = 50_000;
const HEADER = ['编号', '姓名', '身份证号', '联系电话', '类别', '成绩', '起始日期', '备注'];

let house: House;
beforeAll(async () => {
  house = await openImports();
}, 120_000);
afterAll(() => house.close());

// ---- what is thrown at it

const next = random(SEED);
const below = (n: number): number => Math.floor(next() * n);
const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkSign = (body: string): string =>
  '10X98765432'[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11]!;

function soundId(): string {
  const birth = new Date(Date.UTC(1950 + below(55), below(12), 1 + below(28))).toISOString().slice(0, 10);
  const body = `410105${birth.replaceAll('-', '')}${String(below(1000)).padStart(3, '0')}`;
  return body + checkSign(body);
}
const widen = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const changed = (text: string): string => {
  const at = below(text.length);
  return text.slice(0, at) + pick([...'0123456789Xx ']) + text.slice(at + 1);
};

const IDS: readonly (() => string)[] = [
  ...Array.from({ length: 6 }, () => soundId),
  () => changed(soundId()),
  () => soundId().toLowerCase(),
  () => widen(soundId()),
  () => soundId().replace(/(.{6})(.{8})/, pick(['$1 $2 ', '$1-$2-'])),
  () => ` ${soundId()}\u3000`,
  () => soundId().slice(0, 17),
  () => `${soundId()}1`,
  () => `${soundId().slice(0, 6)}${soundId().slice(8, 17)}`,
  () => `${soundId().slice(0, 15)}000`,
  () => '1.10101E+17',
  () => `'${soundId()}`,
  () => `\u200b${soundId()}`,
  () => `="${soundId()}"`,
  () => withBirth(pick(['20230229', '20260231', '19001301', '99991231', '00000000', '20270101'])),
  () => pick(['', ' ', '-1', '1e309', 'NaN', 'null', '=1+1', 'ABCDEFGHIJKLMNOPQR', '身份证号']),
];
function withBirth(birth: string): string {
  const body = `410105${birth}012`;
  return body + checkSign(body);
}

const NAMES: readonly (() => string)[] = [
  ...Array.from({ length: 6 }, () => () => pick(['张三', '李四', '欧阳娜娜', '阿依古丽·买买提', '㐆𠮷'])),
  () => '张 三',
  () => ' 李四 ',
  () => pick(['阿·里', '阿•里', '阿・里', '阿.里']),
  () => pick(['张\u202e三', '张\u200d三', '\ufeff张三']),
  () => pick(['张\u0007三', '张\u001b', '张\u0000三'.replace('\u0000', '\u0001')]),
  () => pick(['张\ue000', '张\ufffd']),
  () => pick(['😀', '张😀']),
  () => pick(['', ' ', '\u3000']),
  () => '长'.repeat(pick([99, 100, 201, 500])),
  () => pick(['Mary Jane', "O'Neil", '<b>张</b>', "'; DROP TABLE x; --", '=cmd', '@SUM', '+1', '-1']),
];

const SCORES: readonly (() => string)[] = [
  ...Array.from({ length: 5 }, () => () => String(below(1001) / 10)),
  () =>
    pick(['0', '-0', '100', '100.0', '085', '85分', '８５．５', '100.1', '101', '-1', '85.55', '1e2', 'NaN', '1e309']),
  () => pick(['缺考', '缺席', '违纪', '作弊', '-', '/', '—', '缺', '？', '无', '优']),
  () => pick(['', ' ', '8 5', '85,5', '85。5', '+85', '0.50', '000', '0100']),
];

const NUMBERS: readonly (() => string)[] = [
  ...Array.from({ length: 12 }, () => () => `N${below(10_000_000)}`),
  () => `N${below(30)}`,
  () => ' N77 ',
  () => pick(['', ' ', 'n1', 'Ｎ1', 'N\u200b1', '0001', 'N\u0001']),
];
const CATEGORIES: readonly (() => string)[] = [
  ...Array.from({ length: 4 }, () => () => pick(['好的', 'GOOD', '优', '一般', 'fair', ''])),
  () => pick(['好 的', '差', '=1+1', 'Ｇood']),
];
const REMARKS: readonly (() => string)[] = [
  ...Array.from({ length: 6 }, () => () => pick(['', 'x', '备注', '提醒'])),
  () => 'y'.repeat(pick([19, 20, 21, 10_000])),
  () => pick(['=1+1', '+1', '-1', '@A', '\t=1', "'=1", '\u202e反', '𠮷'.repeat(20), '𠮷'.repeat(21), 'a\u0008']),
];
const PHONES: readonly (() => string)[] = [
  () => '',
  () => '13800138000',
  () => pick(['138-0013-8000', 'x', '\ud83d\ude00']),
];

const fuzzedLine = (): string[] => [
  pick(NUMBERS)(),
  pick(NAMES)(),
  pick(IDS)(),
  pick(PHONES)(),
  pick(CATEGORIES)(),
  pick(SCORES)(),
  '',
  pick(REMARKS)(),
];

// ---- the independent validator: the columns as their room describes them, in words of its own

const INVISIBLE = new Set([
  ...'\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff',
]);
const isBlank = (sign: string): boolean => sign.trim() === '';

/** What a reader of the sheet sees: no invisible signs, no blanks at the ends, narrow letters. */
function seen(text: string): string {
  const bare = [...text].filter((sign) => !INVISIBLE.has(sign)).join('');
  const narrow = bare.trim().normalize('NFKC').trim();
  const unwrapped =
    narrow.startsWith('="') && narrow.endsWith('"') && !narrow.slice(2, -1).includes('"')
      ? narrow.slice(2, -1).trim()
      : narrow;
  return unwrapped.startsWith("'") && /\d/.test(unwrapped[1] ?? '') ? unwrapped.slice(1) : unwrapped;
}
function isLegible(text: string): boolean {
  return [...text].every((sign) => {
    const code = sign.codePointAt(0)!;
    const isControl =
      (code < 32 && ![9, 10, 11, 12, 13].includes(code)) || (code >= 127 && code < 160 && code !== 0x85);
    const isPrivate = (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000;
    return !isControl && !isPrivate && code !== 0xfffd;
  });
}
const fits = (text: string, longest: number): boolean => [...text].length <= longest;

function isId(text: string): boolean {
  const bare = [...text]
    .filter((sign) => !isBlank(sign) && sign !== '-')
    .join('')
    .toUpperCase();
  if (bare.length !== 18) return false;
  const digits = [...bare.slice(0, 17)];
  if (!digits.every((sign) => sign >= '0' && sign <= '9')) return false;
  const [year, month, day] = [bare.slice(6, 10), bare.slice(10, 12), bare.slice(12, 14)].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  const exists = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month > 0;
  return exists && date.getTime() <= Date.now() && checkSign(bare) === bare[17];
}

function isScore(text: string): boolean {
  const bare = [...text].filter((sign) => !isBlank(sign)).join('');
  if (bare === '' || ['缺考', '缺席', '未考', '旷考', '违纪', '作弊', '舞弊'].includes(bare)) return true;
  if ([...bare].every((sign) => '-/—–−─‐‑‒―'.includes(sign))) return true;
  const number = bare.endsWith('分') ? bare.slice(0, -1) : bare;
  const plain = number.startsWith('+') || number.startsWith('-') ? number.slice(1) : number;
  const [whole = '', decimals, more] = plain.split('.');
  const allDigits = (part: string): boolean => part !== '' && [...part].every((sign) => sign >= '0' && sign <= '9');
  if (more !== undefined || !allDigits(whole) || (decimals !== undefined && !allDigits(decimals))) return false;
  const tenths = Number(plain) * 10;
  if (number.startsWith('-') && tenths !== 0) return false;
  return tenths <= 1000 && Math.abs(tenths - Math.round(tenths)) < 1e-9;
}

/** True when the line may be taken for itself; two lines of one number are looked for besides. */
function accepts(line: readonly string[]): boolean {
  const cells = line.map(seen);
  if (!cells.every(isLegible)) return false;
  const [number = '', name = '', id = '', , category = '', score = '', , remark = ''] = cells;
  if (number === '' || name === '' || id === '') return false;
  if (!fits(number, 200) || !fits(name, 200) || !fits(category, 200) || !fits(score, 200) || !fits(remark, 20))
    return false;
  return isId(id) && isScore(score);
}

function acceptSet(lines: readonly (readonly string[])[], numberOf: (index: number) => number): Set<number> {
  const known = new Map<string, number>();
  for (const line of lines) {
    const number = seen(line[0]!);
    if (isLegible(number) && fits(number, 200)) known.set(number, (known.get(number) ?? 0) + 1);
  }
  return new Set(lines.flatMap((line, i) => (accepts(line) && known.get(seen(line[0]!)) === 1 ? [numberOf(i)] : [])));
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

interface FuzzedFile {
  readonly format: 'csv' | 'xlsx';
  readonly n: number;
}
// eslint-disable-next-line no-control-regex -- what XML can't hold becomes what a writer puts in its place
const NOT_IN_XML = /[\u0000-\u0008\u000b-\u001f]/g;

describe('fuzzed rows', () => {
  const files = Math.ceil(ROWS / ROWS_A_FILE);
  // The workbook takes a tenth: what differs is how cells are packed, and that has tests of its own.
  const all: readonly FuzzedFile[] = [
    ...Array.from({ length: files }, (_, n) => ({ format: 'csv', n }) as const),
    { format: 'xlsx', n: 0 },
  ];
  it.each(all)(
    'the rows that are taken are those that the independent validator takes ($format $n)',
    async ({ format }) => {
      const count = format === 'csv' ? Math.ceil(ROWS / files) : Math.ceil(ROWS / 10);
      const lines = Array.from({ length: count }, fuzzedLine);
      const content =
        format === 'csv'
          ? [HEADER, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('')
          : await workbook({
              rows: [HEADER, ...lines.map((line) => line.map((text) => text.replace(NOT_IN_XML, '\ufffd')))]
                .map((line, i) => sheetRow(i + 1, line))
                .join(''),
            });
      const wanted = acceptSet(lines, (i) => i + 2);
      const before = performance.now();
      const shown = await uploaded(house, content, {
        name: `fuzz.${format}`,
        parameters: { list: `${format}${SEED}` },
      });
      expect(shown.status).toBe('VALIDATED');
      const examined = await house.db.rows<{ row_no: number; state: string }>(
        'SELECT row_no, state FROM import_results WHERE import_id = ?',
        [shown.id],
      );
      const taken = new Set(
        examined.filter(({ state }) => ['VALID', 'WARNING'].includes(state)).map(({ row_no }) => row_no),
      );
      const differing = [
        ...[...wanted].filter((row) => !taken.has(row)).map((row) => ['refused, though sound', row] as const),
        ...[...taken].filter((row) => !wanted.has(row)).map((row) => ['taken, though faulty', row] as const),
      ];
      const seconds = (performance.now() - before) / 1000;
      process.stdout.write(
        `fuzz ${format}: ${count} rows, ${wanted.size} sound, ${differing.length} disagreements, ` +
          `${Math.round(count / seconds)} rows/s, seed ${SEED}\n`,
      );
      expect(differing.slice(0, 10).map(([how, row]) => [how, lines[row - 2]])).toEqual([]);
      // A line of nothing at all is no row of the sheet; every other one is accounted for.
      const empty = format === 'csv' ? lines.filter((line) => line.every((text) => text.trim() === '')).length : 0;
      expect(shown.counts['total']).toBe(count - empty);
      expect(sumOf(shown.counts)).toBe(shown.counts['total']);
      const done = await committed(house, shown.id);
      expect(sumOf(done.counts)).toBe(done.counts['total']);
      const written = ['created', 'updated', 'unchanged'].reduce((sum, state) => sum + (done.counts[state] ?? 0), 0);
      expect(written).toBe(wanted.size);
    },
    1_800_000,
  );
});
