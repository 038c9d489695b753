/**
 * `npm run bench`: speed, memory and growth, each against a floor of the same run, on private servers that are gone afterwards.
 *
 *   npm run bench                     everything
 *   npm run bench -- P1 P4            only these
 *   --small                           P4 with 100,000 officers instead of 1,000,000
 *   --rounds N --seconds N            default 3 rounds of 10 s
 *   --rows N                          rows of an import, default 100,000
 *   --profile FOLDER                  CPU profiles of the measured processes
 *   --dist FOLDER                     measures another build than dist/, which is then not rebuilt
 *
 * The figures go to bench/results/<date>-<name>.json and into one table. DATABASE_SERVER names another server program.
 */
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { explain, PlainError, ROOT } from './lib/common.mjs';
import { checkNode, prepare, stopCommand } from './lib/prepare.mjs';

const WARM_UP = 3;

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    rows: { type: 'string', default: '100000' },
    profile: { type: 'string' },
    dist: { type: 'string' },
  },
});

const rows = Math.max(2, 2 * Math.floor(Number(given.rows) / 2));

const SIZES = {
  imports: { officers: 5_000, certificates: 6_000, rows },
  register: { officers: 100_000, certificates: 120_000 },
  few: { officers: 10_000, certificates: 12_000 },
  many: given.small ? { officers: 100_000, certificates: 120_000 } : { officers: 1_000_000, certificates: 1_200_000 },
};

let cleanUp = async () => {};

async function benchmarks() {
  const { p1, p2, p3 } = await import('../bench/checks.mjs');
  const { p4 } = await import('../bench/growth.mjs');
  const { p8 } = await import('../bench/cards.mjs');
  const { p10 } = await import('../bench/lists.mjs');
  const { p11, stopStarts } = await import('../bench/start-time.mjs');
  const { p13 } = await import('../bench/memory.mjs');
  const { p5, p6 } = await import('../bench/imports.mjs');
  const { p5duty } = await import('../bench/duty-meanwhile.mjs');
  const { p5refused } = await import('../bench/refused.mjs');
  const imports = { P5: p5, P5DUTY: p5duty, P5REFUSED: p5refused, P6: p6 };
  return { all: { P1: p1, P2: p2, P3: p3, P4: p4, ...imports, P8: p8, P10: p10, P11: p11, P13: p13 }, stopStarts };
}

async function main() {
  checkNode();
  const { rounds, seconds } = Object.fromEntries(
    ['rounds', 'seconds'].map((name) => [name, Math.max(1, Math.floor(Number(given[name])))]),
  );
  if (!Number.isFinite(rounds * seconds)) throw new PlainError('参数应为数字。', 'rounds and seconds must be numbers.');
  if (given.dist === undefined) await prepare((line) => console.log(line), { web: false });
  const { all, stopStarts } = await benchmarks();
  const names = positionals.length > 0 ? positionals.map((name) => name.toUpperCase()) : Object.keys(all);
  const unknown = names.filter((name) => !all[name]);
  if (unknown.length > 0) {
    const known = Object.keys(all).join(', ');
    throw new PlainError(`没有这些测量：${unknown.join('、')}（有 ${known}）`, `There is no ${unknown.join(', ')}.`);
  }

  const { stopLoad } = await import('../bench/lib/load.mjs');
  const { keep, machine, printTable } = await import('../bench/lib/report.mjs');
  const { openStage } = await import('../bench/lib/stage.mjs');
  const dist = path.resolve(given.dist ?? path.join(ROOT, 'dist'));
  const profile = given.profile === undefined ? undefined : path.resolve(given.profile);
  const stage = await openStage({ dist, profile, say: (line) => console.log(line) });
  cleanUp = async () => {
    stopLoad();
    await stopStarts();
    await stage.close();
  };
  const about = machine(stage.servers);
  const table = [];
  try {
    console.log(
      `${about.cpu}, ${about.cores} cores, ${about.memoryGb} GB, ${about.system}; node ${about.node}; ` +
        `${about.database}; load ${os.loadavg()[0].toFixed(1)}`,
    );
    for (const name of names) {
      console.log(`${name} …`);
      const since = Date.now();
      const loadBefore = os.loadavg()[0];
      const result = await all[name](stage, { sizes: SIZES, rounds, seconds, warmUp: WARM_UP });
      table.push(...result.rows);
      const file = keep(name, {
        name,
        at: new Date().toISOString(),
        tookSeconds: Math.round((Date.now() - since) / 1000),
        machine: { ...about, loadBefore },
        options: { rounds, seconds, connections: 50 },
        ...result,
      });
      console.log(`${name} done in ${((Date.now() - since) / 1000).toFixed(0)} s, ${file}`);
    }
  } catch (error) {
    for (const line of stage.faults()) console.error(line);
    throw error;
  } finally {
    if (table.length > 0) printTable(table);
    await cleanUp();
  }
}

for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.once(name, () => {
    stopCommand();
    void cleanUp()
      .catch(() => {})
      .then(() => process.exit(130));
  });
}

main().catch((error) => {
  console.error(explain(error));
  process.exitCode = 1;
});
