/** Servers that somebody else runs: are they there, are they new enough, may we log in. */
import { PlainError, sleep } from './common.mjs';

const PATIENCE = 10_000;
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', 'PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN']);

const shown = (url) => {
  const copy = new URL(url);
  if (copy.password) copy.password = '***';
  return copy.href;
};

function parse(url, name, protocols) {
  try {
    const parsed = new URL(url);
    if (protocols.includes(parsed.protocol)) return parsed;
  } catch {
    // said below
  }
  throw new PlainError(
    `${name} 不是有效的地址，应以 ${protocols[0]}// 开头。`,
    `${name} is not a usable address: it should begin with ${protocols[0]}//.`,
  );
}

/** Options of mysql2 for an address of ours: nothing in an address can switch on a feature of the driver. */
export function connectionOptions(url, name = 'DATABASE_URL') {
  const parsed = parse(url, name, ['mysql:', 'mariadb:']);
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port || 3306),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)) || undefined,
    connectTimeout: 5000,
    flags: ['-LOCAL_FILES'],
  };
}

export async function connect(url, more = {}) {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({ ...connectionOptions(url), ...more });
  // A connection that the server drops between two statements must not end the process.
  connection.on('error', () => {});
  return connection;
}

/** 'mariadb' or 'mysql', from what VERSION() says; older ones than we support are refused. */
export function judgeVersion(text, where = '') {
  const kind = /mariadb/i.test(text) ? 'mariadb' : 'mysql';
  const [major, minor] = text.split('.').map((part) => Number.parseInt(part, 10));
  const [needMajor, needMinor] = kind === 'mariadb' ? [10, 11] : [8, 4];
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return kind;
  throw new PlainError(
    `${where}数据库版本过低：${text}。需要 MariaDB 10.11 或 MySQL 8.4 以上。`,
    `${where}the database is too old: ${text}. MariaDB 10.11 or MySQL 8.4, or newer, is needed.`,
  );
}

async function patiently(attempt, mayWait) {
  for (const until = Date.now() + PATIENCE; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayWait(error) || Date.now() > until) throw error;
      await sleep(300);
    }
  }
}

async function versionAt(url, name, { inside = true } = {}) {
  const { database } = connectionOptions(url, name);
  if (!database) {
    throw new PlainError(
      `${name} 没有写数据库名（例如 mysql://user:password@host:3306/chizheng）。`,
      `${name} names no database (for example mysql://user:password@host:3306/chizheng).`,
    );
  }
  let connection;
  try {
    connection = await patiently(
      () => connect(url, inside ? {} : { database: undefined }),
      (error) => NOT_YET.has(error.code),
    );
    const [[row]] = await connection.query('SELECT VERSION() AS version');
    return row.version;
  } catch (error) {
    throw new PlainError(
      `无法使用数据库 ${shown(url)}（${name}）：${error.message}`,
      `The database ${shown(url)} (${name}) cannot be used: ${error.message}`,
    );
  } finally {
    await connection?.end().catch(() => {});
  }
}

export async function checkDatabase({ databaseUrl, ownerUrl, enter = true }) {
  // Before the first migration the application's account has no right on any table, and may not enter the database.
  const version = await versionAt(databaseUrl, 'DATABASE_URL', { inside: enter && !ownerUrl });
  const flavour = judgeVersion(version);
  if (ownerUrl) await versionAt(ownerUrl, 'DATABASE_OWNER_URL');
  return {
    kind: 'external',
    flavour,
    version,
    appUrl: databaseUrl,
    adminUrl: ownerUrl ?? databaseUrl,
    checkerUrl: process.env.DATABASE_CHECKER_URL,
  };
}

export async function checkRedis({ redisUrl }) {
  parse(redisUrl, 'REDIS_URL', ['redis:', 'rediss:']);
  const { Redis } = await import('ioredis');
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 5000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableReadyCheck: false,
  });
  let problem;
  client.on('error', (error) => (problem = error));
  try {
    const info = await patiently(
      async () => {
        await client.connect();
        return client.info('server');
      },
      (error) => NOT_YET.has((problem ?? error).code),
    );
    const version = /redis_version:(\S+)/.exec(info)?.[1] ?? '0';
    const [major, minor] = version.split('.').map(Number);
    if (major < 6 || (major === 6 && minor < 2)) {
      throw new PlainError(
        `Redis 版本过低：${version}，需要 6.2 以上。`,
        `Redis ${version} is too old: 6.2 or newer is needed.`,
      );
    }
    return { kind: 'external', version, url: redisUrl };
  } catch (error) {
    if (error instanceof PlainError) throw error;
    const why = (problem ?? error).message || (problem ?? error).code;
    throw new PlainError(
      `无法使用 Redis ${shown(redisUrl)}（REDIS_URL）：${why}`,
      `Redis ${shown(redisUrl)} (REDIS_URL) cannot be used: ${why}`,
    );
  } finally {
    client.disconnect();
  }
}
