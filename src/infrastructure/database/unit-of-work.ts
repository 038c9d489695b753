import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  DataSource,
  EventSubscriber,
  QueryFailedError,
  type EntityManager,
  type EntitySubscriberInterface,
} from 'typeorm';

/** Lock wait timeout, deadlock, row changed since the snapshot (innodb_snapshot_isolation). */
const RETRYABLE = new Set([1205, 1213, 1020]);
const ATTEMPTS = 5;

interface Scope {
  readonly manager: EntityManager;
  readonly afterCommit: (() => void)[];
  /** By owner: run in the order of registration once the work is done, just before COMMIT (the audit head is locked last). */
  readonly beforeCommit: Map<object, () => Promise<void>>;
}

const open = new AsyncLocalStorage<Scope>();

/** Remembers a failed query on its connection, so that nobody can swallow it and commit the rest (K33). */
@EventSubscriber()
export class FailedQueryMark implements EntitySubscriberInterface {
  afterQuery({
    success,
    error,
    queryRunner,
  }: Parameters<NonNullable<EntitySubscriberInterface['afterQuery']>>[0]): void {
    if (!success) queryRunner.data['failure'] ??= error ?? new Error('a query failed');
  }
}

/**
 * The only way to write. One unit is one transaction at READ COMMITTED; units join, they never nest. On a deadlock, a lock wait
 * or a changed snapshot the whole work runs again, in a new transaction. Nothing that leaves the process happens inside.
 */
@Injectable()
export class UnitOfWork {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The open unit's manager. @throws Error when there is no open unit: no write slips out of a transaction. */
  get manager(): EntityManager {
    const scope = open.getStore();
    if (!scope) throw new Error('no open unit of work');
    return scope.manager;
  }

  get isOpen(): boolean {
    return open.getStore() !== undefined;
  }

  /** For nudges only (the outbox relay). What must happen is an outbox row. The nudge must not throw. */
  afterCommit(nudge: () => void): void {
    const scope = open.getStore();
    if (!scope) throw new Error('no open unit of work');
    scope.afterCommit.push(nudge);
  }

  /** Runs once per owner at the end of the unit, before COMMIT. Gives false when this owner had registered already. */
  beforeCommit(owner: object, finish: () => Promise<void>): boolean {
    const scope = open.getStore();
    if (!scope) throw new Error('no open unit of work');
    if (scope.beforeCommit.has(owner)) return false;
    scope.beforeCommit.set(owner, finish);
    return true;
  }

  /** What identifies the open unit; a key for per-unit state in a WeakMap. */
  get current(): object {
    return this.manager;
  }

  /**
   * Runs the work in a transaction of its own beside the open unit, on another connection: it stays whatever becomes of the unit. For
   * telling how far a long unit has come, never for what the unit decides. It must not touch rows that the unit has locked.
   */
  aside<T>(work: () => Promise<T>): Promise<T> {
    return open.exit(() => this.run(work));
  }

  /** Runs the work in one transaction and gives its result. Joins the open unit where there is one. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (open.getStore()) return work();
    for (let attempt = 1; ; attempt++) {
      const afterCommit: (() => void)[] = [];
      try {
        const result = await this.dataSource.transaction('READ COMMITTED', async (manager) => {
          const data = manager.queryRunner?.data;
          if (data) delete data['failure'];
          const beforeCommit: Scope['beforeCommit'] = new Map();
          const value = await open.run({ manager, afterCommit, beforeCommit }, async () => {
            const outcome = await work();
            for (const finish of beforeCommit.values()) await finish();
            return outcome;
          });
          const failure: unknown = manager.queryRunner?.data['failure'];
          if (failure) throw failure instanceof Error ? failure : new Error('a query of this unit failed');
          return value;
        });
        for (const nudge of afterCommit) nudge();
        return result;
      } catch (error) {
        if (attempt >= ATTEMPTS || !isRetryable(error)) throw error;
        await pause(Math.random() * 20 * 2 ** attempt);
      }
    }
  }
}

const driverErrno = (error: unknown): number =>
  error instanceof QueryFailedError ? ((error.driverError as { errno?: number }).errno ?? 0) : 0;

const isRetryable = (error: unknown): boolean => RETRYABLE.has(driverErrno(error));

/** True when the error is a duplicate of the named key. Ask outside the unit: a unit with a failed query never commits. */
export function isDuplicateOf(error: unknown, keyName: string): boolean {
  if (driverErrno(error) !== 1062) return false;
  const message = (error as QueryFailedError).driverError as { sqlMessage?: string };
  return (message.sqlMessage ?? '').includes(keyName);
}
