import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import type { SanctionKind } from '../../rules/card-case.lifecycle.js';
import { groupBy } from '../collections.js';
import type { DisqualificationPage, DisqualificationView, SanctionPage, SanctionView } from './discipline.view.js';
import type { DisciplineQuery } from './discipline.dto.js';

interface SanctionRow {
  readonly id: string;
  readonly officer_id: string;
  readonly kind: SanctionKind;
  readonly organ: string;
  readonly document: string;
  readonly effective_from: string;
  readonly recorded_at: Date;
  readonly superseded_at: Date | null;
  readonly bar_id: string | null;
  readonly barred_to: string | null;
  readonly open_cases: number;
}

interface DisqualificationRow {
  readonly id: string;
  readonly officer_id: string;
  readonly ground: string;
  readonly decided_by: string;
  readonly document: string;
  readonly effective_from: Date;
  readonly barred_from: string;
  readonly barred_to: string | null;
  readonly recorded_at: Date;
}

/** Sanctions and disqualifications of an officer, within the asker's scope. */
@Injectable()
export class DisciplineQueries {
  constructor(private readonly db: Db) {}

  /** @throws Problem 404 */
  async sanctions(actor: Actor, officerId: string, query: DisciplineQuery): Promise<SanctionPage> {
    await this.requireOfficer(actor, officerId);
    const rows = await this.sanctionRows('x.officer_id = ? AND x.id > ?', [officerId, query.after()], query.limit + 1);
    return pageOf(rows, query.limit, (row) => sanctionView(actor, row));
  }

  /** @throws Problem 404 */
  async sanction(actor: Actor, officerId: string, id: string): Promise<SanctionView> {
    await this.requireOfficer(actor, officerId);
    const [row] = await this.sanctionRows('x.officer_id = ? AND x.id = ?', [officerId, id], 1);
    if (!row) throw notFound('sanction');
    return sanctionView(actor, row);
  }

  /** @throws Problem 404 */
  async disqualifications(actor: Actor, officerId: string, query: DisciplineQuery): Promise<DisqualificationPage> {
    await this.requireOfficer(actor, officerId);
    const rows = await this.db.rows<DisqualificationRow>(
      `SELECT id, officer_id, ground, decided_by, document, effective_from, barred_from, barred_to, recorded_at
       FROM officer_disqualifications WHERE officer_id = ? AND id > ? ORDER BY id LIMIT ?`,
      [officerId, query.after(), query.limit + 1],
    );
    const revoked = await this.revokedBy(rows);
    return pageOf(rows, query.limit, (row) => disqualificationView(row, revoked.get(row.id) ?? []));
  }

  private sanctionRows(where: string, parameters: readonly string[], limit: number): Promise<SanctionRow[]> {
    return this.db.rows<SanctionRow>(
      `SELECT x.id, x.officer_id, x.kind, x.organ, x.document, x.effective_from, x.recorded_at, x.superseded_at, b.id AS bar_id, b.barred_to,
         (SELECT COUNT(*) FROM card_cases k WHERE k.source_id = x.id AND k.closed_at IS NULL) AS open_cases
       FROM officer_sanctions x LEFT JOIN qualification_bars b ON b.officer_id = x.officer_id AND b.source_type = 'sanction'
         AND b.source_id = x.id AND b.superseded_at IS NULL
       WHERE ${where} ORDER BY x.id LIMIT ?`,
      [...parameters, limit],
    );
  }

  /** Certificates that were revoked by the same decision, at the same moment. */
  private async revokedBy(rows: readonly DisqualificationRow[]): Promise<ReadonlyMap<string, string[]>> {
    const ids = rows.map(({ id }) => id);
    const found = await this.db.rows<{ disqualification_id: string; number: string }>(
      `SELECT d.id AS disqualification_id, c.number FROM officer_disqualifications d JOIN certificates c ON c.officer_id = d.officer_id
       JOIN certificate_moves m ON m.certificate_id = c.id AND m.command = 'revoke' AND m.recorded_at = d.recorded_at
       WHERE d.id IN (${marks(ids)}) ORDER BY c.number`,
      ids,
    );
    const groups = groupBy(found, ({ disqualification_id }) => disqualification_id);
    return new Map([...groups].map(([id, all]) => [id, all.map(({ number }) => number)]));
  }

  private async requireOfficer(actor: Actor, officerId: string): Promise<void> {
    const found = await this.db.row(
      'SELECT o.id FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id = ? AND s.path LIKE ?',
      [officerId, below(actor.homeSubjectPath)],
    );
    if (!found) throw notFound('officer');
  }
}

const sanctionView = (actor: Actor, row: SanctionRow): SanctionView => ({
  id: row.id,
  officerId: row.officer_id,
  kind: row.kind,
  organ: row.organ,
  document: row.document,
  effectiveFrom: row.effective_from,
  barredTo: row.barred_to,
  barred: row.bar_id !== null,
  recordedAt: row.recorded_at.toISOString(),
  withdrawnAt: row.superseded_at?.toISOString() ?? null,
  openCases: Number(row.open_cases),
  allowedVerbs: row.superseded_at === null && actor.permissions.has('certificate.decide') ? ['withdraw'] : [],
});

const disqualificationView = (row: DisqualificationRow, revoked: string[]): DisqualificationView => ({
  id: row.id,
  officerId: row.officer_id,
  ground: row.ground,
  decidedBy: row.decided_by,
  document: row.document,
  effectiveFrom: row.effective_from.toISOString(),
  barredFrom: row.barred_from,
  barredTo: row.barred_to,
  recordedAt: row.recorded_at.toISOString(),
  revoked,
});
