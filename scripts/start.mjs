/**
 * `npm start`: everything from a fresh clone to a serving system, and its orderly end. See .env.example for the variables.
 *
 *   node scripts/start.mjs [--watch]
 *
 * Prints one short line per step and, when API and worker serve, the line `ready http://HOST:PORT`.
 */
import fs from 'node:fs';
import { randomBytes, randomInt } from 'node:crypto';
import path from 'node:path';
import { spawn } from 'node:child_process';
import {
  endProcess,
  explain,
  freePort,
  lastLines,
  lockDataFolder,
  openDataFolder,
  PlainError,
  portProblem,
  privateFolder,
  readJson,
  readText,
  ROOT,
  startedWith,
  writePrivate,
} from './lib/common.mjs';
import { LogFile } from './lib/log-file.mjs';
import { checkNode, fingerprint, NEST, prepare, run, sourceFingerprint, stopCommand } from './lib/prepare.mjs';
import { Supervised } from './lib/supervised.mjs';

const CLI = path.join(ROOT, 'dist', 'src', 'cli.js');
const STOPS_WITHIN = 15_000;
const DEMO_ACCOUNTS =
  'hr, hr-2, exam-officer, reviewer, approver, supervisor, auditor, system-admin, security-admin, officer';

const say = (line) => console.log(line);

/** Thrown where a request to stop arrived while something was still being started. */
class Interrupted extends Error {}

let stopping = false;
let stopEverything = async () => {};
let killEverything = () => {};

function goOn() {
  if (stopping) throw new Interrupted();
}

// ---- settings

function readSettings(env) {
  const demo = env.DEMO !== '0';
  if (demo && env.NODE_ENV === 'production') {
    throw new PlainError(
      '演示模式不能用于生产环境（NODE_ENV=production）。请设置 DEMO=0。',
      'Demonstration mode does not run in production (NODE_ENV=production). Set DEMO=0.',
    );
  }
  const port = env.PORT || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new PlainError(`PORT 不是端口号：${port}`, `PORT is not a port number: ${port}`);
  }
  return {
    demo,
    host: env.HOST || '127.0.0.1',
    port: Number(port),
    dataDir: openDataFolder(path.resolve(env.DATA_DIR || path.join(ROOT, '.data'))),
  };
}

async function choosePort(host, asked) {
  const port = asked === 0 ? await freePort() : asked;
  const problem = await portProblem(port, host);
  if (problem) throw portRefused(host, port, problem);
  return port;
}

function portRefused(host, port, problem) {
  return problem === 'EADDRINUSE'
    ? new PlainError(
        `端口 ${port} 已被占用。请停止占用它的程序，或用 PORT 指定另一个端口。`,
        `Port ${port} is in use. Stop the program that uses it, or set PORT to another port.`,
      )
    : new PlainError(
        `不能监听 ${host}:${port}（${problem}）。`,
        `It is not possible to listen on ${host}:${port} (${problem}).`,
      );
}

/**
 * The keys of encrypted columns, made once. Where data are there but the keys are gone, new keys would make the old data
 * unreadable for good and silently: refused.
 */
function openKeys(dataDir, env) {
  if (env.KEY_FILE) {
    if (fs.existsSync(env.KEY_FILE)) return path.resolve(env.KEY_FILE);
    throw new PlainError(
      `KEY_FILE 指定的文件不存在：${env.KEY_FILE}`,
      `The file that KEY_FILE names does not exist: ${env.KEY_FILE}`,
    );
  }
  const file = path.join(dataDir, 'keys.json');
  if (readJson(file)) return file;
  if (['mariadb', 'mysql'].some((kind) => fs.existsSync(path.join(dataDir, kind, 'migrated')))) {
    throw new PlainError(
      `数据库已有数据，但密钥文件 ${file} 不见了。请从备份恢复该文件；没有它，已加密的数据无法读取。`,
      `There are data, but the key file ${file} is gone. Restore it from a backup: without it the encrypted data cannot be read.`,
    );
  }
  const key = () => randomBytes(32).toString('base64');
  const keys = { encryption: { 1: key() }, blindIndex: key(), publicCode: key(), sessionPepper: key() };
  writePrivate(file, `${JSON.stringify(keys, null, 2)}\n`);
  say('keys: made new ones, keep a copy of keys.json apart from the backups of the database');
  return file;
}

