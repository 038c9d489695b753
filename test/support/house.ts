import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createConnection } from 'mysql2/promise';
import { AuditModule } from '../../src/audit/index.js';
import { Accounts, Actors, IdentityModule } from '../../src/identity/index.js';
import { sha256 } from '../../src/infrastructure/crypto/canonical.js';
import { DatabaseClock } from '../../src/infrastructure/database/database-clock.js';
import { Db } from '../../src/infrastructure/database/db.js';
import { connectionParts } from '../../src/infrastructure/database/engine.js';
import { migrate } from '../../src/infrastructure/database/migrate.js';
import { UnitOfWork } from '../../src/infrastructure/database/unit-of-work.js';
import { HandlesTopic, ParticipatesInClearance, type TopicHandler } from '../../src/infrastructure/discovery/marks.js';
import { createApp, prefixRoutes } from '../../src/infrastructure/http/create-app.js';
import { logger } from '../../src/infrastructure/logging/logger.js';
import { InfrastructureModule } from '../../src/infrastructure/infrastructure.module.js';
import { OutboxRelay } from '../../src/infrastructure/outbox/relay.js';
import { EventWorker } from '../../src/infrastructure/queue/event-worker.js';
import { Queues, type EventJob } from '../../src/infrastructure/queue/queues.js';
import type { Actor } from '../../src/kernel/actor.js';
import type { ClearanceParticipant, ClearanceReduced } from '../../src/kernel/clearance-change.js';
import { Clock } from '../../src/kernel/clock.js';
import { newId } from '../../src/kernel/ids.js';
import type { Role } from '../../src/kernel/permissions.js';

/** The database's time, unless a test has set another one. */
export class TestClock extends DatabaseClock {
  private fixed: number | null = null;

  set(time: string | number | null): void {
    this.fixed = typeof time === 'string' ? Date.parse(time) : time;
  }

  override async now(): Promise<number> {
    return this.fixed ?? super.now();
  }

  override told(at: number): number {
    return this.fixed ?? at;
  }
}

/** Stands in for duty where the tested composition lacks it: remembers what was announced. */
@ParticipatesInClearance()
@Injectable()
export class AnnouncedChanges implements ClearanceParticipant {
  readonly changes: ClearanceReduced[] = [];
  async onClearanceReduced(change: ClearanceReduced): Promise<void> {
    this.changes.push(change);
  }
}

/** Stands in for the notices where the tested composition lacks them: events wait, nobody is told. */
@HandlesTopic('events.waiting')
@Injectable()
class NobodyIsTold implements TopicHandler {
  async handle(): Promise<void> {
    // Nothing: the events stay where they are.
  }
}

