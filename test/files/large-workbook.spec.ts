import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { readSpreadsheet, writeWorkbook } from '../../src/infrastructure/files/index.js';
import { compileChild } from './support/compiled-child.js';
import { TempFiles } from './support/temp-files.js';

const files = new TempFiles();
const child = compileChild();
const ROWS = 100_000;
const idOf = (row: number): string => `1101011990${String(row).padStart(7, '0')}X`;
const valuesOf = (row: number): string[] => [
  String(row),
  `准考证${100_000 + row}`,
  `张三${row}`,
  idOf(row),
  `某某区城市管理综合行政执法局${row % 50}`,
  row % 2 ? '公共' : '专业',
  String(row % 101),
  row % 97 === 0 ? '缺考' : '',
];
const HEADER = ['序号', '准考证号', '姓名', '身份证号', '单位', '科目', '成绩', '备注'];

function* rows(): Generator<string[]> {
  for (let row = 1; row <= ROWS; row += 1) yield valuesOf(row);
}

/** VmHWM: the most memory the process has held at any time. */
function peakMegabytes(pid: number): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(line?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

let path: string;
beforeAll(async () => {
  path = files.path('large.xlsx');
  const before = process.memoryUsage.rss();
  let peak = before;
  const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const began = performance.now();
  await writeWorkbook(path, {
    sheets: [{ name: '成绩', columns: HEADER.map((header) => ({ header, text: true })), rows: rows() }],
  });
  clearInterval(watching);
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
  console.log(
    `written: ${ROWS} x 8 in ${Math.round(performance.now() - began)} ms, file ${megabytes(statSync(path).size)} MB, ` +
      `memory +${megabytes(peak - before)} MB`,
  );
}, 120_000);

afterAll(async () => {
  await files.remove();
  await child.remove();
});

test('100,000 rows come out of the child as they went in', async () => {
  let pid = 0;
  let peak = 0;
  let next = 0;
  const began = performance.now();
  for await (const event of readSpreadsheet(path, {
    fileName: 'large.xlsx',
    childModule: child.childModule,
    onChild: (id) => (pid = id),
  })) {
    peak = Math.max(peak, peakMegabytes(pid));
    if (event.type !== 'rows') continue;
    for (const row of event.rows) {
      const expected = next === 0 ? HEADER : valuesOf(next);
      const texts = row.cells.map(({ text }) => text);
      if (row.rowNumber !== next + 1 || texts.join('|') !== expected.filter((text) => text !== '').join('|')) {
        throw new Error(`row ${row.rowNumber} differs`);
      }
      next += 1;
    }
  }
  console.log(`read through the child: ${Math.round(performance.now() - began)} ms, child peak ${peak} MB`);
  expect(next).toBe(ROWS + 1);
}, 120_000);

test('a slow consumer holds the child back instead of filling memory', async () => {
  let pid = 0;
  const before = process.memoryUsage.rss();
  const events = readSpreadsheet(path, {
    fileName: 'large.xlsx',
    childModule: child.childModule,
    timeoutMs: 20_000,
    onChild: (id) => (pid = id),
  });
  for (let count = 0; count < 4; count += 1) {
    await events.next();
    await pause(150);
  }
  console.log(
    `slow consumer: child peak ${peakMegabytes(pid)} MB, parent +${Math.round((process.memoryUsage.rss() - before) / 1048576)} MB`,
  );
  await events.return(undefined);
  await pause(50);
  expect(peakMegabytes(pid)).toBe(0);
}, 60_000);
