/**
 * The database and Redis behind `npm start` and `npm test`: checks the ones that were named, or runs private ones whose
 * data, accounts and passwords live in the data folder and which listen on this machine only.
 *
 *   node scripts/servers.mjs start  --data-dir X [--detach]   prints DATABASE_URL, OWNER_URL, CHECKER_URL, REDIS_URL, REDIS_ADMIN_URL
 *   node scripts/servers.mjs stop   --data-dir X
 *   node scripts/servers.mjs status --data-dir X
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  endProcess,
  explain,
  isAlive,
  lastLines,
  lockDataFolder,
  lockHolder,
  newPassword,
  openDataFolder,
  PlainError,
  privateFolder,
  readJson,
  sleep,
  startedWith,
  writePrivate,
} from './lib/common.mjs';
import { checkDatabase, checkRedis } from './lib/external-servers.mjs';
import { privateDatabase } from './lib/private-database.mjs';
import { privateRedis } from './lib/private-redis.mjs';
import { findServerPrograms } from './lib/server-programs.mjs';

/** The private secrets of a data folder; those that are not there yet are made now. */
export function openSecrets(dataDir, names = []) {
  const file = path.join(dataDir, 'secrets.json');
  const secrets = readJson(file) ?? {};
  const missing = names.filter((name) => !secrets[name]);
  if (missing.length > 0) {
    for (const name of missing) secrets[name] = newPassword();
    writePrivate(file, `${JSON.stringify(secrets, null, 2)}\n`);
  }
  return secrets;
}

/**
 * @param {object} wish
 * @param {string} wish.dataDir
 * @param {string} [wish.databaseUrl]  an existing server: nothing is started, reachability and version are checked
 * @param {string} [wish.ownerUrl]     the account that migrates there, when it is another one
 * @param {string} [wish.redisUrl]
 * @param {(line: string) => void} [wish.log]
 * @param {{release: () => void}} [wish.lock]  of the data folder, when the caller holds it already
 * @param {boolean} [wish.enter]  false when the database that databaseUrl names need not exist
 */
export async function startServers({
  dataDir: folder,
  databaseUrl,
  ownerUrl,
  redisUrl,
  log = () => {},
  lock: held,
  enter,
}) {
  const dataDir = openDataFolder(folder);
  const lock = held ?? lockDataFolder(dataDir);
  const started = [];
  const stop = async () => {
    const clean = await Promise.all(started.map((server) => server.stop()));
    if (!held) lock.release();
    return clean.every(Boolean);
  };
  try {
    privateFolder(path.join(dataDir, 'logs'));
    const secrets = openSecrets(dataDir, [
      'databaseRoot',
      'databaseOwner',
      'databaseApp',
      'databaseChecker',
      'redisAdmin',
      'redisApp',
    ]);
    const programs = await findServerPrograms({ dataDir, database: !databaseUrl, redis: !redisUrl, log });
    const outcomes = await Promise.allSettled([
      databaseUrl
        ? checkDatabase({ databaseUrl, ownerUrl, enter })
        : privateDatabase({ dataDir, secrets, program: programs.database, log, started }),
      redisUrl ? checkRedis({ redisUrl }) : privateRedis({ dataDir, secrets, program: programs.redis, log, started }),
    ]);
    for (const { reason } of outcomes) if (reason) throw reason;
    const [database, redis] = outcomes.map(({ value }) => value);
    return {
      dataDir,
      database,
      redis,
      stop,
      kill: () => started.forEach((server) => server.kill()),
      get pids() {
        return Object.fromEntries(started.map((server) => [server.what.name, server.pid]));
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

// ---- command line

const SCRIPT = fileURLToPath(import.meta.url);

function printUrls({ database, redis }) {
  console.log(`DATABASE_URL=${database.appUrl}`);
  console.log(`OWNER_URL=${database.adminUrl}`);
  if (database.checkerUrl) console.log(`CHECKER_URL=${database.checkerUrl}`);
  console.log(`REDIS_URL=${redis.url}`);
  if (redis.adminUrl) console.log(`REDIS_ADMIN_URL=${redis.adminUrl}`);
}

async function startInForeground(dataDir) {
  let wanted = true;
  let end;
  const ended = new Promise((resolve) => (end = resolve));
  let servers;
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(name, () => {
      if (!wanted) {
        servers?.kill();
        process.exit(1);
      }
      wanted = false;
      end();
    });
  }
  servers = await startServers({ dataDir, log: (line) => console.error(line) });
  // In the background the addresses, which hold passwords, go to the starter and not to the log.
  if (process.send) process.send({ database: servers.database, redis: servers.redis }, () => process.disconnect());
  else printUrls(servers);
  await ended;
  await servers.stop();
}

async function startInBackground(dataDir) {
  const file = path.join(privateFolder(path.join(openDataFolder(dataDir), 'logs')), 'servers.log');
  const output = fs.openSync(file, 'a', 0o600);
  const child = spawn(process.execPath, [SCRIPT, 'start', '--data-dir', dataDir], {
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  const answer = await new Promise((resolve) => {
    child.once('message', resolve);
    child.once('exit', () => resolve(undefined));
  });
  if (answer === undefined) throw new PlainError(`服务器未能启动：\n${lastLines(file)}`, 'The servers did not start.');
  printUrls(answer);
  child.unref();
}

async function stopBackground(folder) {
  if (!fs.existsSync(folder)) return;
  const dataDir = openDataFolder(folder);
  const holder = lockHolder(path.join(dataDir, 'lock'));
  if (holder !== undefined) {
    process.kill(holder, 'SIGTERM');
    for (let waited = 0; isAlive(holder) && waited < 60_000; waited += 50) await sleep(50);
    if (isAlive(holder)) throw new PlainError(`进程 ${holder} 没有结束。`, `Process ${holder} does not end.`);
  }
  await stopLeftovers(dataDir);
}

/** Servers of this data folder whose starter was killed. */
export async function stopLeftovers(dataDir) {
  const left = ['mariadb', 'mysql', 'redis'].flatMap((name) => {
    const home = path.join(dataDir, name);
    const argument = name === 'redis' ? path.join(home, 'redis.conf') : `--datadir=${path.join(home, 'data')}`;
    return startedWith(argument, path.join(home, 'server.pid'));
  });
  await Promise.all(left.map((pid) => endProcess(pid, 30_000)));
  return left.length;
}

function status(dataDir) {
  const holder = fs.existsSync(dataDir) ? lockHolder(path.join(openDataFolder(dataDir), 'lock')) : undefined;
  console.log(holder === undefined ? 'stopped' : `running, process ${holder}`);
  process.exitCode = holder === undefined ? 3 : 0;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, detach: { type: 'boolean', default: false } },
  });
  const dataDir = path.resolve(values['data-dir'] ?? process.env.DATA_DIR ?? '.data');
  const commands = {
    start: () => (values.detach ? startInBackground(dataDir) : startInForeground(dataDir)),
    stop: () => stopBackground(dataDir),
    status: () => status(dataDir),
  };
  const command = commands[positionals[0]];
  if (!command) {
    console.error('node scripts/servers.mjs start|stop|status --data-dir FOLDER [--detach]');
    process.exitCode = 2;
    return;
  }
  await command();
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === SCRIPT) {
  main().catch((error) => {
    console.error(explain(error));
    process.exitCode = 1;
  });
}
