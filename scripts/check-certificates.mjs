/**
 * `npm run check:certificates`: derives every certificate anew and reports differences (checker/main.ts).
 *
 *   npm run check:certificates                     the private servers of the data folder, while they run
 *   DATABASE_CHECKER_URL=… npm run …               any other database
 *   npm run check:certificates -- --output FILE    JSON lines into a file
 *
 * Ends with 0 when there is no difference, 1 when there are some, 2 when it could not check.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { explain, PlainError, readJson, ROOT } from './lib/common.mjs';
import { databaseUrls } from './lib/private-database.mjs';

const PROGRAM = path.join(ROOT, 'dist', 'checker', 'main.js');

/** The account that only reads, on the private server of the data folder. */
function privateUrl() {
  const dataDir = path.resolve(process.env.DATA_DIR ?? path.join(ROOT, '.data'));
  const secrets = readJson(path.join(dataDir, 'secrets.json'));
  const port = ['mariadb', 'mysql']
    .map((name) => path.join(dataDir, name, 'port'))
    .filter((file) => fs.existsSync(file))
    .map((file) => fs.readFileSync(file, 'utf8').trim())[0];
  if (secrets?.databaseChecker && port) return databaseUrls(port, secrets).checkerUrl;
  throw new PlainError(
    '请用 DATABASE_CHECKER_URL 写明只读账号，或先运行 npm start。',
    'Name the account that only reads in DATABASE_CHECKER_URL, or run npm start first.',
  );
}

try {
  if (!fs.existsSync(PROGRAM)) throw new PlainError('请先运行 npm run build。', 'Run npm run build first.');
  const env = { PATH: process.env.PATH ?? '', TZ: 'UTC' };
  env.DATABASE_CHECKER_URL = process.env.DATABASE_CHECKER_URL || privateUrl();
  const args = ['--enable-source-maps', PROGRAM, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.once('exit', (code) => (process.exitCode = code ?? 2));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 2;
}
