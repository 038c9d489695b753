/**
 * `npm run faults -- NAME`: the fault tests with the full figures, on private servers that are gone afterwards.
 *
 *   npm run faults -- races  [--races N]            1,000 races of each kind, as built and with the locks removed
 *   npm run faults -- import [--rows N] [--kills N] [--target worker|redis|database|all]
 *                                                   100,000 rows as GB18030 .csv and as .xlsx; each of the three is killed 20
 *                                                   times in each, and 5 times in a commit of all or nothing
 *   npm run faults -- fuzz   [--rows N]             100,000 fuzzed rows against an independent validator
 *   npm run faults -- notices [--reminders N] [--kills N]
 *                                                   1,000 reminders, the worker killed 10 times while it tells them
 *   npm run faults -- checker [--certificates N] [--faults N]
 *                                                   500 faults planted among 100,000 certificates, searched by the checker
 *   npm run faults -- issue [--issuers N] [--numbers N] [--kills N] [--workers N]
 *                                                   50 batches at once, 10,000 numbers in all, 4 workers killed 10 times
 *   npm run faults -- issue-once [--numbers N]      P7: one batch of 10,000 without kills, against inserting its rows once
 *   npm run faults -- bad-input                     every wrong and odd value in every field of every body
 *   npm run faults -- kill-points                   the database gone at every statement of issuing, suspending, revoking
 *   --seed N                                        repeats the kills and the files of an earlier run of import or fuzz
 *
 * They are the tests of `npm test`, run with more. What they count is printed line by line.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { explain, PlainError, ROOT } from './lib/common.mjs';

const FAULTS = {
  races: { spec: 'e2e/races', figures: { races: 1000 } },
  import: { spec: 'e2e/import-kills', figures: { rows: 100_000, kills: 20, target: 'all' } },
  fuzz: { spec: 'rooms/imports/fuzz', figures: { rows: 100_000 } },
  issue: { spec: 'e2e/issuing', figures: { issuers: 50, numbers: 10_000, kills: 10, workers: 4 } },
  'issue-once': { spec: 'e2e/issuing', figures: { issuers: 1, numbers: 10_000, kills: 0, workers: 1 } },
  'bad-input': { spec: 'rooms/edge/bad-input', figures: { shares: 1 } },
  'kill-points': { spec: 'rooms/certificates/kill-points', figures: { every: 1 } },
  notices: { spec: 'e2e/notice-kills', figures: { reminders: 1000, kills: 10 } },
  checker: { spec: 'e2e/checker', figures: { certificates: 100_000, faults: 500 } },
};

const TARGETS = ['worker', 'redis', 'database', 'all'];

function read() {
  const given = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      races: given,
      rows: given,
      kills: given,
      seed: given,
      target: given,
      certificates: given,
      faults: given,
      issuers: given,
      numbers: given,
      workers: given,
      every: given,
      reminders: given,
      shares: given,
    },
  });
  const [name] = positionals;
  const fault = FAULTS[name];
  if (!fault || positionals.length !== 1) {
    const known = Object.keys(FAULTS).join(', ');
    throw new PlainError(`请写明要运行的故障测试：${known}`, `Name one of the fault tests: ${known}`);
  }
  const figures = { ...fault.figures };
  for (const [key, text] of Object.entries(values)) {
    if (key !== 'seed' && !(key in figures)) {
      throw new PlainError(`${name} 没有参数 --${key}。`, `${name} has no option --${key}.`);
    }
    if (key === 'target') {
      if (!TARGETS.includes(text)) {
        throw new PlainError(`--target 应为 ${TARGETS.join('、')} 之一。`, `--target is one of ${TARGETS.join(', ')}.`);
      }
      figures.target = text;
      continue;
    }
    if (!/^[1-9]\d{0,6}$/.test(text)) {
      throw new PlainError(`--${key} 应为正整数：${text}`, `--${key} must be a positive whole number: ${text}`);
    }
    figures[key] = Number(text);
  }
  if (figures.rows % 2 === 1) figures.rows += 1;
  return { ...fault, figures };
}

function main() {
  const { spec, figures } = read();
  // The full figures are those of a disk.
  const env = { ...process.env, TEST_DATA_ON_DISK: '1' };
  for (const [key, value] of Object.entries(figures)) env[key.toUpperCase()] = String(value);
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', 'test.mjs'), spec], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.once('error', (error) => {
    console.error(explain(error));
    process.exitCode = 1;
  });
  child.once('exit', (code) => (process.exitCode = code ?? 1));
}

try {
  main();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 2;
}
