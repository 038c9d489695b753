import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createPool } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2';
import { applyGrants } from '../../scripts/grants.mjs';
import { connectionParts } from '../../src/infrastructure/database/engine.js';
import { copyDatabase, onServer, originalOfRun, type Original } from './seeded-copy.js';

const ROOT = join(import.meta.dirname, '../..');
/** The build under test; TEST_DIST names another one. */
const DIST = resolve(ROOT, process.env['TEST_DIST'] ?? 'dist');

export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
  /** The body's bytes when it is no JSON. */
  readonly bytes: Buffer;
}

/** Somebody signed in at the running product. */
export interface Client {
  readonly token: string;
  send<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    options?: { headers?: Record<string, string>; api?: number },
  ): Promise<Reply<T>>;
  get<T = Record<string, unknown>>(path: string, options?: { api?: number }): Promise<Reply<T>>;
  post<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    options?: { headers?: Record<string, string>; api?: number },
  ): Promise<Reply<T>>;
  /** Uploads a spreadsheet and gives the answer of POST /imports. */
  upload(kind: string, parameters: Record<string, string>, fileName: string, content: Buffer | string): Promise<Reply>;
}

export interface Product {
  readonly urls: readonly string[];
  readonly databaseUrl: string;
  readonly password: string;
  /** Where this product keeps its files and its keys. */
  readonly dataDir: string;
  readonly keyFile: string;
  readonly pids: { readonly apis: readonly number[]; worker(): number };
  signIn(username: string): Promise<Client>;
  /** Rows of the product's database, read by the owner's account. */
  rows<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Kills the worker without warning; another one is started at once, as the supervisor would. */
  killWorker(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** HTTP processes, default 1. */
  readonly apis?: number;
  readonly worker?: boolean;
  /** Servers of its own, which a test may kill; by default those of the run. */
  readonly servers?: { readonly adminUrl: string; readonly appUrl: string; readonly redisUrl: string };
  /** Replacements in the compiled files: the mutants that a test must be able to catch. */
  readonly mutate?: readonly { readonly file: string; readonly from: RegExp; readonly to: string }[];
}

/** Starts the built product (npm run build) on a database of its own, with the demonstration data. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const admin = options.servers?.adminUrl ?? process.env['TEST_DATABASE_URL'];
  const redis = options.servers?.redisUrl ?? process.env['TEST_REDIS_URL'];
  if (!admin || !redis) throw new Error('TEST_DATABASE_URL and TEST_REDIS_URL are needed: run the tests by npm test');
  const name = `chizheng_test_e2e_${process.pid}_${randomBytes(4).toString('hex')}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'chizheng-e2e-'));
  const dist = options.mutate ? mutant(dataDir, options.mutate) : DIST;
  const environment = environmentOf(urlOf(admin, name), redis, name, dataDir);
  const { DATABASE_URL: databaseUrl, KEY_FILE: keyFile } = environment;
  const appUrl = options.servers?.appUrl;
  const original = options.servers
    ? null
    : await originalOfRun(admin, environment.DEMO_PASSWORD, (empty) => load(admin, redis, empty));
  if (original) {
    await copyDatabase(admin, original.database, name);
    cpSync(original.folder, dataDir, { recursive: true });
    environment.DEMO_PASSWORD = original.password;
    environment.DATABASE_URL = await restrictedUrl(databaseUrl, name, appUrl);
  } else {
    await onServer(admin, (connection) => connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`));
    await loadDemonstration(environment, name, appUrl);
  }
  const password = environment.DEMO_PASSWORD;
  const ports: number[] = [];
  for (let i = 0; i < (options.apis ?? 1); i++) ports.push(await freePort());
  const apis = await Promise.all(
    ports.map((port) => startProcess(dist, 'src/main.js', { ...environment, PORT: String(port) })),
  );
  let worker = options.worker === false ? null : await startProcess(dist, 'src/worker.js', environment);
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  // A pool, because it gets over a server that was killed.
  const database = createPool({
    connectionLimit: 2,
    ...connectionParts(databaseUrl),
    timezone: 'Z',
    dateStrings: ['DATE'],
    decimalNumbers: false,
  });
  return {
    urls,
    databaseUrl,
    password,
    dataDir,
    keyFile,
    pids: { apis: apis.map(({ pid }) => pid ?? 0), worker: () => worker?.pid ?? 0 },
    signIn: (username) => signIn(urls, username, password),
    rows: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
      const [rows] = await database.query<RowDataPacket[]>(sql, parameters as unknown[]);
      return rows as unknown as Row[];
    },
    killWorker: async () => {
      const dead = worker;
      if (!dead) throw new Error('no worker runs');
      const gone = once(dead, 'exit');
      dead.kill('SIGKILL');
      await gone;
      worker = await startProcess(dist, 'src/worker.js', environment);
    },
    stop: async () => {
      await Promise.all([...apis, ...(worker ? [worker] : [])].map(endProcess));
      await database.end();
      await onServer(admin, (connection) => connection.query(`DROP DATABASE IF EXISTS ${name}`));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const urlOf = (admin: string, database: string): string => {
  const url = new URL(admin);
  url.pathname = `/${database}`;
  return url.toString();
};

/** How a product is started; the keys are made, the password is drawn. */
function environmentOf(databaseUrl: string, redis: string, name: string, dataDir: string) {
  const key = (): string => randomBytes(32).toString('base64');
  const keyFile = join(dataDir, 'keys.json');
  writeFileSync(keyFile, JSON.stringify({ encryption: { 1: key() }, blindIndex: key(), publicCode: key() }));
  return {
    ...process.env,
    NODE_ENV: 'development',
    TZ: 'UTC',
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: databaseUrl,
    REDIS_URL: redis,
    DATA_DIR: dataDir,
    KEY_FILE: keyFile,
    QUEUE_PREFIX: name,
    DEMO: '1',
    DEMO_PASSWORD: `Demo-${randomBytes(9).toString('base64url')}-1`,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
  };
}

type Environment = ReturnType<typeof environmentOf>;

/** Always by the build itself: a mutant is judged by what it does afterwards. */
async function loadDemonstration(environment: Environment, name: string, appUrl?: string): Promise<void> {
  await runToEnd(DIST, ['src/cli.js', 'migrate'], environment);
  // From here on as in real life: an account that can neither change facts nor take back what the audit says.
  environment.DATABASE_URL = await restrictedUrl(environment.DATABASE_OWNER_URL, name, appUrl);
  await runToEnd(DIST, ['src/cli.js', 'seed'], environment);
}

async function load(admin: string, redis: string, { database, folder, password }: Original): Promise<void> {
  const environment = environmentOf(urlOf(admin, database), redis, database, folder);
  await loadDemonstration({ ...environment, DEMO_PASSWORD: password }, database);
}

async function restrictedUrl(
  ownerUrl: string,
  database: string,
  appUrl = process.env['TEST_DATABASE_APP_URL'],
): Promise<string> {
  if (!appUrl) throw new Error('TEST_DATABASE_APP_URL is needed: run the tests by npm test');
  const { user, password } = connectionParts(appUrl);
  await applyGrants({ adminUrl: ownerUrl, appUser: user, password, database });
  const url = new URL(appUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

/** A copy of the build with some lines changed. Fails when a pattern is not found: a mutant that is none proves nothing. */
function mutant(dataDir: string, changes: NonNullable<ProductOptions['mutate']>): string {
  const copy = join(dataDir, 'mutant');
  mkdirSync(copy);
  cpSync(DIST, join(copy, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  for (const { file, from, to } of changes) {
    const path = join(copy, 'dist', file);
    const text = readFileSync(path, 'utf8');
    const changed = text.replace(new RegExp(from.source, 'g'), to);
    if (changed === text) throw new Error(`the mutant of ${file} changed nothing`);
    writeFileSync(path, changed);
  }
  return join(copy, 'dist');
}

async function runToEnd(dist: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [join(dist, args[0] ?? ''), ...args.slice(1)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${output.slice(-1500)}`);
}

async function startProcess(dist: string, file: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(dist, file)], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  const keep = (chunk: Buffer): void => {
    if (process.env['PRODUCT_LOG']) process.stdout.write(chunk);
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ready = once(child, 'message').then(() => true);
  const gone = once(child, 'exit').then(() => false);
  if (!(await Promise.race([ready, gone]))) throw new Error(`${file} did not start: ${output}`);
  return child;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await gone;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function signIn(urls: readonly string[], username: string, password: string): Promise<Client> {
  const first = await request(urls[0] ?? '', 'POST', '/auth/login', { username, password }, {});
  if (first.status !== 200) throw new Error(`${username} can't sign in: ${first.status} ${JSON.stringify(first.body)}`);
  const token = String(first.body['token']);
  const send: Client['send'] = async <T>(
    method: string,
    path: string,
    body?: unknown,
    options: { headers?: Record<string, string>; api?: number } = {},
  ) =>
    (await request(urls[options.api ?? 0] ?? '', method, path, body, {
      authorization: `Bearer ${token}`,
      ...options.headers,
    })) as Reply<T>;
  return {
    token,
    send,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    upload: (kind, parameters, fileName, content) => {
      const form = new FormData();
      form.set('kind', kind);
      form.set('parameters', JSON.stringify(parameters));
      form.set('file', new Blob([new Uint8Array(Buffer.from(content))]), fileName);
      return send('POST', '/imports', form);
    },
  };
}

async function request(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Reply> {
  const outside = /^\/(health|metrics|v\/|api\/)/.test(path);
  const form = body instanceof FormData;
  const response = await fetch(`${url}${outside ? '' : '/api/v1'}${path}`, {
    method,
    headers: { ...(body === undefined || form ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const json = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    body: json && bytes.length > 0 ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : {},
  };
}

/** Asks again until the condition holds; never sleeps blindly. @throws Error with the last answer when the bound is over */
export async function eventually<T>(
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  boundMs = 60_000,
): Promise<T> {
  const end = Date.now() + boundMs;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > end)
      throw new Error(`it did not come true within ${boundMs} ms: ${JSON.stringify(answer).slice(0, 1000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
