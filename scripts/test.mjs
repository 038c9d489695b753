/**
 * `npm test`: packages, build, style, types and all tests, on private servers that are gone afterwards.
 *
 *   npm test                     everything
 *   npm test -- duty -t recall   only tests: arguments of jest
 *
 * TEST_DATABASE_URL and TEST_REDIS_URL point the tests at other servers. TEST_BOTH=1 runs the tests that need a database
 * once more on TEST_MYSQL_URL. What the tests write lies in memory where there is plenty of it, and on the disk with
 * TEST_DATA_ON_DISK=1. The last line is `N passed, N failed` and, when there are any, `, N skipped`.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import path from 'node:path';
import {
  explain,
  isAlive,
  lockHolder,
  newPassword,
  PlainError,
  privateFolder,
  readJson,
  ROOT,
  sleep,
} from './lib/common.mjs';
import { findChromium } from './lib/chromium.mjs';
import { checkNode, hasWeb, npm, prepare, run, stopCommand, WEB } from './lib/prepare.mjs';

const PURE = ['rules', 'architecture', 'files'];
const WITH_SERVERS = ['rooms', 'e2e', 'web'];
/** These start the built product: two at once keep two cores busy, more would only wait for each other. */
const WITH_PRODUCT = { e2e: ['--maxWorkers', '2'], web: ['--maxWorkers', '2'] };
const LINGERS_AT_MOST = 30_000;
/** What is written here waits for no disk. It outlives every process that may be killed, which is all that the tests kill. */
const MEMORY = '/dev/shm';
const PLENTY = 8 * 2 ** 30;
/** Jest would leave one core of two idle, and a test that asks the servers waits half of its time anyway. */
const WORKERS = availableParallelism() > 2 ? [] : ['--maxWorkers', '2'];

const say = (line) => console.log(line);
const tool = (...parts) => path.join(ROOT, 'node_modules', ...parts);
const totals = { passed: 0, failed: 0, skipped: 0 };
const broken = [];

// ---- steps

/** Every step runs, whatever happened to the one before; what failed is listed at the end. */
async function step(title, work) {
  const since = Date.now();
  const seconds = () => `${((Date.now() - since) / 1000).toFixed(1)} s`;
  try {
    await work();
    say(`ok      ${title} (${seconds()})`);
    return true;
  } catch (error) {
    say(explain(error));
    say(`FAILED  ${title} (${seconds()})`);
    broken.push(title);
    return false;
  }
}

const check = (title, script, ...args) =>
  step(title, () => run(process.execPath, [tool(...script), ...args], { title })).then((good) => {
    if (!good) totals.failed += 1;
  });

// ---- filters

const WITH_VALUE = new Set(['-t', '--testNamePattern', '-w', '--maxWorkers', '--seed', '--shard', '--testTimeout']);

function specFiles(project) {
  const folder = path.join(ROOT, 'test', project);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => path.join(folder, name));
}

/** The projects in which these arguments of jest can find a file. */
function projectsFor(args) {
  const patterns = args.filter((arg, at) => !arg.startsWith('-') && !WITH_VALUE.has(args[at - 1]));
  const all = [...PURE, ...WITH_SERVERS].filter((project) => specFiles(project).length > 0);
  if (patterns.length === 0) return all;
  const found = all.filter((project) =>
    specFiles(project).some((file) => patterns.some((pattern) => new RegExp(pattern, 'i').test(file))),
  );
  return found.length > 0 ? found : all;
}

// ---- jest

let resultNumber = 0;
let child;

function jest({ title, projects, args, env, folder, strict, workers = WORKERS }) {
  const output = path.join(folder, `result-${(resultNumber += 1)}.json`);
  const command = [
    ...['--experimental-vm-modules', '--no-warnings', tool('jest', 'bin', 'jest.js')],
    ...['--selectProjects', ...projects, '--outputFile', output],
    ...(args.some((arg) => /^(-w|-i|--maxWorkers|--runInBand)/.test(arg)) ? [] : workers),
    ...['--passWithNoTests', '--json', '--ci'],
    ...args,
  ];
  return step(title, async () => {
    const how = await runJest(command, env, output);
    count(readJson(output), how, strict);
  });
}

