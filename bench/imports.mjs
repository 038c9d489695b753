/** P5, P6: an import of exam results from upload to COMPLETED, against reading its file once and inserting its rows once. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { sleep } from '../scripts/lib/common.mjs';
import { connect } from '../scripts/lib/external-servers.mjs';
import { fillCandidates, holdExam, writeSheet } from './lib/exam.mjs';
import { cpuSeconds, MemoryWatch } from './lib/memory-watch.mjs';
import { showSpread, spread } from './lib/report.mjs';

const ROWS_A_STATEMENT = 1000;
const LOOKS_EVERY = 25;
const MOST_MEGABYTES = 350;
const MOST_TIMES = 3;
const PAGES_ASKED = 10;
const GIVES_UP_AFTER = 900_000;

const run = promisify(execFile);
const candidatesOf = new WeakMap();

/** The people of a world, once. */
async function candidates(stage, world, count) {
  if (!candidatesOf.has(world)) candidatesOf.set(world, await fillCandidates(stage, world, count));
  return candidatesOf.get(world);
}

/** Reading in a process of its own, inserting over a connection of its own, a thousand rows a statement, all in one transaction. */
async function floorOf(world, exam, file) {
  const { stdout } = await run(process.execPath, [path.join(import.meta.dirname, 'lib', 'floor-reader.mjs'), file]);
  const reading = JSON.parse(stdout);
  const rows = exam.people.flatMap((one, n) =>
    exam.papers.map((paper) => [
      ...[exam.registration(n), paper, exam.id, one.id, 'SCORED', '60.5', 1, null],
      ...[new Date(), one.id, 1],
    ]),
  );
  const connection = await connect(world.ownerUrl, { timezone: 'Z' });
  const since = performance.now();
  await connection.beginTransaction();
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    await connection.query(
      `INSERT INTO exam_results (registration_id, paper_id, exam_id, officer_id, outcome, score, passed, import_id, recorded_at,
        recorded_by, version) VALUES ?`,
      [rows.slice(start, start + ROWS_A_STATEMENT)],
    );
  }
  await connection.commit();
  const inserting = performance.now() - since;
  await connection.end();
  return { reading: reading.ms, readingCpu: reading.cpu, inserting, ms: reading.ms + inserting };
}

