import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  FileRefused,
  readSpreadsheet,
  sampleSpreadsheet,
  type ReaderEvent,
  type ReadSpreadsheetOptions,
} from '../../src/infrastructure/files/index.js';
import { compileChild } from './support/compiled-child.js';
import { outcomeOf } from './support/outcome.js';
import { TempFiles } from './support/temp-files.js';
import { row, workbook } from './support/workbooks.js';

const files = new TempFiles();
const child = compileChild();
afterAll(async () => {
  await files.remove();
  await child.remove();
});

let path: string;
let long: string;
beforeAll(async () => {
  path = await files.write('a.xlsx', await workbook({ rows: row(1, ['姓名', '成绩']) + row(2, ['张三', '85']) }));
  const rows = Array.from({ length: 20_000 }, (_, n) => row(n + 1, [`row ${n}`, 'x'.repeat(80)])).join('');
  long = await files.write('long.xlsx', await workbook({ rows }));
});

/** A stand-in for the reading process that does something else. */
async function childThat(code: string): Promise<string> {
  const script = join(child.folder, `child-${Math.random().toString(36).slice(2)}.js`);
  await writeFile(script, code);
  return script;
}

async function refusalOf(file: string, options: Partial<ReadSpreadsheetOptions>): Promise<string> {
  try {
    for await (const event of readSpreadsheet(file, { fileName: 'a.xlsx', childModule: child.childModule, ...options }))
      void event;
    return 'READ';
  } catch (error) {
    return error instanceof FileRefused ? error.code : `not a refusal: ${String(error)}`;
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function goneSoon(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 250 && alive(pid); tries += 1) await pause(20);
  return !alive(pid);
}

describe('the reading process', () => {
  test('says the same as reading in this process', async () => {
    const told: ReaderEvent[][] = [];
    for (const childModule of [child.childModule, null]) {
      const events: ReaderEvent[] = [];
      for await (const event of readSpreadsheet(path, { fileName: 'a.xlsx', childModule })) events.push(event);
      told.push(events);
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]!.map(({ type }) => type)).toEqual(['sheets', 'layout', 'rows', 'end']);
  });

  test('hands over in batches of a thousand', async () => {
    const sizes: number[] = [];
    for await (const event of readSpreadsheet(long, { fileName: 'a.xlsx', childModule: child.childModule })) {
      if (event.type === 'rows') sizes.push(event.rows.length);
    }
    expect(sizes).toEqual(Array(20).fill(1000));
  });

  test('refuses with code, limit and place across the border', async () => {
    const twice = await files.write('b.xlsx', await workbook({ rows: row(1, ['a']) + row(1, ['b']) }));
    const options = { childModule: child.childModule };
    expect(await outcomeOf(twice, 'b.xlsx', options)).toEqual({ refused: 'DUPLICATE_ROW', at: 1 });
    expect(await outcomeOf(long, 'a.xlsx', { ...options, maxRows: 10 })).toEqual({
      refused: 'TOO_MANY_ROWS',
      limit: 10,
    });
    expect(await outcomeOf(await files.write('c.csv', 'a\n"b\n'), 'c.csv', options)).toEqual({
      refused: 'CSV_QUOTE',
      at: 2,
    });
  });

  test('takes a sample', async () => {
    const sample = await sampleSpreadsheet(long, { fileName: 'a.xlsx', childModule: child.childModule });
    expect(sample.sheets.map(({ name, rows }) => [name, rows.length])).toEqual([['Sheet1', 20]]);
  });

  test('a file that is not there', async () => {
    expect(await refusalOf(join(files.folder, 'nowhere.xlsx'), {})).toBe('READER_CRASHED');
  });

  test('has no environment, may not write, may not start processes', async () => {
    const marker = join(files.folder, 'written');
    const script = await childThat(`
      import { writeFileSync } from 'node:fs';
      import { spawnSync } from 'node:child_process';
      const attempt = (work) => { try { work(); return 'done'; } catch { return 'denied'; } };
      const found = [
        Object.keys(process.env).join(),
        attempt(() => writeFileSync(${JSON.stringify(marker)}, 'x')),
        attempt(() => { if (spawnSync('true').error) throw new Error(); }),
      ];
      console.log(JSON.stringify({ type: 'event', event: { type: 'layout', sheet: found.join('|'), hiddenColumns: [], merges: [] } }));
      console.log(JSON.stringify({ type: 'done' }));`);
    const events: ReaderEvent[] = [];
    for await (const event of readSpreadsheet(path, { fileName: 'a.xlsx', childModule: script })) events.push(event);
    expect(events).toMatchObject([{ sheet: '|denied|denied' }]);
    expect(existsSync(marker)).toBe(false);
  });
});

