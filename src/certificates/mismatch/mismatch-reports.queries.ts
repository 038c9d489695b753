import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { below, Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import type { MismatchListQuery } from './mismatch.dto.js';
import type { MismatchReportPage, MismatchReportView } from './mismatch.view.js';

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly certificate_id: string | null;
  readonly number: string | null;
  readonly subject_id: string | null;
  readonly subject_name: string | null;
  readonly verdict: string;
  readonly description_cipher: string | null;
  readonly place_cipher: string | null;
  readonly reported_at: Date;
  readonly status: string;
  readonly outcome: string | null;
  readonly note: string | null;
  readonly settled_at: Date | null;
  readonly version: number;
}

const SELECT = `SELECT r.id, r.kind, r.certificate_id, c.number, r.subject_id, s.name AS subject_name, r.verdict,
  r.description_cipher, r.place_cipher, r.reported_at, r.status, r.outcome, r.note, r.settled_at, r.version
  FROM mismatch_reports r LEFT JOIN certificates c ON c.id = r.certificate_id LEFT JOIN subjects s ON s.id = r.subject_id`;
/** A report about no certificate of ours belongs to the district itself. */
const IN_SCOPE = `(s.path LIKE ? OR (r.subject_id IS NULL AND EXISTS (SELECT 1 FROM subjects top WHERE top.id = ? AND top.parent_id IS NULL)))`;

@Injectable()
export class MismatchReportQueries {
  constructor(
    private readonly db: Db,
    private readonly secrets: PersonalData,
  ) {}

  async list(actor: Actor, query: MismatchListQuery): Promise<MismatchReportPage> {
    const byStatus = query.status === undefined ? '' : 'AND r.status = ?';
    const rows = await this.db.rows<Row>(`${SELECT} WHERE ${IN_SCOPE} AND r.id > ? ${byStatus} ORDER BY r.id LIMIT ?`, [
      ...scopeOf(actor),
      query.after(),
      ...(query.status === undefined ? [] : [query.status]),
      query.limit + 1,
    ]);
    return pageOf(rows, query.limit, (row) => this.view(row));
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<MismatchReportView> {
    const row = await this.db.row<Row>(`${SELECT} WHERE ${IN_SCOPE} AND r.id = ?`, [...scopeOf(actor), id]);
    if (!row) throw notFound('report');
    return this.view(row);
  }

  private view(row: Row): MismatchReportView {
    const open = (cipher: string | null, column: string): string | null =>
      cipher === null ? null : this.secrets.decrypt(cipher, `mismatch_reports.${column}.${row.id}`);
    return {
      id: row.id,
      kind: row.kind,
      certificateId: row.certificate_id,
      certificateNo: row.number,
      subjectId: row.subject_id,
      subjectName: row.subject_name,
      verdict: row.verdict,
      description: open(row.description_cipher, 'description'),
      place: open(row.place_cipher, 'place'),
      reportedAt: row.reported_at.toISOString(),
      status: row.status,
      outcome: row.outcome,
      note: row.note,
      settledAt: row.settled_at?.toISOString() ?? null,
      version: row.version,
    };
  }
}

const scopeOf = (actor: Actor): [string, string] => [below(actor.homeSubjectPath), actor.homeSubjectId];
