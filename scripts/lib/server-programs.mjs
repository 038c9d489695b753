/** Finds mariadbd (or mysqld) and redis-server, installs Debian's packages where it may, or falls back to containers. */
import { spawnSync } from 'node:child_process';
import { findProgram, isRoot, PlainError } from './common.mjs';

const find = () => ({
  database: findProgram(['mariadbd', 'mysqld'], process.env.DATABASE_SERVER),
  redis: findProgram(['redis-server'], process.env.REDIS_SERVER),
});

/** @returns {Promise<{database?: object, redis?: object}>} each `{ kind: 'program', file }` or `{ kind: 'container', engine }` */
export async function findServerPrograms({ database, redis, log }) {
  let found = find();
  const missing = () => [
    ...(database && !found.database ? ['mariadb-server'] : []),
    ...(redis && !found.redis ? ['redis-server'] : []),
  ];
  if (missing().length > 0 && isRoot() && findProgram(['apt-get'])) {
    installPackages(missing(), log);
    found = find();
  }
  const engine = missing().length > 0 ? containerEngine() : undefined;
  if (missing().length > 0 && engine === undefined) throw whatToInstall(missing());
  const choose = (file) => (file ? { kind: 'program', file } : { kind: 'container', engine });
  return { database: database ? choose(found.database) : undefined, redis: redis ? choose(found.redis) : undefined };
}

function installPackages(packages, log) {
  log(`servers: installing ${packages.join(' and ')} with apt-get (needed once)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args) =>
    spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const update = run('update');
  const install = run('install', '-y', '--no-install-recommends', ...packages);
  if (install.status !== 0) {
    log(
      `servers: apt-get could not install them:\n${`${update.stderr}\n${install.stderr}`.trim().split('\n').slice(-8).join('\n')}`,
    );
  }
}

/** A container engine counts only when it answers. */
function containerEngine() {
  for (const name of ['docker', 'podman']) {
    const file = findProgram([name]);
    if (file && spawnSync(file, ['info'], { stdio: 'ignore', timeout: 15_000 }).status === 0) return file;
  }
  return undefined;
}

function whatToInstall(packages) {
  const names = { 'mariadb-server': 'MariaDB >= 10.11 (mariadbd)', 'redis-server': 'Redis >= 6.2 (redis-server)' };
  const list = packages.map((name) => names[name]).join(', ');
  const variables = packages.map((name) => (name === 'redis-server' ? 'REDIS_URL' : 'DATABASE_URL')).join(' / ');
  return new PlainError(
    `缺少 ${list}。请安装：apt-get install ${packages.join(' ')}（需要 root）；或启动 Docker；或用 ${variables} 指向现有服务器。`,
    `Missing: ${list}. Install them with: apt-get install ${packages.join(' ')} (as root), or start Docker, or point ${variables} at existing servers.`,
  );
}
