import { Injectable } from '@nestjs/common';
import { below, Db } from '../../infrastructure/database/db.js';
import { FileStore } from '../../infrastructure/files/file-store.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import type { RosterListQuery } from './offline.dto.js';
import type { RosterPage, RosterView } from './offline.view.js';

interface Row {
  readonly id: string;
  readonly serial: number;
  readonly title: string;
  readonly people: number;
  readonly with_photos: number;
  readonly issued_at: Date;
  readonly fresh_until: Date;
  readonly valid_until: Date;
  readonly key_id: string;
  readonly file_key: string;
  readonly sha256: string;
  readonly byte_size: number;
}

const SELECT = `SELECT r.id, r.serial, r.title, r.people, r.with_photos, r.issued_at, r.fresh_until, r.valid_until, r.key_id,
  r.file_key, r.sha256, r.byte_size FROM roster_snapshots r JOIN subjects s ON s.id = r.owner_subject_id`;

@Injectable()
export class RosterQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly files: FileStore,
  ) {}

  async list(actor: Actor, query: RosterListQuery): Promise<RosterPage> {
    const rows = await this.db.rows<Row>(`${SELECT} WHERE s.path LIKE ? AND r.id > ? ORDER BY r.id LIMIT ?`, [
      below(actor.homeSubjectPath),
      query.after(),
      query.limit + 1,
    ]);
    const now = await this.clock.now();
    return pageOf(rows, query.limit, (row) => viewOf(row, now));
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<RosterView> {
    return viewOf(await this.row(actor, id), await this.clock.now());
  }

  /** The signed document as it was handed out. @throws Problem 404 outside the scope */
  async file(actor: Actor, id: string): Promise<Buffer> {
    return this.files.read((await this.row(actor, id)).file_key);
  }

  private async row(actor: Actor, id: string): Promise<Row> {
    const row = await this.db.row<Row>(`${SELECT} WHERE r.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('roster');
    return row;
  }
}

function viewOf(row: Row, now: number): RosterView {
  const age = now >= row.valid_until.getTime() ? 'OVER' : now >= row.fresh_until.getTime() ? 'STALE' : 'FRESH';
  return {
    id: row.id,
    title: row.title,
    serial: Number(row.serial),
    people: row.people,
    withPhotos: row.with_photos === 1,
    issuedAt: row.issued_at.toISOString(),
    freshUntil: row.fresh_until.toISOString(),
    validUntil: row.valid_until.toISOString(),
    age,
    keyId: row.key_id,
    byteSize: row.byte_size,
    sha256: row.sha256,
    file: `/api/v1/offline/rosters/${row.id}/file`,
  };
}
