import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { pageOf, type Page } from '../kernel/page.js';
import { endOfDay, isLegalDate, startOfDay } from '../rules/calendar.js';
import { canonicalEntry } from './audit-chain.js';
import type { AuditEntriesQuery, CheckpointsQuery } from './audit.dto.js';
import type { CheckpointRow, Ends, EntryRow, SealedRow } from './audit.rows.js';
import { checkpointView, entryView, type AuditEntryView, type CheckpointView } from './audit.view.js';

const COLUMNS = `seq, id, recorded_at, actor_id, actor_name, acting_subject_id, verb, target_type, target_id, before_json,
  after_json, reasons_json, request_id, ip_address, previous_hash, entry_hash`;

/** `canonicalEntry` in SQL: the server puts the text together, which is several times faster than carrying every column over. */
const CONTENT = `CONCAT(${[
  'previous_hash',
  'CAST(seq AS CHAR)',
  'id',
  `CONCAT(LEFT(DATE_FORMAT(recorded_at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')`,
  'actor_id',
  'actor_name',
  'acting_subject_id',
  'verb',
  'target_type',
  'target_id',
  'before_json',
  'after_json',
  'reasons_json',
  'request_id',
  'ip_address',
]
  .map((field) => `IF(${field} IS NULL, '-;', CONCAT(OCTET_LENGTH(${field}), ':', ${field}, ';'))`)
  .join(', ')})`;

@Injectable()
export class AuditQueries {
  constructor(private readonly db: Db) {}

  async entries(query: AuditEntriesQuery): Promise<Page<AuditEntryView>> {
    const newestFirst = query.order === 'desc';
    const where: string[] = [];
    const values: (string | number | Date)[] = [];
    const filter = (sql: string, value: string | number | Date | null | undefined): void => {
      if (value === undefined || value === null) return;
      where.push(sql);
      values.push(value);
    };
    filter(newestFirst ? 'seq < ?' : 'seq > ?', seqAfter(query.after()));
    filter('actor_id = ?', query.actorId);
    filter('verb = ?', query.verb);
    filter('target_type = ?', query.targetType);
    filter('target_id = ?', query.targetId);
    filter('recorded_at >= ?', query.from === undefined ? null : instantOf(query.from, startOfDay));
    filter('recorded_at < ?', query.to === undefined ? null : instantOf(query.to, endOfDay));
    const rows = await this.db.rows<EntryRow>(
      `SELECT ${COLUMNS} FROM audit_entries ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY seq ${newestFirst ? 'DESC' : 'ASC'} LIMIT ?`,
      [...values, query.limit + 1],
    );
    const page = pageOf(
      rows.map((row) => ({ id: String(row.seq), row })),
      query.limit,
      ({ row }) => entryView(row),
    );
    return page;
  }

  async checkpoints(query: CheckpointsQuery): Promise<Page<CheckpointView>> {
    const rows = await this.db.rows<CheckpointRow>(
      `SELECT seq, entry_hash, created_at, signature, key_id FROM audit_checkpoints WHERE seq > ? ORDER BY seq LIMIT ?`,
      [seqAfter(query.after()) ?? 0, query.limit + 1],
    );
    return pageOf(
      rows.map((row) => ({ id: String(row.seq), row })),
      query.limit,
      ({ row }) => checkpointView(row),
    );
  }

  /** Where chain, head and checkpoints end, in one look. */
  async ends(): Promise<Ends> {
    const row = await this.db.row<{ seq: number; entry_hash: string; last_seq: number | null; last_cp: number | null }>(
      `SELECT h.seq, h.entry_hash, (SELECT MAX(e.seq) FROM audit_entries e) AS last_seq,
         (SELECT MAX(c.seq) FROM audit_checkpoints c) AS last_cp FROM audit_head h WHERE h.id = 1`,
    );
    if (!row) throw new Error('the audit chain has no head');
    return {
      headSeq: Number(row.seq),
      headHash: row.entry_hash,
      lastSeq: Number(row.last_seq ?? 0),
      lastCheckpoint: Number(row.last_cp ?? 0),
    };
  }

  /** The next entries of the chain, at most `count`. */
  async sealed(after: number, upTo: number, count: number): Promise<SealedRow[]> {
    const rows = await this.db.rows<Omit<SealedRow, 'content'> & { content: string | null }>(
      `SELECT seq, entry_hash, ${CONTENT} AS content FROM audit_entries
       WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
      [after, upTo, count],
    );
    const sealed: SealedRow[] = [];
    for (const row of rows) sealed.push({ ...row, content: row.content ?? (await this.longContent(row.seq)) });
    return sealed;
  }

  checkpointsBetween(after: number, upTo: number): Promise<CheckpointRow[]> {
    return this.db.rows<CheckpointRow>(
      'SELECT seq, entry_hash, created_at, signature, key_id FROM audit_checkpoints WHERE seq > ? AND seq <= ? ORDER BY seq',
      [after, upTo],
    );
  }

  /** The server gives no text longer than its packets: then column by column. */
  private async longContent(seq: number): Promise<string> {
    const row = await this.db.row<EntryRow>(`SELECT ${COLUMNS} FROM audit_entries WHERE seq = ?`, [seq]);
    if (!row) return '';
    return canonicalEntry({
      seq: row.seq,
      id: row.id,
      recordedAt: row.recorded_at.toISOString(),
      actorId: row.actor_id,
      actorName: row.actor_name,
      actingSubjectId: row.acting_subject_id,
      verb: row.verb,
      targetType: row.target_type,
      targetId: row.target_id,
      before: row.before_json,
      after: row.after_json,
      reasons: row.reasons_json,
      requestId: row.request_id,
      ipAddress: row.ip_address,
      previousHash: row.previous_hash,
    });
  }
}

/** The number inside a cursor; null on the first page, and none at all for a cursor of another list. */
function seqAfter(cursor: string): number | null {
  if (cursor === '') return null;
  return /^\d{1,15}$/.test(cursor) ? Number(cursor) : Number.MAX_SAFE_INTEGER;
}

const instantOf = (text: string, ofDate: (date: string) => number | null): Date =>
  new Date(isLegalDate(text) ? (ofDate(text) ?? Number.NaN) : Date.parse(text));
