import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { applyGrants } from '../../scripts/grants.mjs';
import { connectionParts } from '../../src/infrastructure/database/engine.js';
import type { Difference } from '../../checker/differences.js';
import { check } from '../../checker/run.js';
import { Source } from '../../checker/source.js';

const PROGRAM = join(import.meta.dirname, '../../dist/checker/main.js');

export interface Checked {
  readonly code: number | null;
  readonly differences: readonly Difference[];
  /** The table at the end. */
  readonly said: string;
}

/** The address of a database under the account that may only read, with exactly its rights. */
export async function checkerUrl(databaseUrl: string): Promise<string> {
  const named = process.env['TEST_DATABASE_CHECKER_URL'];
  if (!named) throw new Error('TEST_DATABASE_CHECKER_URL is needed: run the tests by npm test');
  const url = new URL(databaseUrl);
  const { user, password } = connectionParts(named);
  await applyGrants({
    adminUrl: databaseUrl,
    appUser: user,
    password,
    database: url.pathname.slice(1),
    role: 'checker',
  });
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.toString();
}

/** Runs the built program on a database, as its own process, and reads its lines. */
export async function runChecker(databaseUrl: string): Promise<Checked> {
  return runCheckerAs(await checkerUrl(databaseUrl));
}

export async function runCheckerAs(url: string): Promise<Checked> {
  const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM], {
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', DATABASE_CHECKER_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const differences: Difference[] = [];
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => differences.push(JSON.parse(line) as Difference));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, differences, said };
}

/** What the checker finds, without a process of its own. `now` for tests with a clock of theirs. */
export async function differencesIn(databaseUrl: string, now?: string): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  const source = await Source.open(await checkerUrl(databaseUrl));
  try {
    await check(source, (difference) => found.push(difference), now === undefined ? {} : { now });
  } finally {
    await source.close();
  }
  return found;
}
