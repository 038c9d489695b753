import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Clock } from '../../kernel/clock.js';
import { RUNNING_IMPORT_STATES, type ImportState } from '../../rules/import.lifecycle.js';
import type { ImportRecord } from '../import-record.js';
import { ImportStore } from '../import-store.js';
import { ImportEnding } from './import-ending.js';

/** The right to work on one import; it ends with the epoch. */
export interface Lease {
  readonly importId: string;
  readonly epoch: number;
}

/** Somebody else works on this import now: whoever finds this out stops without a trace. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * How long a killed worker's import waits for another one. A chunk takes a fraction of it, and while a chunk runs its lock keeps
 * everybody off whatever the lease says: only a process that stands still between two chunks for so long loses its lease.
 */
export const LEASE_MS = 10_000;
/** Claims without a single finished chunk in between, after which an import is given up. */
const MOST_ATTEMPTS = 40;

/** R16: a lease makes idle work findable; the epoch, checked under the lock of every chunk, makes a woken zombie harmless. */
@Injectable()
export class Leases {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly ending: ImportEnding,
    private readonly audit: AuditTrail,
  ) {}

  /** Null when there is nothing to do or somebody is doing it. */
  async claim(importId: string): Promise<Lease | null> {
    return this.uow.run(async () => {
      const row = await this.db.row<{ status: ImportState; epoch: number; lease_until: Date | null; attempts: number }>(
        'SELECT status, epoch, lease_until, attempts FROM imports WHERE id = ? FOR UPDATE SKIP LOCKED',
        [importId],
      );
      if (!row || !RUNNING_IMPORT_STATES.includes(row.status)) return null;
      const now = await this.clock.now();
      if (row.lease_until && row.lease_until.getTime() > now) return null;
      const epoch = row.epoch + 1;
      await this.db.execute('UPDATE imports SET epoch = ?, lease_until = ?, attempts = attempts + 1 WHERE id = ?', [
        epoch,
        new Date(now + LEASE_MS),
        importId,
      ]);
      if (row.attempts < MOST_ATTEMPTS) return { importId, epoch };
      const record = await this.store.byId(importId);
      await this.ending.fail(record, {
        code: 'IMPORT_STUCK',
        detail: '多次尝试都没有进展，已停止。已导入的行保持不变；请联系管理员，或撤销后重新导入。',
        detailEn: 'Many attempts made no progress, so the import was stopped. Rows written so far stay.',
      });
      this.audit.record(
        null,
        'import.give-up',
        { type: 'import', id: importId },
        { after: { attempts: row.attempts } },
      );
      return null;
    });
  }

  /** At the beginning of every chunk. @throws LeaseLost when the epoch moved on or the import is no longer in this status. */
  async hold(lease: Lease, ...statuses: readonly ImportState[]): Promise<ImportRecord> {
    const record = await this.store.lockById(lease.importId);
    if (record.epoch !== lease.epoch || !statuses.includes(record.status)) throw new LeaseLost();
    return record;
  }

  /** At the end of every chunk, in its unit: the cursor moves, the lease is renewed, the attempts start anew. */
  async advance(
    lease: Lease,
    cursor: { readonly afterRow?: number; readonly doneRows: number; readonly stage?: string },
  ): Promise<void> {
    const now = await this.clock.now();
    const moved = await this.db.execute(
      `UPDATE imports SET after_row = COALESCE(?, after_row), done_rows = ?, stage = COALESCE(?, stage), lease_until = ?, attempts = 0
       WHERE id = ? AND epoch = ?`,
      [
        cursor.afterRow ?? null,
        cursor.doneRows,
        cursor.stage ?? null,
        new Date(now + LEASE_MS),
        lease.importId,
        lease.epoch,
      ],
    );
    if (moved !== 1) throw new LeaseLost();
  }

  /** How far a commit of all or nothing has come: beside its unit, which nobody can look into before it commits. */
  async tell({ importId, epoch }: Lease, rows: number): Promise<void> {
    await this.uow.aside(async () =>
      this.db.execute(
        `INSERT INTO import_progress (import_id, epoch, done_rows, told_at) VALUES (?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE epoch = VALUES(epoch), done_rows = VALUES(done_rows), told_at = VALUES(told_at)`,
        [importId, epoch, rows, new Date(await this.clock.now())],
      ),
    );
  }

  /** Between chunks, while a file is opened. */
  async renew(lease: Lease): Promise<void> {
    await this.uow.run(async () =>
      this.db.execute('UPDATE imports SET lease_until = ? WHERE id = ? AND epoch = ? AND lease_until IS NOT NULL', [
        new Date((await this.clock.now()) + LEASE_MS),
        lease.importId,
        lease.epoch,
      ]),
    );
  }

  async beginParsing(lease: Lease): Promise<ImportRecord> {
    return this.uow.run(async () => {
      const record = await this.hold(lease, 'RECEIVED', 'PARSING');
      if (record.status === 'PARSING') return record;
      await this.ending.move(record, 'parse', { phaseRows: 0 });
      return this.store.byId(record.id);
    });
  }

  /** Lays the work down, finished or not, so that the next one need not wait for the lease to run out. */
  async release(lease: Lease): Promise<void> {
    await this.uow.run(() =>
      this.db.execute('UPDATE imports SET lease_until = NULL WHERE id = ? AND epoch = ?', [
        lease.importId,
        lease.epoch,
      ]),
    );
  }

  /** Imports with work to do and nobody at it. */
  async waiting(): Promise<readonly string[]> {
    const rows = await this.db.rows<{ id: string }>(
      `SELECT id FROM imports WHERE status IN (${marks(RUNNING_IMPORT_STATES)}) AND (lease_until IS NULL OR lease_until <= ?)
       ORDER BY id LIMIT 50`,
      [...RUNNING_IMPORT_STATES, new Date(await this.clock.now())],
    );
    return rows.map(({ id }) => id);
  }
}