export async function call(api, headers, method, where, body) {
  const isForm = body instanceof FormData;
  const response = await fetch(new URL(`/api/v1${where}`, api.url), {
    method,
    headers: { ...headers, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined || isForm ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status >= 300) throw new Error(`${method} ${where} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

/** Waits in the database: whoever watches by HTTP would be measured too. */
async function reached(connection, importId, wanted) {
  for (const until = Date.now() + GIVES_UP_AFTER; Date.now() < until; await sleep(LOOKS_EVERY)) {
    const [[{ status, problem_json }]] = await connection.query(
      'SELECT status, problem_json FROM imports WHERE id = ?',
      [importId],
    );
    if (status === wanted) return performance.now();
    if (['FAILED', 'NEEDS_MAPPING', 'PARTIALLY_COMPLETED', 'CANCELLED', 'COMPLETED'].includes(status)) {
      throw new Error(`the import is ${status}: ${problem_json}`);
    }
  }
  throw new Error(`the import is not ${wanted}`);
}

export async function upload(api, headers, examId, file) {
  const form = new FormData();
  form.set('kind', 'EXAM_RESULTS');
  form.set('parameters', JSON.stringify({ examId }));
  form.set('file', new Blob([fs.readFileSync(file)]), path.basename(file));
  return (await call(api, headers, 'POST', '/imports', form)).id;
}

/** From upload to COMPLETED, in ms by phase. */
export async function importOnce(world, api, headers, exam, file) {
  const connection = await connect(world.ownerUrl, { timezone: 'Z' });
  try {
    const since = performance.now();
    const importId = await upload(api, headers, exam.id, file);
    const uploaded = performance.now();
    const parsed = reachedParsing(connection, importId);
    const parsedAt = await parsed;
    const validated = await reached(connection, importId, 'VALIDATED');
    await call(api, headers, 'POST', `/imports/${importId}/commit`, { policy: 'VALID_ROWS_ONLY' });
    const completed = await reached(connection, importId, 'COMPLETED');
    const [[{ n }]] = await connection.query('SELECT COUNT(*) AS n FROM exam_results WHERE import_id = ?', [importId]);
    return {
      importId,
      rows: Number(n),
      upload: uploaded - since,
      parse: parsedAt - uploaded,
      validate: validated - parsedAt,
      commit: completed - validated,
      ms: completed - since,
    };
  } finally {
    await connection.end();
  }
}

/** The grid of a staged file: pages of a hundred rows at its begin and deep in it, all rows and those of one state; ms each. */
async function scroll(api, headers, importId, rows) {
  const deep = Buffer.from(String(Math.floor(rows * 0.9))).toString('base64url');
  const times = [];
  for (const query of ['', `&cursor=${deep}`, '&state=CREATED', `&state=CREATED&cursor=${deep}`]) {
    for (let asked = 0; asked < PAGES_ASKED; asked += 1) {
      const since = performance.now();
      const { items } = await call(api, headers, 'GET', `/imports/${importId}/rows?limit=100${query}`);
      if (items.length !== 100) throw new Error(`a page has ${items.length} rows`);
      times.push(performance.now() - since);
    }
  }
  return times;
}

async function reachedParsing(connection, importId) {
  for (const until = Date.now() + GIVES_UP_AFTER; Date.now() < until; await sleep(LOOKS_EVERY)) {
    const [[{ status }]] = await connection.query('SELECT status FROM imports WHERE id = ?', [importId]);
    if (!['RECEIVED', 'PARSING'].includes(status)) return performance.now();
  }
  throw new Error('the import is not read');
}

export async function openImports(stage, sizes) {
  const world = await stage.world(sizes.imports);
  const people = await candidates(stage, world, sizes.imports.rows / 2);
  return { world, people, headers: await stage.signIn({ ...world, accountId: people.accountId }) };
}

const importBench =
  (id, format) =>
  async (stage, { sizes, rounds }) => {
    const { world, people, headers } = await openImports(stage, sizes);
    const figures = [];
    for (let round = 0; round < rounds; round += 1) {
      const [floorExam, exam] = [await holdExam(world, people), await holdExam(world, people)];
      const file = await writeSheet(stage, exam, format);
      const [api, worker] = [await stage.api(world), await stage.worker(world)];
      const memory = new MemoryWatch({ worker: worker.pid, api: api.pid });
      try {
        const database = stage.servers.pids[stage.servers.database.flavour];
        const processor = () => ({ worker: cpuSeconds(worker.pid), database: cpuSeconds(database) });
        const idle = processor();
        const floor = await floorOf(world, floorExam, file);
        const before = processor();
        const measured = await importOnce(world, api, headers, exam, file);
        const after = processor();
        const pages = await scroll(api, headers, measured.importId, measured.rows);
        floor.cpu = { reading: floor.readingCpu, database: before.database - idle.database };
        measured.cpu = { worker: after.worker - before.worker, database: after.database - before.database };
        if (measured.rows !== sizes.imports.rows) throw new Error(`${measured.rows} rows arrived`);
        figures.push({ floor, measured, pages, megabytes: memory.stop(), fileBytes: fs.statSync(file).size });
        stage.say(
          `${id} ${format}: floor ${Math.round(floor.reading)} + ${Math.round(floor.inserting)} ms; upload ${Math.round(measured.upload)}, ` +
            `read ${Math.round(measured.parse)}, validate ${Math.round(measured.validate)}, commit ${Math.round(measured.commit)}, ` +
            `all ${Math.round(measured.ms)} ms (${(measured.ms / floor.ms).toFixed(2)} ×); ${JSON.stringify(figures.at(-1).megabytes)} MB; ` +
            `processor: worker ${measured.cpu.worker.toFixed(1)}, database ${measured.cpu.database.toFixed(1)} s (floor ${floor.cpu.reading.toFixed(1)}, ${floor.cpu.database.toFixed(1)})`,
        );
      } finally {
        memory.stop();
        await Promise.all([api.stop(), worker.stop()]);
      }
    }
    const of = (pick) => spread(figures.map(pick));
    const ratio = of(({ measured, floor }) => measured.ms / floor.ms);
    const [worker, reader] = [of(({ megabytes }) => megabytes.worker), of(({ megabytes }) => megabytes.children)];
    const rows = sizes.imports.rows.toLocaleString('en');
    return {
      sizes: sizes.imports,
      rounds: figures,
      rows: [
        {
          id,
          what: `import of ${rows} results, ${format === 'csv' ? 'GB18030 .csv' : '.xlsx'}, upload to COMPLETED, s`,
          measured: showSpread(of(({ measured }) => measured.ms / 1000)),
          floor: `${showSpread(of(({ floor }) => floor.ms / 1000))} read once + insert once`,
          ratio: ratio.median,
          goal: `≤ ${MOST_TIMES} ×`,
          met: ratio.median <= MOST_TIMES,
        },
        {
          id,
          what: `a page of 100 of the ${rows} staged rows, begin and deep, all and of one state, slowest ms of a round`,
          measured: showSpread(of(({ pages }) => Math.max(...pages))),
          floor: '',
          goal: '≤ 300 ms',
          met: of(({ pages }) => Math.max(...pages)).max <= 300,
        },
        {
          id,
          what: `peak memory of the worker, MB (its reading child ${showSpread(reader)})`,
          measured: showSpread(worker),
          floor: '',
          goal: `≤ ${MOST_MEGABYTES}`,
          met: worker.max <= MOST_MEGABYTES,
        },
      ],
    };
  };

export const p5 = importBench('P5', 'xlsx');
export const p6 = importBench('P6', 'csv');
