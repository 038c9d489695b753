import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson, sha256 } from '../../infrastructure/crypto/canonical.js';
import { Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { ImportCounts } from '../import-counts.js';
import type { ImportReceiptView } from '../import-receipt.view.js';
import { ImportStore } from '../import-store.js';

interface BalanceRow {
  readonly status: string;
  readonly rows_in: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly ignored: number;
  readonly duplicate: number;
  readonly unexamined: number;
  readonly balanced_at: Date;
}

const ROWS_AT_ONCE = 5000;

/** What an import proves about itself: which bytes came from whom, what became of every row, who decided when. */
@Injectable()
export class ReceiptQueries {
  constructor(
    private readonly db: Db,
    private readonly store: ImportStore,
    private readonly counts: ImportCounts,
  ) {}

  /** @throws Problem 404 */
  async read(actor: Actor, id: string): Promise<ImportReceiptView> {
    const record = await this.store.inScope(actor, id);
    const people = await this.db.row<{ owner: string; starter: string | null }>(
      `SELECT s.name AS owner, a.display_name AS starter FROM imports i JOIN subjects s ON s.id = i.owner_subject_id
       LEFT JOIN accounts a ON a.id = i.started_by WHERE i.id = ?`,
      [id],
    );
    const audited = await this.db.row<{ n: number }>(
      `SELECT COUNT(*) AS n FROM audit_entries WHERE target_type = 'import' AND target_id = ?`,
      [id],
    );
    const body: Omit<ImportReceiptView, 'receiptSha256'> = {
      importId: id,
      kind: record.kind,
      title: this.store.definitionOf(record).title,
      parameters: { ...record.parameters },
      status: record.status,
      owner: { id: record.ownerSubjectId, name: people?.owner ?? '' },
      startedBy: { id: record.startedBy, name: people?.starter ?? '' },
      createdAt: record.createdAt.toISOString(),
      finishedAt: record.finishedAt?.toISOString() ?? null,
      files: await this.files(id),
      commits: await this.commits(id),
      counts: await this.counts.of(id, record.totalRows),
      account: await this.counts.account(id),
      balances: await this.balances(id),
      rowsSha256: await this.rowsDigest(id),
      auditEntries: Number(audited?.n ?? 0),
    };
    return { ...body, receiptSha256: sha256(canonicalJson(body)) };
  }

  private async files(id: string): Promise<ImportReceiptView['files']> {
    const rows = await this.db.rows<{
      round: number;
      file_name: string;
      file_sha256: string;
      file_size: number;
      sent_by: string;
      sender: string | null;
      sent_at: Date;
    }>(
      `SELECT f.round, f.file_name, f.file_sha256, f.file_size, f.sent_by, a.display_name AS sender, f.sent_at FROM import_files f
       LEFT JOIN accounts a ON a.id = f.sent_by WHERE f.import_id = ? ORDER BY f.round`,
      [id],
    );
    return rows.map((row) => ({
      round: row.round,
      fileName: row.file_name,
      fileSha256: row.file_sha256,
      fileSize: Number(row.file_size),
      sentBy: { id: row.sent_by, name: row.sender ?? '' },
      sentAt: row.sent_at.toISOString(),
    }));
  }

  private async commits(id: string): Promise<ImportReceiptView['commits']> {
    const rows = await this.db.rows<{
      round: number;
      policy: string;
      existing: string;
      reason: string | null;
      acknowledged_json: string;
      committed_by: string;
      committer: string | null;
      committed_at: Date;
    }>(
      `SELECT c.round, c.policy, c.existing, c.reason, c.acknowledged_json, c.committed_by, a.display_name AS committer, c.committed_at
       FROM import_commits c LEFT JOIN accounts a ON a.id = c.committed_by WHERE c.import_id = ? ORDER BY c.committed_at, c.id`,
      [id],
    );
    return rows.map((row) => ({
      round: row.round,
      policy: row.policy,
      existing: row.existing,
      reason: row.reason,
      acknowledged: JSON.parse(row.acknowledged_json) as string[],
      committedBy: { id: row.committed_by, name: row.committer ?? '' },
      committedAt: row.committed_at.toISOString(),
    }));
  }

  private async balances(id: string): Promise<ImportReceiptView['balances']> {
    const rows = await this.db.rows<BalanceRow>(
      `SELECT status, rows_in, accepted, rejected, ignored, duplicate, unexamined, balanced_at FROM import_balances
       WHERE import_id = ? ORDER BY version`,
      [id],
    );
    return rows.map(({ rows_in, balanced_at, ...row }) => ({
      ...row,
      rowsIn: rows_in,
      balancedAt: balanced_at.toISOString(),
    }));
  }

  /** Row by row in order, so that two receipts can be compared. */
  private async rowsDigest(id: string): Promise<string> {
    const hash = createHash('sha256');
    for (let after = 0; ;) {
      const rows = await this.db.rows<{ row_no: number; state: string; target_id: string | null }>(
        'SELECT row_no, state, target_id FROM import_results WHERE import_id = ? AND row_no > ? ORDER BY row_no LIMIT ?',
        [id, after, ROWS_AT_ONCE],
      );
      for (const { row_no, state, target_id } of rows) hash.update(`${JSON.stringify([row_no, state, target_id])}\n`);
      const last = rows.at(-1);
      if (!last || rows.length < ROWS_AT_ONCE) return hash.digest('hex');
      after = last.row_no;
    }
  }
}
