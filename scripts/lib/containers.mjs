/** Where no server program can be had but a container engine answers: the same two servers as containers, on loopback ports. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { keptPort, PlainError, privateFolder, ROOT, writePrivate } from './common.mjs';
import { connect } from './external-servers.mjs';
import { accountStatements, answers, databaseUrls } from './private-database.mjs';
import { redisAccounts, redisAnswers, redisSettings, redisUrls } from './private-redis.mjs';

const MARIADB_IMAGE = 'mariadb:10.11';
const REDIS_IMAGE = 'redis:7';

/** Its presence says that the data of this folder live in the volume of a container. */
export const CONTAINER_MARK = 'container.env';

const never = () => false;

/** Named after the data folder, so that a later start finds the container and the volume of an earlier one. */
const nameFor = (dataDir, what) =>
  `chizheng-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}-${what}`;

function engineCommand(engine, args, mayFail = false) {
  const result = spawnSync(engine, args, { encoding: 'utf8' });
  if (result.status === 0 || mayFail) return result.stdout.trim();
  throw new PlainError(
    `容器未能启动：${result.stderr.trim()}`,
    `The container engine refused: ${result.stderr.trim()}`,
  );
}

/** What the starter stops at the end. The engine itself restarts a container that dies. */
function handle(engine, name, label) {
  const end = (...args) => engineCommand(engine, [...args, name], true);
  return {
    what: { name: label },
    pid: name,
    stop: async () => {
      end('stop', '--time', '30');
      end('rm', '--force');
      return true;
    },
    kill: () => end('rm', '--force'),
  };
}

export async function containerDatabase({ dataDir, secrets, engine, log, started }) {
  const name = nameFor(dataDir, 'mariadb');
  const home = privateFolder(path.join(dataDir, 'mariadb'));
  if (fs.existsSync(path.join(home, 'data', 'mysql'))) {
    throw new PlainError(
      `数据目录中已有数据库文件，但本机没有数据库程序。请安装 mariadb-server，不要改用容器。`,
      'This data folder holds database files, but the database program is missing. Install mariadb-server: a container would begin with an empty database.',
    );
  }
  const port = await keptPort(path.join(home, 'port'));
  const environment = path.join(home, CONTAINER_MARK);
  writePrivate(environment, `MARIADB_ROOT_PASSWORD=${secrets.databaseRoot}\n`);
  log(`servers: running ${MARIADB_IMAGE} in a container`);
  engineCommand(engine, ['rm', '--force', name], true);
  started.push(handle(engine, name, 'mariadb'));
  engineCommand(engine, [
    'run',
    '--detach',
    '--name',
    name,
    '--restart',
    'on-failure',
    '--env-file',
    environment,
    '--publish',
    `127.0.0.1:${port}:3306`,
    '--volume',
    `${name}:/var/lib/mysql`,
    '--volume',
    `${path.join(ROOT, 'docker', 'database', 'server.mariadb.cnf')}:/etc/mysql/conf.d/chizheng.cnf:ro`,
    MARIADB_IMAGE,
  ]);
  const rootUrl = `mysql://root:${secrets.databaseRoot}@127.0.0.1:${port}/mysql`;
  await answers(() => rootUrl, never);
  const root = await connect(rootUrl);
  try {
    // The root account of the image is this connection's own: it keeps the password it was made with.
    const statements = accountStatements('mariadb', secrets).filter(
      (statement) => !statement.includes("'root'@'localhost'"),
    );
    for (const statement of statements) await root.query(statement);
  } finally {
    await root.end();
  }
  return { kind: 'container', flavour: 'mariadb', version: MARIADB_IMAGE, ...databaseUrls(port, secrets) };
}

export async function containerRedis({ dataDir, secrets, engine, log, started }) {
  const name = nameFor(dataDir, 'redis');
  const home = privateFolder(path.join(dataDir, 'redis'));
  const port = await keptPort(path.join(home, 'port'));
  const settings = path.join(home, 'container.conf');
  const own = ['bind * -::*', 'dir /data', ...redisAccounts(secrets)];
  writePrivate(settings, `${redisSettings()}\n${own.join('\n')}\n`);
  log(`servers: running ${REDIS_IMAGE} in a container`);
  engineCommand(engine, ['rm', '--force', name], true);
  started.push(handle(engine, name, 'redis'));
  engineCommand(engine, [
    'run',
    '--detach',
    '--name',
    name,
    '--restart',
    'on-failure',
    // Not through the image's own entry, which changes to a user that cannot read the settings file.
    '--entrypoint',
    'redis-server',
    '--publish',
    `127.0.0.1:${port}:6379`,
    '--volume',
    `${name}:/data`,
    '--volume',
    `${settings}:/etc/chizheng-redis.conf:ro`,
    REDIS_IMAGE,
    '/etc/chizheng-redis.conf',
  ]);
  await redisAnswers(port, secrets.redisAdmin, never);
  return { kind: 'container', ...redisUrls(port, secrets) };
}