/** Stands in for publication where the tested composition lacks it: a card that moved is nobody's concern there. */
@HandlesTopic('certificate.moved')
@Injectable()
class NobodyPublishes implements TopicHandler {
  async handle(): Promise<void> {
    // Nothing: there is no publication to be withdrawn.
  }
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

export interface Person {
  readonly actor: Actor;
  readonly token: string;
  get<T = Record<string, unknown>>(path: string, headers?: Record<string, string>): Promise<Answer<T>>;
  post<T = Record<string, unknown>>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  patch<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  put<T = Record<string, unknown>>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
}

const PEOPLE: Readonly<Record<string, readonly [roles: readonly Role[], unit: 'root' | 'unit' | 'otherUnit']>> = {
  hr: [['HR'], 'root'],
  'exam-officer': [['EXAM_OFFICER'], 'root'],
  'exam-officer-2': [['EXAM_OFFICER'], 'root'],
  reviewer: [['REVIEWER'], 'root'],
  approver: [['APPROVER'], 'root'],
  supervisor: [['SUPERVISOR'], 'root'],
  auditor: [['AUDITOR'], 'root'],
  'system-admin': [['SYSTEM_ADMIN'], 'root'],
  'security-admin': [['SECURITY_ADMIN'], 'root'],
  officer: [['OFFICER'], 'root'],
  'hr-1': [['HR'], 'unit'],
  'hr-2': [['HR'], 'otherUnit'],
  'supervisor-2': [['SUPERVISOR'], 'otherUnit'],
};
export type PersonName = keyof typeof PEOPLE;

export interface House {
  readonly app: NestFastifyApplication;
  readonly db: Db;
  readonly uow: UnitOfWork;
  readonly clock: TestClock;
  readonly url: string;
  /** The owner's URL of this house's own database, for what the application may not do. */
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Ids of the district and of two units below it; all CONFIRMED since 2020. */
  readonly root: string;
  readonly unit: string;
  readonly otherUnit: string;
  /** Empty when duty takes part itself. */
  readonly announced: AnnouncedChanges;
  as(name: PersonName): Person;
  /** A request without signing in. */
  anybody(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Runs relay, topic handlers and sweepers until nothing is left to do. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

let houses = 0;

/**
 * Opens the application (the whole one, or the given modules on top of infrastructure, audit and identity) on a database of its
 * own, built by the migrations.
 */
export async function openHouse(options: { readonly modules?: readonly Type[] } = {}): Promise<House> {
  const admin = process.env['TEST_DATABASE_URL'];
  const redis = process.env['TEST_REDIS_URL'];
  if (!admin || !redis) throw new Error('TEST_DATABASE_URL and TEST_REDIS_URL are needed: run the tests by npm test');
  const name = `chizheng_test_${process.pid}_${(houses += 1)}_${randomBytes(3).toString('hex')}`;
  const databaseUrl = await createDatabase(admin, name);
  await migrate(databaseUrl);
  const dataDir = mkdtempSync(join(tmpdir(), 'chizheng-test-'));
  const key = (): string => randomBytes(32).toString('base64');
  writeFileSync(
    join(dataDir, 'keys.json'),
    JSON.stringify({ encryption: { 1: key() }, blindIndex: key(), publicCode: key() }),
  );
  Object.assign(process.env, {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis,
    DATA_DIR: dataDir,
    KEY_FILE: join(dataDir, 'keys.json'),
    QUEUE_PREFIX: name,
    LOG_LEVEL: 'silent',
    DB_POOL: '30',
  });
  logger.level = process.env['TEST_LOG'] ?? 'silent';
  const app = await createApp(await compose(options.modules));
  prefixRoutes(app);
  const clock = new TestClock(app.get(Db));
  const production = app.get(Clock);
  // Everybody holds the same instance: redirect its methods.
  production.now = () => clock.now();
  production.told = (at) => clock.told(at);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const db = app.get(Db);
  const uow = app.get(UnitOfWork);
  const ids = await furnish(db, uow, app.get(Accounts));
  const actors = app.get(Actors);
  const people = new Map<string, Person>();
  for (const [username, accountId] of ids.accounts) {
    const actor = await actors.ofAccount(accountId);
    if (!actor) throw new Error('an account of the house is missing');
    people.set(username, await person(db, uow, url, actor));
  }
  return {
    app,
    db,
    uow,
    clock,
    url,
    databaseUrl,
    dataDir,
    root: ids.root,
    unit: ids.unit,
    otherUnit: ids.otherUnit,
    announced: app.get(AnnouncedChanges, { strict: false }),
    as: (who) => {
      const found = people.get(who);
      if (!found) throw new Error(`nobody is called ${who}`);
      return found;
    },
    anybody: (method, path, body, headers) => call(url, method, path, body, headers ?? {}),
    drain: () => drain(app),
    close: async () => {
      await app.close();
      await dropDatabase(admin, name);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function compose(modules: readonly Type[] | undefined): Promise<Type> {
  if (!modules) {
    const { AppModule } = await import('../../src/app.module.js');
    @Module({ imports: [AppModule], providers: [AnnouncedChanges] })
    class WholeHouse {}
    return WholeHouse;
  }
  const has = (module: string): boolean => modules.some(({ name }) => name === module);
  const providers = [
    AnnouncedChanges,
    ...(has('NoticesModule') ? [] : [NobodyIsTold]),
    ...(has('PublicationModule') ? [] : [NobodyPublishes]),
  ];
  @Module({ imports: [InfrastructureModule, AuditModule, IdentityModule, ...modules], providers })
  class PartOfTheHouse {}
  return PartOfTheHouse;
}

async function createDatabase(admin: string, name: string): Promise<string> {
  const connection = await createConnection({ ...connectionParts(admin), database: undefined });
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  await connection.end();
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.toString();
}

async function dropDatabase(admin: string, name: string): Promise<void> {
  const connection = await createConnection({ ...connectionParts(admin), database: undefined });
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.end();
}

/** Inserts a confirmed body by SQL; for fixtures that need no HTTP. */
export async function insertSubject(
  db: Db,
  given: {
    readonly name: string;
    readonly parent?: { id: string; path: string };
    readonly kind?: string;
    readonly uscc: string;
  },
): Promise<{ id: string; path: string }> {
  const id = newId();
  const path = `${given.parent?.path ?? '/'}${id}/`;
  await db.insert('subjects', {
    id,
    name: given.name,
    uscc: given.uscc,
    active_uscc: given.uscc,
    kind: given.kind ?? 'ADMIN_ORGAN',
    division_code: '410102',
    parent_id: given.parent?.id ?? null,
    path,
    created_at: new Date('2020-01-01T00:00:00Z'),
  });
  await db.insert('subject_status_periods', {
    id: newId(),
    subject_id: id,
    status: 'CONFIRMED',
    effective_from: new Date('2020-01-01T00:00:00Z'),
    recorded_at: new Date('2020-01-01T00:00:00Z'),
  });
  return { id, path };
}

async function furnish(db: Db, uow: UnitOfWork, accounts: Accounts) {
  return uow.run(async () => {
    const root = await insertSubject(db, { name: '中原区人民政府', uscc: '11410102MB1A0001XW' });
    const unit = await insertSubject(db, { name: '城市管理局', parent: root, uscc: '11410105005250017R' });
    const otherUnit = await insertSubject(db, {
      name: '农业服务中心',
      parent: root,
      kind: 'DELEGATED_ORG',
      uscc: '12410102MB2B00020R',
    });
    const units = { root: root.id, unit: unit.id, otherUnit: otherUnit.id };
    const made = new Map<string, string>();
    for (const [username, [roles, where]] of Object.entries(PEOPLE)) {
      // Hashing is slow and these people never type a password.
      const id = newId();
      await db.insert('accounts', {
        id,
        username,
        display_name: username,
        password_hash: '$none$',
        status: 'ACTIVE',
        home_subject_id: units[where],
        created_at: new Date('2020-01-01T00:00:00Z'),
      });
      await db.insert(
        'account_roles',
        roles.map((role) => ({ account_id: id, role })),
      );
      made.set(username, id);
    }
    void accounts;
    return { ...units, accounts: made };
  });
}

async function person(db: Db, uow: UnitOfWork, url: string, actor: Actor): Promise<Person> {
  const token = randomBytes(32).toString('base64url');
  await uow.run(() =>
    db.insert('sessions', {
      token_hash: sha256(token),
      account_id: actor.accountId,
      created_at: new Date(),
      last_seen_at: new Date(Date.now() + 3_600_000),
      expires_at: new Date(Date.now() + 86_400_000),
    }),
  );
  const send =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      call(url, method, path, body, { authorization: `Bearer ${token}`, ...headers });
  return {
    actor,
    token,
    get: ((path: string, headers?: Record<string, string>) => send('GET')(path, undefined, headers)) as Person['get'],
    post: send('POST') as Person['post'],
    patch: send('PATCH') as Person['patch'],
    put: send('PUT') as Person['put'],
  };
}

async function call(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const outside = /^\/(health|metrics|v(\/|$|\?)|api\/)/.test(path);
  const form = body instanceof FormData;
  const response = await fetch(`${url}${outside ? '' : '/api/v1'}${path}`, {
    method,
    headers: { ...(body === undefined || form ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: form ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: (json && text !== '' ? JSON.parse(text) : { text }) as Record<string, unknown>,
  };
}

/** Runs what the worker would run, without a Redis worker: relay rows go straight to the handlers. */
async function drain(app: NestFastifyApplication): Promise<void> {
  const worker = app.get(EventWorker);
  const relay = app.get(OutboxRelay);
  const queues = app.get(Queues);
  const real = queues.add.bind(queues);
  const caught: EventJob[] = [];
  queues.add = async (jobs) => {
    caught.push(...jobs);
  };
  try {
    for (let round = 0; round < 100; round++) {
      const sent = await relay.run();
      const jobs = caught.splice(0);
      for (const job of jobs) await worker.handle(job);
      if (sent === 0 && jobs.length === 0) break;
    }
    await worker.drain();
  } finally {
    queues.add = real;
  }
}