/** Easy to read aloud and to type: no letter that looks like another one. */
function readablePassword() {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

function demoPassword(dataDir, env) {
  if (env.DEMO_PASSWORD) return env.DEMO_PASSWORD;
  const file = path.join(dataDir, 'secrets.json');
  const secrets = readJson(file) ?? {};
  if (!secrets.demoPassword) {
    secrets.demoPassword = readablePassword();
    writePrivate(file, `${JSON.stringify(secrets, null, 2)}\n`);
  }
  return secrets.demoPassword;
}

// ---- database

const cli = (command, env) =>
  run(process.execPath, ['--enable-source-maps', CLI, command], { env, title: `cli ${command}` });

/** How many migrations the database says it has, or undefined when it cannot say. */
async function countMigrations(connect, url) {
  const connection = await connect(url);
  try {
    const [[row]] = await connection.query('SELECT COUNT(*) AS n FROM schema_migrations');
    return Number(row.n);
  } catch {
    return undefined;
  } finally {
    await connection.end();
  }
}

/** A private database that this very code has already migrated, and that nobody replaced since, is not migrated again. */
async function migrate({ database, dataDir, env }) {
  const { connect } = await import('./lib/external-servers.mjs');
  const isPrivate = database.kind !== 'external';
  const stamp = path.join(dataDir, database.flavour, 'migrated');
  const code = `${sourceFingerprint()} ${fingerprint(ROOT, ['docker/database/grants.json'])}`;
  const present = isPrivate ? await countMigrations(connect, database.adminUrl) : undefined;
  if (present && readText(stamp) === `${code} ${present}\n`) return say('database: schema up to date');
  await cli('migrate', { ...env, DATABASE_URL: database.adminUrl, DATABASE_OWNER_URL: database.adminUrl });
  goOn();
  await grant(database);
  if (isPrivate) {
    const now = await countMigrations(connect, database.adminUrl);
    writePrivate(stamp, `${code} ${now}\n`);
  }
  say('database: schema migrated');
}

async function grant(database) {
  const { applyGrants } = await import('./grants.mjs');
  const { connectionOptions } = await import('./lib/external-servers.mjs');
  const app = connectionOptions(database.appUrl);
  const owner = connectionOptions(database.adminUrl);
  if (app.user === owner.user) return;
  try {
    const { adminUrl } = database;
    await applyGrants({ adminUrl, appUser: app.user, password: app.password, database: app.database });
    if (database.checkerUrl) {
      const { user, password } = connectionOptions(database.checkerUrl);
      await applyGrants({ adminUrl, appUser: user, password, database: app.database, role: 'checker' });
    }
  } catch (error) {
    if (database.kind !== 'external') throw error;
    // Somebody else's server: its administrator may have done it, the application looks for itself when it starts.
    console.error(
      `database: the rights of ${app.user} were not set (${error.message}); see docker/database/grants.sql`,
    );
  }
}

async function seed({ database, dataDir, env, fromEnvironment }) {
  const stamp = path.join(dataDir, 'seeded');
  if (env.DEMO !== '1' || fs.existsSync(stamp)) return;
  await cli('seed', { ...env, DATABASE_OWNER_URL: database.adminUrl });
  say('database: demonstration data loaded');
  say(`demonstration accounts: ${DEMO_ACCOUNTS}`);
  say(`demonstration password: ${fromEnvironment ? 'as set in DEMO_PASSWORD' : env.DEMO_PASSWORD}`);
  writePrivate(stamp, `${new Date().toISOString()}\n`);
}

// ---- processes

/** An argument that nobody reads: it tells the processes of this data folder from those of another one. */
const markOf = (dataDir) => `--data-dir=${dataDir}`;

/** A starter that was killed leaves processes that are just ending, or too busy to notice: they must not run beside ours. */
async function endLeftovers(dataDir) {
  const left = startedWith(markOf(dataDir));
  if (left.length > 0) say(`processes of an earlier start still run (${left.join(', ')}), stopping them`);
  await Promise.all(left.map((pid) => endProcess(pid, STOPS_WITHIN)));
}

/** A process of the application. It says 'ready' over its channel, and ends by itself when the channel closes. */
function application(name, file, env, dataDir) {
  const log = new LogFile(path.join(privateFolder(path.join(dataDir, 'logs')), `${name}.log`));
  return new Supervised({
    name,
    log: (line) => console.error(line),
    patience: STOPS_WITHIN,
    prepare: async () => ({
      command: process.execPath,
      args: ['--enable-source-maps', path.join(ROOT, 'dist', 'src', file), markOf(dataDir)],
      options: { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    }),
    attach: (child) => {
      log.follow(child.stdout);
      log.follow(child.stderr, { raw: true });
    },
    ready: (child) =>
      new Promise((resolve) => {
        child.on('message', (message) => {
          if (message === 'ready') resolve();
        });
      }),
    failure: () => lastLines(log.file),
  });
}

async function startApplication(processes, { host, port }) {
  const outcomes = await Promise.allSettled(processes.map((process) => process.start()));
  const failed = outcomes.findIndex(({ status }) => status === 'rejected');
  if (failed === -1 || stopping) return;
  if (failed === 0) {
    const problem = await portProblem(port, host);
    if (problem === 'EADDRINUSE') throw portRefused(host, port, problem);
  }
  const { reason } = outcomes[failed];
  throw reason instanceof PlainError ? new PlainError(processes[failed].what.failure(), reason.message) : reason;
}

/** Compiles on every change and tells when a compilation without errors is complete. */
function watchBuild(onBuilt) {
  const child = spawn(process.execPath, [NEST, 'build', '--watch', '--preserveWatchOutput'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let rest = '';
  child.stdout.on('data', (bytes) => {
    process.stdout.write(bytes);
    const lines = (rest + bytes.toString('utf8')).split('\n');
    rest = lines.pop();
    for (const line of lines) if (/\bFound 0 errors?\b/.test(line)) onBuilt();
  });
  return child;
}

async function firstBuild(processes) {
  let compiler;
  let first;
  const built = new Promise((resolve) => (first = resolve));
  compiler = watchBuild(() => {
    first();
    for (const process of processes) if (process.child) void process.restart();
  });
  await Promise.race([
    built,
    new Promise((_, reject) =>
      compiler.once('exit', () => reject(new PlainError('编译器已结束。', 'The compiler ended.'))),
    ),
  ]);
  return compiler;
}

// ---- the whole

async function main(watch) {
  const began = Date.now();
  checkNode();
  const { dataDir, host, port: asked, demo } = readSettings(process.env);
  const lock = lockDataFolder(dataDir);
  const processes = [];
  let startingServers;
  let servers;
  let compiler;
  stopEverything = async () => {
    stopCommand();
    compiler?.kill();
    await Promise.all(processes.map((process) => process.stop()));
    const running = await startingServers?.catch(() => undefined);
    await running?.stop();
    lock.release();
  };
  killEverything = () => {
    processes.forEach((process) => process.kill());
    servers?.kill();
    lock.release();
  };

  await endLeftovers(dataDir);
  const port = await choosePort(host, asked);
  say(`node: ${process.versions.node}, data in ${dataDir}`);
  await prepare(say, { build: !watch });
  goOn();
  const keyFile = openKeys(dataDir, process.env);
  const { startServers } = await import('./servers.mjs');
  startingServers = startServers({
    dataDir,
    databaseUrl: process.env.DATABASE_URL,
    ownerUrl: process.env.DATABASE_OWNER_URL,
    redisUrl: process.env.REDIS_URL,
    log: (line) => console.error(line),
    lock,
  });
  if (watch) compiler = await firstBuild(processes);
  servers = await startingServers;
  const { database, redis } = servers;
  say(`servers: ${database.flavour} ${database.version} (${database.kind}), redis (${redis.kind})`);
  goOn();

  const env = {
    ...process.env,
    DATABASE_URL: database.appUrl,
    REDIS_URL: redis.url,
    KEY_FILE: keyFile,
    DATA_DIR: dataDir,
  };
  delete env.DATABASE_OWNER_URL;
  delete env.DATABASE_CHECKER_URL;
  Object.assign(env, { HOST: host, PORT: String(port), TZ: 'UTC', DEMO: demo ? '1' : '0' });
  if (demo) env.DEMO_PASSWORD = demoPassword(dataDir, process.env);
  else delete env.DEMO_PASSWORD;

  await migrate({ database, dataDir, env });
  goOn();
  await seed({ database, dataDir, env, fromEnvironment: Boolean(process.env.DEMO_PASSWORD) });
  goOn();

  processes.push(application('api', 'main.js', env, dataDir), application('worker', 'worker.js', env, dataDir));
  await startApplication(processes, { host, port });
  goOn();
  say(`started in ${((Date.now() - began) / 1000).toFixed(1)} s; logs in ${path.join(dataDir, 'logs')}`);
  say(`ready http://${host.includes(':') ? `[${host}]` : host}:${port}`);
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const starting = main(process.argv.includes('--watch'));

async function end(code) {
  if (stopping) {
    killEverything();
    process.exit(1);
  }
  stopping = true;
  if (code === 0) say('stopping …');
  try {
    await stopEverything();
    if (code === 0) say('stopped');
  } catch (error) {
    console.error(explain(error));
    code = 1;
  }
  process.exit(code);
}

for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => void end(0));
process.on('uncaughtException', (error) => {
  console.error(explain(error));
  void end(1);
});
starting.catch((error) => {
  if (stopping) return;
  console.error(explain(error));
  void end(1);
});
