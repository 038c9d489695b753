import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyGrants } from '../../scripts/grants.mjs';
import { connectionParts } from '../../src/infrastructure/database/engine.js';
import { allocate, approve, qualifiedOfficers } from '../support/certified-world.js';
import { runChecker } from '../support/checker.js';
import { openHouse, type House } from '../support/house.js';
import { eventually } from '../support/product.js';

/**
 * Many batches at once, several workers that issue them, and workers that are killed without warning. Compared by SQL of its own.
 * `npm run faults -- issue` runs it with more.
 */
const ISSUERS = Number(process.env['ISSUERS'] ?? 12);
const NUMBERS = Number(process.env['NUMBERS'] ?? 600);
const KILLS = Number(process.env['KILLS'] ?? 3);
const WORKERS = Number(process.env['WORKERS'] ?? 2);
const WORKER = join(import.meta.dirname, '../../dist/src/worker.js');
const DAY = 86_400_000;
const AT_ONCE = 500;

let house: House;
const workers: (ChildProcess | null)[] = [];
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  house = await openHouse();
  await allocate(house);
  const app = process.env['TEST_DATABASE_APP_URL'] ?? '';
  const { user, password } = connectionParts(app);
  const database = new URL(house.databaseUrl).pathname.slice(1);
  await applyGrants({ adminUrl: house.databaseUrl, appUser: user, password, database });
  const url = new URL(app);
  url.pathname = `/${database}`;
  environment = {
    ...process.env,
    NODE_ENV: 'development',
    DATABASE_URL: url.toString(),
    LOG_LEVEL: 'error',
    TZ: 'UTC',
  };
});
afterAll(async () => {
  for (const worker of workers) worker?.kill('SIGKILL');
  await house?.close();
});

async function startWorker(place: number): Promise<void> {
  const child = spawn(process.execPath, [WORKER], { env: environment, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  workers[place] = child;
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  const ready = await Promise.race([once(child, 'message').then(() => true), once(child, 'exit').then(() => false)]);
  if (!ready) throw new Error(`a worker did not start: ${said}`);
}

const count = async (sql: string): Promise<number> =>
  Number((await house.db.row<{ n: string | number }>(sql))?.n ?? Number.NaN);

/** P7: the rows that were issued, written once more into an empty table of the same form, in the parts of the application. */
async function secondsOfInserting(): Promise<number> {
  const rows = await house.db.rows<Record<string, string | number | Date | null>>('SELECT * FROM certificates');
  await house.uow.run(() => house.db.execute('CREATE TABLE floor_of_certificates LIKE certificates'));
  const since = performance.now();
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await house.uow.run(() => house.db.insert('floor_of_certificates', rows.slice(from, from + AT_ONCE)));
  const seconds = (performance.now() - since) / 1000;
  expect(await count('SELECT COUNT(*) AS n FROM floor_of_certificates')).toBe(NUMBERS);
  await house.uow.run(() => house.db.execute('DROP TABLE floor_of_certificates'));
  return seconds;
}

describe('parallel issuing with kills', () => {
  it(`${ISSUERS} batches, ${NUMBERS} numbers, ${KILLS} kills: no number twice, no gap without its row`, async () => {
    const learned = new Date(Date.now() - 60 * DAY);
    const officers = await qualifiedOfficers(house, Array<string>(NUMBERS).fill(house.unit), learned);
    const applications = await approve(house, null, officers, house.unit);
    const each = Math.ceil(NUMBERS / ISSUERS);
    const validFrom = new Date(Date.now() + 10 * DAY).toISOString().slice(0, 10);
    const batches = Array.from({ length: ISSUERS }, (_, i) => applications.slice(i * each, (i + 1) * each));
    await Promise.all(Array.from({ length: WORKERS }, (_, i) => startWorker(i)));
    const since = Date.now();
    const opened = await Promise.all(
      batches
        .filter((ids) => ids.length > 0)
        .map((applicationIds) => house.as('approver').post('/certificate-batches', { applicationIds, validFrom })),
    );
    expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([202]));
    let kills = 0;
    const progress = (): Promise<number> =>
      count(`SELECT COUNT(*) AS n FROM certificate_numbers WHERE state = 'ISSUED'`);
    // A kill each time another share is issued; the worker that holds a batch then dies in the middle of it.
    while (kills < KILLS) {
      const due = Math.floor((NUMBERS * kills) / (KILLS + 1));
      const done = await eventually(progress, (issued) => issued > due || issued >= NUMBERS, 600_000);
      if (done >= NUMBERS) break;
      const place = kills % WORKERS;
      const dead = workers[place];
      if (dead) {
        const gone = once(dead, 'exit');
        dead.kill('SIGKILL');
        await gone;
      }
      kills += 1;
      await startWorker(place);
    }
    const open = (): Promise<number> => count(`SELECT COUNT(*) AS n FROM certificate_batches WHERE status = 'ISSUING'`);
    await eventually(open, (left) => left === 0, 600_000);
    const seconds = (Date.now() - since) / 1000;
    const found = {
      certificates: await count('SELECT COUNT(*) AS n FROM certificates'),
      valid: await count(`SELECT COUNT(*) AS n FROM certificate_states WHERE status = 'VALID'`),
      distinct: await count('SELECT COUNT(DISTINCT number) AS n FROM certificates'),
      ledger: await count('SELECT COUNT(*) AS n FROM certificate_numbers'),
      unexplained: await count(
        `SELECT COUNT(*) AS n FROM certificate_numbers WHERE state = 'RESERVED' OR (state = 'VOID' AND reason IS NULL)`,
      ),
      // Every serial below the counter has its row: 16, eight digits, a check digit.
      gaps: await count(
        `SELECT (SELECT next_serial - 1 FROM certificate_number_counters) - COUNT(DISTINCT SUBSTRING(number, 3, 8)) AS n
           FROM certificate_numbers`,
      ),
      refused: await count(`SELECT COUNT(*) AS n FROM certificate_batch_items WHERE status <> 'ISSUED'`),
    };
    process.stdout.write(
      `issue: ${opened.length} batches, ${NUMBERS} numbers, ${kills} kills in ${seconds.toFixed(1)} s: ${JSON.stringify(found)}\n`,
    );
    if (KILLS === 0) {
      const floor = await secondsOfInserting();
      process.stdout.write(
        `P7: ${seconds.toFixed(2)} s against ${floor.toFixed(2)} s: ${(seconds / floor).toFixed(1)} times\n`,
      );
    }
    expect(kills).toBe(KILLS);
    expect(found).toEqual({
      certificates: NUMBERS,
      valid: NUMBERS,
      distinct: NUMBERS,
      ledger: NUMBERS,
      unexplained: 0,
      gaps: 0,
      refused: 0,
    });
    const { code, differences } = await runChecker(house.databaseUrl);
    expect({ code, differences }).toEqual({ code: 0, differences: [] });
  }, 3_600_000);
});
