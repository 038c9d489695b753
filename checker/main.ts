/**
 * `npm run check:certificates`: an independent check of every certificate, from the outside.
 *
 *   node dist/checker/main.js [--output FILE]     DATABASE_CHECKER_URL names the account, which may only read
 *
 * It shares no code with the product: what the law asks is written down here a second time. Each certificate is derived anew from
 * what is on record: the conditions on the day of issue, number, dates, content and digest, chain from old to new, moves against
 * state, audit entries, and the ledger of numbers without a gap. Differences go out as JSON lines (standard output, or a file), a
 * table goes to standard error. Ends with 0 when there is none, 1 when there are some, 2 when it could not check. It repairs nothing.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { SENTENCES, type Difference } from './differences.js';
import type { Outcome } from './run.js';
import { checkSideBySide } from './side-by-side.js';

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { output: { type: 'string' } } });
  const url = process.env['DATABASE_CHECKER_URL'];
  if (!url) throw new Error('DATABASE_CHECKER_URL is needed: the account that may only read (docs/operations.md)');
  const file: WriteStream | null =
    values.output === undefined ? null : createWriteStream(values.output, { mode: 0o600 });
  const out = file ?? process.stdout;
  const write = (difference: Difference): void => void out.write(`${JSON.stringify(difference)}\n`);
  const since = process.hrtime.bigint();
  try {
    const outcome = await checkSideBySide(url, write);
    const seconds = Number(process.hrtime.bigint() - since) / 1e9;
    process.stderr.write(table(outcome, seconds));
    return outcome.differences.size === 0 ? 0 : 1;
  } finally {
    if (file) {
      file.end();
      await once(file, 'close');
    }
  }
}

function table({ certificates, numbers, differences }: Outcome, seconds: number): string {
  const rows = [...differences]
    .sort(([, a], [, b]) => b - a)
    .map(([code, times]) => `${String(times).padStart(8)}  ${code.padEnd(32)} ${SENTENCES[code].join(' / ')}\n`);
  const total = [...differences.values()].reduce((sum, times) => sum + times, 0);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const speed = Math.round(certificates / seconds);
  return [
    ...rows,
    `${certificates} certificates, ${numbers} numbers: ${total} differences\n`,
    `共核对证件 ${certificates} 件、证号 ${numbers} 个，发现差异 ${total} 处\n`,
    `${seconds.toFixed(1)} s, ${speed} certificates/s, at most ${memory} MB\n`,
  ].join('');
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`nothing was checked / 未能核对: ${error instanceof Error ? error.message : 'failed'}\n`);
    process.exitCode = 2;
  },
);