describe('when the child fails', () => {
  test.each<[string, string, string]>([
    ['it throws', 'throw new Error("110101199003070011");', 'READER_CRASHED'],
    ['it exits at once', 'process.exit(0);', 'READER_CRASHED'],
    ['it exits in the middle', `console.log('{"type":"rows","rows":[]}'); process.exit(3);`, 'READER_CRASHED'],
    ['it kills itself', `process.kill(process.pid, 'SIGKILL');`, 'READER_CRASHED'],
    ['it aborts', 'process.abort();', 'READER_CRASHED'],
    [
      'it runs out of memory',
      'const kept = []; for (;;) kept.push(new Array(100000).fill(kept.length + 0.5));',
      'READER_CRASHED',
    ],
    ['it talks nonsense', 'console.log("hello"); setInterval(() => undefined, 1000);', 'READER_CRASHED'],
    ['it talks half a line', 'process.stdout.write(\'{"type":"do\'); process.exit(0);', 'READER_CRASHED'],
    [
      'it never ends its line',
      'for (;;) if (!process.stdout.write("x".repeat(65536))) await new Promise((r) => process.stdout.once("drain", r));',
      'READER_CRASHED',
    ],
    [
      'it refuses with an unknown code',
      `console.log('{"type":"refused","refusal":{"code":"__proto__","location":null,"limit":null}}');`,
      'READER_CRASHED',
    ],
    ['it hangs', 'setInterval(() => undefined, 1000);', 'FILE_TIMEOUT'],
    ['it spins', 'for (;;);', 'FILE_TIMEOUT'],
  ])(
    '%s',
    async (_, code, expected) => {
      let pid = 0;
      const options = {
        childModule: await childThat(code),
        timeoutMs: expected === 'FILE_TIMEOUT' ? 400 : 20_000,
        maxHeapMegabytes: 64,
      };
      expect(await refusalOf(path, { ...options, onChild: (id) => (pid = id) })).toBe(expected);
      expect(await goneSoon(pid)).toBe(true);
    },
    30_000,
  );

  test('it does not exist', async () => {
    expect(await refusalOf(path, { childModule: join(child.folder, 'nothing.js') })).toBe('READER_CRASHED');
  });

  test('it is killed from outside while rows are flowing', async () => {
    let pid = 0;
    const read = async (): Promise<void> => {
      for await (const event of readSpreadsheet(long, {
        fileName: 'a.xlsx',
        childModule: child.childModule,
        onChild: (id) => (pid = id),
      })) {
        if (event.type === 'sheets') process.kill(pid, 'SIGKILL');
      }
    };
    await expect(read()).rejects.toMatchObject({ name: 'FileRefused', code: 'READER_CRASHED' });
  });

  test('it is out of memory on a real file', async () => {
    // Texts are kept outside the heap, so a heap this small is what fails.
    expect(await refusalOf(long, { maxHeapMegabytes: 4 })).toBe('READER_CRASHED');
  });
});

describe('when nobody wants to wait', () => {
  test('abort ends reading and child', async () => {
    for (const code of ['setInterval(() => undefined, 1000);', 'for (;;);']) {
      let pid = 0;
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 150);
      const options = { childModule: await childThat(code), signal: abort.signal, onChild: (id: number) => (pid = id) };
      expect(await refusalOf(path, options)).toBe('FILE_CANCELLED');
      expect(await goneSoon(pid)).toBe(true);
    }
  });

  test('a signal that was given before', async () => {
    expect(await refusalOf(path, { signal: AbortSignal.abort() })).toBe('FILE_CANCELLED');
    expect(await refusalOf(path, { signal: AbortSignal.abort(), childModule: null })).toBe('FILE_CANCELLED');
  });

  test('leaving the loop ends the child', async () => {
    let pid = 0;
    for await (const event of readSpreadsheet(long, {
      fileName: 'a.xlsx',
      childModule: child.childModule,
      onChild: (id) => (pid = id),
    })) {
      if (event.type === 'rows') break;
    }
    expect(await goneSoon(pid)).toBe(true);
  });

  test('a parent that is killed leaves no child behind', async () => {
    // Its input is a pipe that this test holds open, so that nothing but the death of its parent can end it.
    const pipe = join(files.folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const input = openSync(pipe, 'r+');
    const script = await childThat(`
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, [${JSON.stringify(child.childModule)}, String(process.pid)], { stdio: ['inherit', 'ignore', 'ignore'] });
      console.log(child.pid);
      setInterval(() => undefined, 1000);`);
    const parent = spawn(process.execPath, [script], { stdio: [input, 'pipe', 'ignore'] });
    const [line] = (await once(parent.stdout!, 'data')) as [Buffer];
    const pid = Number(line.toString());
    try {
      await pause(300);
      expect(alive(pid)).toBe(true);
      parent.kill('SIGKILL');
      expect(await goneSoon(pid)).toBe(true);
    } finally {
      if (alive(pid)) process.kill(pid, 'SIGKILL');
      closeSync(input);
    }
  });

  test('the time of the consumer does not count', async () => {
    let rows = 0;
    for await (const event of readSpreadsheet(long, {
      fileName: 'a.xlsx',
      childModule: child.childModule,
      timeoutMs: 5000,
    })) {
      if (event.type !== 'rows') continue;
      rows += event.rows.length;
      await pause(300);
    }
    expect(rows).toBe(20_000);
  }, 30_000);
});
