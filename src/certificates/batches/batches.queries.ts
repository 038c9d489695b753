import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db } from '../../infrastructure/database/db.js';
import { explain } from '../../rules/refusal-texts.js';
import type { Reason } from '../../rules/verdict.js';
import type { BatchDetailView, BatchItemView, BatchPage, BatchView } from './batch.view.js';
import type { BatchListQuery } from './batches.dto.js';

interface BatchRow {
  readonly id: string;
  readonly status: string;
  readonly number_mode: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly version: number;
  readonly total: number;
  readonly waiting: number;
  readonly reserved: number;
  readonly issued: number;
  readonly refused: number;
}

const counted = (status: string, name: string): string =>
  `(SELECT COUNT(*) FROM certificate_batch_items i WHERE i.batch_id = b.id AND i.status = '${status}') AS ${name}`;
const SELECT = `SELECT b.id, b.status, b.number_mode, b.valid_from, b.valid_to, b.created_at, b.finished_at, b.version,
  (SELECT COUNT(*) FROM certificate_batch_items i WHERE i.batch_id = b.id) AS total,
  ${counted('WAITING', 'waiting')}, ${counted('RESERVED', 'reserved')}, ${counted('ISSUED', 'issued')}, ${counted('REFUSED', 'refused')}
  FROM certificate_batches b JOIN subjects s ON s.id = b.owner_subject_id`;

@Injectable()
export class BatchQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: BatchListQuery): Promise<BatchPage> {
    const byStatus = query.status === undefined ? '' : 'AND b.status = ?';
    const rows = await this.db.rows<BatchRow>(
      `${SELECT} WHERE s.path LIKE ? AND b.id > ? ${byStatus} ORDER BY b.id LIMIT ?`,
      [
        below(actor.homeSubjectPath),
        query.after(),
        ...(query.status === undefined ? [] : [query.status]),
        query.limit + 1,
      ],
    );
    const now = await this.clock.now();
    return pageOf(rows, query.limit, (row) => viewOf(row, now));
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<BatchDetailView> {
    const row = await this.db.row<BatchRow>(`${SELECT} WHERE b.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('batch');
    return { ...viewOf(row, await this.clock.now()), items: await this.items(id) };
  }

  private async items(batchId: string): Promise<BatchItemView[]> {
    const rows = await this.db.rows<{
      application_id: string;
      certificate_id: string | null;
      number: string | null;
      status: string;
      reasons_json: string | null;
    }>(
      `SELECT i.application_id, i.certificate_id, c.number, i.status, i.reasons_json
       FROM certificate_batch_items i LEFT JOIN certificates c ON c.id = i.certificate_id
       WHERE i.batch_id = ? ORDER BY i.application_id`,
      [batchId],
    );
    return rows.map((row) => ({
      applicationId: row.application_id,
      ...(row.certificate_id === null ? {} : { certificateId: row.certificate_id }),
      ...(row.number === null ? {} : { certificateNo: row.number }),
      status: row.status,
      reasons: (JSON.parse(row.reasons_json ?? '[]') as Reason[]).map(explain),
    }));
  }
}

function viewOf(row: BatchRow, now: number): BatchView {
  const counts = {
    total: Number(row.total),
    waiting: Number(row.waiting),
    reserved: Number(row.reserved),
    issued: Number(row.issued),
    refused: Number(row.refused),
  };
  const done = counts.issued + counts.refused;
  const elapsed = Math.max(0, now - row.created_at.getTime()) / 1000;
  const running = row.status === 'ISSUING' && done > 0;
  return {
    id: row.id,
    status: row.status,
    numberMode: row.number_mode,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    counts,
    percent: counts.total === 0 ? 100 : Math.floor((done * 100) / counts.total),
    secondsLeft: running ? Math.ceil((elapsed / done) * (counts.total - done)) : null,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    version: row.version,
  };
}
