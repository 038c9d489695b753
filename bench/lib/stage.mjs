/** What is measured runs here: private servers in a folder of their own, databases filled to size, the built product. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { applyGrants } from '../../scripts/grants.mjs';
import { endProcess, freePort, lastLines, lockHolder, privateFolder, ROOT } from '../../scripts/lib/common.mjs';
import { isAlive } from '../../scripts/lib/common.mjs';
import { connect, connectionOptions } from '../../scripts/lib/external-servers.mjs';
import { run } from '../../scripts/lib/prepare.mjs';
import { startServers, stopLeftovers } from '../../scripts/servers.mjs';
import { fill } from './population.mjs';

const STOPS_WITHIN = 15_000;

/** Opens a data folder with private servers. Everything that is started through it ends with `close`. */
export async function openStage({ dist, profile, say }) {
  const parent = privateFolder(path.join(ROOT, '.data'));
  await removeLeftovers(parent);
  const folder = fs.mkdtempSync(path.join(parent, `bench-${process.pid}-`));
  const servers = await startServers({ dataDir: folder, log: say });
  const keyFile = path.join(folder, 'keys.json');
  const key = () => randomBytes(32).toString('base64');
  fs.writeFileSync(
    keyFile,
    JSON.stringify({ encryption: { 1: key() }, blindIndex: key(), publicCode: key(), sessionPepper: key() }),
    { mode: 0o600 },
  );
  return new Stage({ folder, servers, keyFile, dist, profile, say });
}

/** Folders of runs that were killed, with servers that may still run. */
async function removeLeftovers(parent) {
  for (const name of fs.readdirSync(parent)) {
    const owner = /^bench-(\d+)-/.exec(name)?.[1];
    if (!owner || isAlive(Number(owner))) continue;
    const folder = fs.realpathSync(path.join(parent, name));
    if (lockHolder(path.join(folder, 'lock')) !== undefined) continue;
    await stopLeftovers(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

class Stage {
  #children = new Set();
  #worlds = new Map();

  constructor({ folder, servers, keyFile, dist, profile, say }) {
    Object.assign(this, { folder, servers, keyFile, dist, profile, say });
  }

  /** The database with so many officers, filled at the first call. */
  async world(sizes) {
    const known = this.#worlds.get(sizes.officers);
    if (known) return known;
    const { adminUrl, appUrl } = this.servers.database;
    const name = `${connectionOptions(adminUrl).database}_test_bench_${sizes.officers}`;
    const at = (url) => {
      const named = new URL(url);
      named.pathname = `/${name}`;
      return named.href;
    };
    const admin = await connect(adminUrl);
    await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    await admin.end();
    const [ownerUrl, databaseUrl] = [at(adminUrl), at(appUrl)];
    await run(process.execPath, [path.join(this.dist, 'src', 'cli.js'), 'migrate'], {
      env: this.#environment({ databaseUrl: ownerUrl, name }),
      title: 'cli migrate',
    });
    const { user, password } = connectionOptions(appUrl);
    await applyGrants({ adminUrl: ownerUrl, appUser: user, password, database: name });
    const since = Date.now();
    const data = await fill(ownerUrl, sizes);
    this.say(`filled ${sizes.officers} officers in ${((Date.now() - since) / 1000).toFixed(0)} s`);
    const world = { name, ownerUrl, databaseUrl, sizes, ...data };
    this.#worlds.set(sizes.officers, world);
    return world;
  }

  #environment({ databaseUrl, name }) {
    return {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      TZ: 'UTC',
      DATABASE_URL: databaseUrl,
      REDIS_URL: this.servers.redis.url,
      DATA_DIR: this.folder,
      KEY_FILE: this.keyFile,
      QUEUE_PREFIX: name,
      HOST: '127.0.0.1',
      DEMO: '0',
      LOG_LEVEL: 'info',
    };
  }

  /** The HTTP process on this world, logging to a file as an installation would. */
  async api(world) {
    const port = await freePort();
    const env = { ...this.#environment(world), PORT: String(port) };
    const child = await this.#start('api', [path.join(this.dist, 'src', 'main.js')], env);
    return { ...child, url: `http://127.0.0.1:${port}` };
  }

  worker(world) {
    return this.#start('worker', [path.join(this.dist, 'src', 'worker.js')], this.#environment(world));
  }

  /** Any other script, e.g. a bare application to compare with. It says 'ready' over its channel. */
  async script(file) {
    const port = await freePort();
    const child = await this.#start(path.basename(file, '.mjs'), [file], {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      TZ: 'UTC',
      PORT: String(port),
    });
    return { ...child, url: `http://127.0.0.1:${port}` };
  }

  async #start(name, args, env) {
    const log = path.join(this.folder, 'logs', `${name}.log`);
    const output = fs.openSync(log, 'a', 0o600);
    const profiling = this.profile ? ['--cpu-prof', '--cpu-prof-dir', this.profile] : [];
    const child = spawn(process.execPath, [...profiling, '--enable-source-maps', ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', output, output, 'ipc'],
    });
    fs.closeSync(output);
    this.#children.add(child);
    const gone = once(child, 'exit').then(() => false);
    if (!(await Promise.race([once(child, 'message').then(() => true), gone]))) {
      this.#children.delete(child);
      throw new Error(`${name} did not start:\n${lastLines(log)}`);
    }
    return { pid: child.pid, stop: () => this.#stop(child) };
  }

  async #stop(child) {
    if (!this.#children.delete(child)) return;
    await endProcess(child.pid, STOPS_WITHIN);
  }

  /** Somebody signed in with the rights of a supervisor, for as long as a session lives. */
  async signIn(world) {
    const token = randomBytes(32).toString('base64url');
    const connection = await connect(world.ownerUrl, { timezone: 'Z' });
    await connection.query(
      `INSERT INTO sessions (token_hash, account_id, created_at, last_seen_at, expires_at)
       VALUES (?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL 12 HOUR)`,
      [createHash('sha256').update(token).digest('hex'), world.accountId],
    );
    await connection.end();
    return { authorization: `Bearer ${token}` };
  }

  /** What the measured processes logged as errors, the last of it: the folder is gone when a run has failed. */
  faults() {
    const folder = path.join(this.folder, 'logs');
    return fs
      .readdirSync(folder)
      .flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').split('\n'))
      .filter((line) => line.includes('"level":"error"'))
      .slice(-10);
  }

  async close() {
    await Promise.all([...this.#children].map((child) => this.#stop(child)));
    await this.servers.stop();
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
