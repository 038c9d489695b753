/** The private Redis of a data folder. */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {
  endProcess,
  keptPort,
  lastLines,
  PlainError,
  privateFolder,
  ROOT,
  sleep,
  startedWith,
  writePrivate,
} from './common.mjs';
import { containerRedis } from './containers.mjs';
import { serverEnvironment } from './private-database.mjs';
import { Supervised } from './supervised.mjs';

const ADMIN = 'chizheng_admin';
const APP = 'chizheng';
const STOPS_WITHIN = 15_000;
const STARTS_WITHIN = 60_000;

/** The application reaches its own keys and channels and may read, not change, the configuration. */
export const redisAccounts = (secrets) => [
  'user default off',
  `user ${ADMIN} on >${secrets.redisAdmin} ~* &* +@all`,
  `user ${APP} on >${secrets.redisApp} ~chizheng* &chizheng* +@all -@admin -@dangerous +info +config|get`,
];

export const redisUrls = (port, secrets) => ({
  url: `redis://${APP}:${secrets.redisApp}@127.0.0.1:${port}`,
  adminUrl: `redis://${ADMIN}:${secrets.redisAdmin}@127.0.0.1:${port}`,
});

export const redisSettings = () => fs.readFileSync(path.join(ROOT, 'docker', 'redis', 'redis.conf'), 'utf8');

export async function privateRedis({ dataDir, secrets, program, log, started }) {
  if (program.kind === 'container') return containerRedis({ dataDir, secrets, engine: program.engine, log, started });
  const home = privateFolder(path.join(dataDir, 'redis'));
  const settings = path.join(home, 'redis.conf');
  const pidFile = path.join(home, 'server.pid');
  const logFile = path.join(dataDir, 'logs', 'redis.log');
  const quoted = (text) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
  let port;

  const server = new Supervised({
    name: 'redis',
    log,
    patience: STOPS_WITHIN,
    prepare: async () => {
      for (const pid of startedWith(settings, pidFile)) {
        log(`servers: a Redis of an earlier start still runs (process ${pid}), stopping it`);
        await endProcess(pid, STOPS_WITHIN);
      }
      port ??= await keptPort(path.join(home, 'port'));
      const own = [
        'bind 127.0.0.1',
        `port ${port}`,
        'daemonize no',
        'supervised no',
        `dir ${quoted(home)}`,
        `pidfile ${quoted(pidFile)}`,
        `logfile ${quoted(logFile)}`,
        ...redisAccounts(secrets),
      ];
      writePrivate(settings, `${redisSettings()}\n${own.join('\n')}\n`);
      return { command: program.file, args: [settings], options: { cwd: home, env: serverEnvironment() } };
    },
    ready: (_child, failed) => redisAnswers(port, secrets.redisAdmin, failed),
  });
  started.push(server);
  try {
    await server.start();
  } catch (error) {
    throw new PlainError(`${error.message}\n${lastLines(logFile)}`, `See ${logFile}`);
  }
  return { kind: 'private', ...redisUrls(port, secrets) };
}

/** Resolves when Redis has read its log and answers; needs no package. */
export async function redisAnswers(port, password, failed) {
  let last = '';
  for (const until = Date.now() + STARTS_WITHIN; Date.now() < until && !failed();) {
    last = await ping(port, password);
    if (last.includes('+PONG')) return;
    await sleep(25);
  }
  if (!failed()) throw new PlainError(`Redis 没有应答：${last}`, `Redis does not answer: ${last}`);
}

function ping(port, password) {
  return new Promise((resolve) => {
    let said = '';
    const socket = net.connect({ host: '127.0.0.1', port });
    const end = () => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(2000, end);
    socket.once('error', (error) => resolve(error.message));
    socket.once('close', () => resolve(said));
    socket.once('connect', () => socket.write(`AUTH ${ADMIN} ${password}\r\nPING\r\n`));
    socket.on('data', (bytes) => {
      said += bytes.toString('latin1');
      if (said.split('\r\n').length > 2) end();
    });
  });
}
