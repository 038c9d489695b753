import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import { isPending, publicationLifecycle, type PublicationCommand } from '../rules/publication.lifecycle.js';
import {
  contentOf,
  CONTENT_COLUMNS,
  type ContentRow,
  type LockedPublication,
  type PublicContent,
} from './publication.rows.js';
import { CARRIERS, publishableAt } from './publishable.queries.js';

const AT_ONCE = 500;

/** Locks records and moves them: the only writer of their state. Everything runs in the caller's unit. */
@Injectable()
export class PublicationDesk {
  constructor(private readonly db: Db) {}

  /** The records within the scope, locked in ascending order, by id. */
  async lockWithin(path: string, ids: readonly string[]): Promise<ReadonlyMap<string, LockedPublication>> {
    const found = await this.db.rows<{ id: string }>(
      `SELECT p.id FROM publications p JOIN subjects s ON s.id = p.subject_id WHERE p.id IN (${marks(ids)}) AND s.path LIKE ?`,
      [...ids, below(path)],
    );
    return this.lock(found.map(({ id }) => id));
  }

  async lock(ids: readonly string[]): Promise<ReadonlyMap<string, LockedPublication>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db.rows<LockedPublication>(
      `SELECT id, certificate_id, officer_id, state, prepared_by, version FROM publications FORCE INDEX (PRIMARY)
       WHERE id IN (${marks(ids)}) ORDER BY id FOR UPDATE`,
      ids,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Which of these certificates may be public now, with what the public would see. */
  async publishable(certificateIds: readonly string[], now: number): Promise<ReadonlyMap<string, PublicContent>> {
    const { sql, parameters } = publishableAt(now);
    const found = new Map<string, PublicContent>();
    for (let start = 0; start < certificateIds.length; start += AT_ONCE) {
      const part = certificateIds.slice(start, start + AT_ONCE);
      const rows = await this.db.rows<ContentRow>(
        `SELECT ${CONTENT_COLUMNS} FROM ${CARRIERS} WHERE c.id IN (${marks(part)}) AND ${sql}`,
        [...part, ...parameters],
      );
      for (const row of rows) found.set(row.certificate_id, contentOf(row));
    }
    return found;
  }

  /** Moves one record and sets what goes with it. */
  async move(
    record: Pick<LockedPublication, 'id' | 'certificate_id' | 'version'>,
    command: PublicationCommand,
    more: Readonly<Record<string, string | Date | null>> = {},
  ): Promise<boolean> {
    const { from, to } = publicationLifecycle.move(command);
    const columns = Object.keys(more);
    const moved = await this.db.execute(
      `UPDATE publications SET state = ?, pending_slot = ?, public_slot = ?, version = version + 1${columns.map((column) => `, ${column} = ?`).join('')}
       WHERE id = ? AND version = ? AND state IN (${marks(from)})`,
      [
        to,
        isPending(to) ? record.certificate_id : null,
        to === 'PUBLISHED' ? record.certificate_id : null,
        ...columns.map((column) => more[column] ?? null),
        record.id,
        record.version,
        ...from,
      ],
    );
    return moved === 1;
  }
}