/** Jest waits for handles that a test left open. It has some seconds after its last result, then it is ended and has failed. */
async function runJest(command, env, output) {
  child = spawn(process.execPath, command, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
  let ending;
  child.once('error', (error) => (ending = { why: error.message }));
  child.once('exit', (code, signal) => (ending = { code, why: signal ?? `exit code ${code}` }));
  for (let since; ending === undefined; await sleep(50)) {
    if (since === undefined && fs.existsSync(output)) since = Date.now();
    if (since !== undefined && Date.now() - since > LINGERS_AT_MOST) {
      child.kill('SIGKILL');
      return { why: 'the tests are through, but jest does not end: a test leaves something open' };
    }
  }
  return ending;
}

function count(result, how, strict) {
  if (!result) {
    totals.failed += 1;
    throw new PlainError('测试没有给出结果。', `The tests gave no result: ${how.why}.`);
  }
  const skipped = result.numPendingTests + result.numTodoTests;
  totals.passed += result.numPassedTests;
  totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  totals.skipped += skipped;
  if (result.numFailedTests + result.numRuntimeErrorTestSuites > 0) {
    throw new PlainError('有测试失败。', 'There are failing tests.');
  }
  if (how.code !== 0) {
    totals.failed += 1;
    throw new PlainError('测试异常结束。', `The tests ended badly: ${how.why}.`);
  }
  if (strict && skipped > 0) throw new PlainError('有测试被跳过。', 'There are skipped tests.');
}

// ---- web

/** Without a browser the journeys can't run: said loudly, and a failure where the result counts (CI). */
function withBrowser(projects, env) {
  if (!projects.includes('web')) return projects;
  const browser = findChromium((line) => say(`        ${line}`));
  if (browser) {
    env.CHROMIUM_PATH = browser;
    return projects;
  }
  say('');
  say('NOT RUN: the journeys through the pages (test/web): there is no Chromium here and it could not be installed.');
  say('未运行：页面全程测试（test/web）——本机没有 Chromium，也无法自动安装。');
  say('Install it (apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.');
  say('');
  broken.push('tests of web: no browser');
  if (process.env.CI) totals.failed += 1;
  return projects.filter((project) => project !== 'web');
}

async function webTests(folder) {
  if (!hasWeb()) return;
  const { scripts = {} } = readJson(path.join(WEB, 'package.json'));
  const looks = ['lint', 'typecheck'].filter((name) => scripts[name]);
  await Promise.all(
    looks.map(async (name) => {
      const title = `web ${name}`;
      if (!(await step(title, () => npm(['run', name], { cwd: WEB, title })))) totals.failed += 1;
    }),
  );
  if (!scripts.test) return;
  const output = path.join(folder, 'result-web.json');
  const report = /vitest/.test(scripts.test)
    ? ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`]
    : ['--', '--json', `--outputFile=${output}`];
  await step('tests of web', async () => {
    let problem;
    try {
      await npm(['test', ...report], { cwd: WEB, title: 'npm test (web)', show: true });
    } catch (error) {
      problem = error;
    }
    const result = readJson(output);
    if (result) {
      const { numPendingTests = 0, numTodoTests = 0 } = result;
      // Vitest counts a file that could not be loaded as a failed suite without a failed test.
      const lost = (result.testResults ?? []).filter(
        (file) => file.status === 'failed' && file.assertionResults.length === 0,
      );
      const adapted = { ...result, numPendingTests, numTodoTests, numRuntimeErrorTestSuites: lost.length };
      return count(adapted, { code: problem ? 1 : 0, why: problem?.message }, true);
    }
    return count(undefined, { why: problem?.message ?? 'no report was written' });
  });
}

// ---- servers

const DISK = path.join(ROOT, '.data');

function isPlentyOfMemory() {
  try {
    fs.accessSync(MEMORY, fs.constants.W_OK);
    const { bavail, bsize } = fs.statfsSync(MEMORY);
    return Math.min(bavail * bsize, freemem()) >= PLENTY;
  } catch {
    return false;
  }
}

/** A folder of this run, with a place for the temporary files of its tests. */
function folderOfRun(env) {
  if (process.env.TEST_DATA_ON_DISK === '1' || !isPlentyOfMemory())
    return fs.mkdtempSync(path.join(privateFolder(DISK), `test-${process.pid}-`));
  const made = fs.mkdtempSync(path.join(MEMORY, `chizheng-test-${process.pid}-`));
  env.TMPDIR = privateFolder(path.join(made, 'tmp'));
  return made;
}

/** Folders of runs that were killed, with servers that may still run. */
async function removeLeftovers(stopLeftovers) {
  for (const parent of [privateFolder(DISK), MEMORY].filter((one) => fs.existsSync(one))) {
    for (const name of fs.readdirSync(parent)) {
      const owner = /^(?:chizheng-)?test-(\d+)-/.exec(name)?.[1];
      if (!owner || isAlive(Number(owner))) continue;
      const left = path.join(parent, name);
      if (fs.lstatSync(left).uid !== process.getuid?.()) continue;
      const folder = fs.realpathSync(left);
      if (lockHolder(path.join(folder, 'lock')) !== undefined) continue;
      await stopLeftovers(folder);
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** No address of a real system reaches a test. */
function cleanEnvironment() {
  const env = { ...process.env, TZ: 'UTC' };
  for (const name of [
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'DATABASE_CHECKER_URL',
    'REDIS_URL',
    'KEY_FILE',
    'DATA_DIR',
    'DEMO',
    'DEMO_PASSWORD',
  ]) {
    delete env[name];
  }
  return env;
}

/** An account of this run on a server that is not ours; the tests make it with applyGrants. */
function ownAccount(adminUrl, role = 'test') {
  const url = new URL(adminUrl);
  url.username = `chizheng_${role}_${process.pid}`;
  url.password = newPassword();
  return url.href;
}

async function onOutside(adminUrl, sql) {
  const { connect } = await import('./lib/external-servers.mjs');
  const connection = await connect(adminUrl, { database: undefined });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

const dropAccount = (adminUrl, appUrl) => onOutside(adminUrl, `DROP USER IF EXISTS '${new URL(appUrl).username}'@'%'`);
const dropDatabase = (adminUrl, name) => onOutside(adminUrl, `DROP DATABASE IF EXISTS ${name}`);

const databaseEnvironment = (adminUrl, appUrl, checkerUrl) => ({
  TEST_DATABASE_URL: adminUrl,
  TEST_DATABASE_APP_URL: appUrl,
  TEST_DATABASE_CHECKER_URL: checkerUrl,
});

async function testsWithServers({ args, projects, folder, env, strict, startServers }) {
  const { TEST_DATABASE_URL: databaseUrl, TEST_REDIS_URL: redisUrl } = process.env;
  const outside = [];
  const originals = [];
  let servers;
  try {
    const started = await step('servers', async () => {
      const log = (line) => say(line);
      servers = await startServers({ dataDir: folder, databaseUrl, redisUrl, log, enter: false });
      say(`        ${servers.database.flavour} ${servers.database.version} (${servers.database.kind})`);
    });
    if (!started) {
      totals.failed += 1;
      return;
    }
    shutDown = () => servers.stop();
    const runOn = async (where, database) => {
      // The demonstration data is loaded into it once, for all products that this run starts on this server.
      const original = `chizheng_test_original_${process.pid}_${originals.length}`;
      originals.push([database.TEST_DATABASE_URL, original]);
      for (const project of projects) {
        const title = `tests of ${project}${where}`;
        const own = {
          ...env,
          ...database,
          TEST_ORIGINAL_DATABASE: original,
          TEST_REDIS_URL: redis.adminUrl ?? redis.url,
          TEST_REDIS_APP_URL: redis.url,
        };
        await jest({
          title,
          projects: [project],
          args,
          env: own,
          folder,
          strict,
          workers: WITH_PRODUCT[project],
        });
      }
    };
    const { database, redis } = servers;
    const appUrl = databaseUrl ? ownAccount(databaseUrl) : database.appUrl;
    const checkerUrl = databaseUrl ? ownAccount(databaseUrl, 'check') : database.checkerUrl;
    if (databaseUrl) outside.push([databaseUrl, appUrl], [databaseUrl, checkerUrl]);
    await runOn('', databaseEnvironment(database.adminUrl, appUrl, checkerUrl));
    if (process.env.TEST_BOTH === '1') {
      const second = process.env.TEST_MYSQL_URL;
      if (!second) throw new PlainError('TEST_BOTH=1 需要 TEST_MYSQL_URL。', 'TEST_BOTH=1 needs TEST_MYSQL_URL.');
      const accounts = [ownAccount(second), ownAccount(second, 'check')];
      outside.push(...accounts.map((account) => [second, account]));
      await runOn(' on the second server', databaseEnvironment(second, ...accounts));
    }
  } finally {
    const isOutside = ([url]) => outside.some(([admin]) => admin === url);
    for (const urls of originals.filter(isOutside)) await dropDatabase(...urls).catch((error) => say(explain(error)));
    for (const urls of outside) await dropAccount(...urls).catch((error) => say(explain(error)));
    await servers?.stop();
  }
}

// ---- the whole

let shutDown = async () => {};
let folder;

const removeFolder = () => folder && fs.rmSync(folder, { recursive: true, force: true });

async function main(args) {
  const began = Date.now();
  checkNode();
  const filtered = args.length > 0;
  const strict = !args.some((arg) => /^(-t|--testNamePattern)/.test(arg));
  const projects = projectsFor(args);
  const needsBuild = !filtered || Object.keys(WITH_PRODUCT).some((project) => projects.includes(project));

  const prepared = await step('packages and build', () =>
    prepare((line) => say(`        ${line}`), { build: needsBuild, web: needsBuild }),
  );
  if (!prepared) totals.failed += 1;
  if (!fs.existsSync(tool('jest'))) return;
  const { startServers, stopLeftovers } = await import('./servers.mjs');
  await removeLeftovers(stopLeftovers);
  const env = cleanEnvironment();
  folder = folderOfRun(env);
  env.TEST_DATA_DIR = privateFolder(path.join(folder, 'files'));

  if (!filtered) {
    const inTurn = async () => {
      await check('prettier', ['prettier', 'bin', 'prettier.cjs'], '--check', '--log-level', 'warn', '.');
      await check('types', ['typescript', 'bin', 'tsc'], '--noEmit', '-p', 'tsconfig.json');
    };
    await Promise.all([check('eslint', ['eslint', 'bin', 'eslint.js'], '.', '--max-warnings', '0'), inTurn()]);
  }
  const pure = projects.filter((project) => PURE.includes(project));
  if (pure.length > 0) await jest({ title: `tests of ${pure.join(', ')}`, projects: pure, args, env, folder, strict });
  const rest = withBrowser(
    projects.filter((project) => WITH_SERVERS.includes(project)),
    env,
  );
  if (rest.length > 0) await testsWithServers({ args, projects: rest, folder, env, strict, startServers });
  if (!filtered) await webTests(folder);

  say(`total   ${((Date.now() - began) / 1000).toFixed(1)} s`);
  if (strict && totals.skipped > 0) say('Skipped tests count as a failure: none may be left out.');
  if (totals.passed + totals.failed === 0) say('No test ran.');
  if (broken.length > 0) say(`failed: ${broken.join(', ')}`);
  process.exitCode =
    totals.failed > 0 || broken.length > 0 || totals.passed === 0 || (strict && totals.skipped > 0) ? 1 : 0;
}

for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.once(name, () => {
    child?.kill('SIGTERM');
    stopCommand();
    void shutDown()
      .catch(() => {})
      .then(() => {
        removeFolder();
        process.exit(130);
      });
  });
}

main(process.argv.slice(2))
  .catch((error) => {
    console.error(explain(error));
    totals.failed += 1;
    process.exitCode = 1;
  })
  .finally(() => {
    removeFolder();
    const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
    say(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
  });
