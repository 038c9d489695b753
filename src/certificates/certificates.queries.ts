import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { pageOf } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import { below, Db, marks } from '../infrastructure/database/db.js';
import { addDays, isLegalDate, legalDateOf } from '../rules/calendar.js';
import { CustodyDesk } from './custody/custody-desk.js';
import { allowedVerbs } from './allowed-verbs.js';
import { standingSql } from './certificate-standing.queries.js';
import {
  CERTIFICATE_COLUMNS,
  recordOf,
  standingAt,
  SUSPENSION_COLUMNS,
  type CertificateRow,
  type SuspensionRow,
} from './certificate.rows.js';
import type {
  CertificateChainView,
  CertificateDetailView,
  CertificateLinkView,
  CertificateMoveView,
  CertificatePage,
  CertificateSuspensionView,
  CertificateView,
} from './certificate.view.js';
import type { CertificateListQuery } from './certificates.dto.js';

interface ShownRow extends CertificateRow {
  readonly holder_name: string;
  readonly subject_name: string;
  readonly import_id: string | null;
  readonly public_code: string;
  readonly content_hash: string;
  readonly rules_version: string;
  readonly recorded_at: Date;
}

const SHOWN = `${CERTIFICATE_COLUMNS}, c.holder_name, c.subject_name, c.import_id, c.public_code,
  c.content_hash, c.rules_version, c.recorded_at`;
const FROM = `FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
  JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = o.subject_id`;

type Parameter = string | number | Date;

/** Certificates as people see them, within their scope; an officer sees the own ones. */
@Injectable()
export class CertificateQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly custody: CustodyDesk,
  ) {}

  async list(actor: Actor, query: CertificateListQuery): Promise<CertificatePage> {
    const now = await this.clock.now();
    const scope = scopeOf(actor);
    const where = [scope.sql];
    const parameters: Parameter[] = [...scope.parameters];
    const add = (sql: string, ...values: Parameter[]): void => {
      where.push(sql);
      parameters.push(...values);
    };
    // Who asks for what ends soon wants the first to end first.
    const soonest = query.expiringWithinDays !== undefined;
    if (soonest) {
      const [day, id] = endingPlace(query.after());
      add('(c.valid_to > ? OR (c.valid_to = ? AND c.id > ?))', day, day, id);
    } else add('c.id > ?', query.after());
    if (query.officerId !== undefined) add('c.officer_id = ?', query.officerId);
    if (query.no !== undefined) add('c.number = ?', query.no);
    if (query.subjectId !== undefined) add('c.subject_id = ?', query.subjectId);
    if (query.state !== undefined) {
      const { sql, parameters: values } = standingSql(query.state, now);
      add(sql, ...values);
    }
    if (query.expiringWithinDays !== undefined) {
      const today = legalDateOf(now) ?? '';
      add(`st.status = 'VALID' AND c.valid_to BETWEEN ? AND ?`, today, addDays(today, query.expiringWithinDays));
    }
    if (query.endsFrom !== undefined) add(`st.status = 'VALID' AND c.valid_to >= ?`, query.endsFrom);
    if (query.endsTo !== undefined) add(`st.status = 'VALID' AND c.valid_to <= ?`, query.endsTo);
    const rows = await this.db.rows<ShownRow>(
      `SELECT ${SHOWN} ${FROM} WHERE ${where.join(' AND ')} ORDER BY ${soonest ? 'c.valid_to, ' : ''}c.id LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    const suspensions = await this.suspensions(rows.map(({ id }) => id));
    const view = (row: ShownRow): CertificateView => viewOf(row, suspensions, now);
    return soonest
      ? pageOf(rows, query.limit, view, ({ id, valid_to }) => `${valid_to} ${id}`)
      : pageOf(rows, query.limit, view);
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<CertificateDetailView> {
    const now = await this.clock.now();
    const scope = scopeOf(actor);
    const row = await this.db.row<ShownRow>(`SELECT ${SHOWN} ${FROM} WHERE c.id = ? AND ${scope.sql}`, [
      id,
      ...scope.parameters,
    ]);
    if (!row) throw notFound('certificate');
    const suspensions = await this.suspensions([id]);
    const certificate = recordOf(row, suspensions);
    return {
      ...viewOf(row, suspensions, now),
      publicCode: row.public_code,
      contentHash: row.content_hash,
      rulesVersion: row.rules_version,
      ...(await this.use(id)),
      moves: await this.moves(id),
      suspensions: await this.history(id),
      previous: row.previous_certificate_id ? await this.link('c.id = ?', row.previous_certificate_id, now) : null,
      next: await this.link('c.previous_certificate_id = ?', id, now),
      ...(await this.notice(id, allowedVerbs(actor, certificate, now))),
      custody: (await this.custody.one(certificate)).state,
    };
  }

  /** @throws Problem 404 outside the scope */
  async chain(actor: Actor, id: string): Promise<CertificateChainView> {
    const now = await this.clock.now();
    const scope = scopeOf(actor);
    const rows = await this.db.rows<ShownRow>(
      `SELECT ${SHOWN} ${FROM} JOIN certificates one ON one.officer_id = c.officer_id AND one.type = c.type
       LEFT JOIN certificate_numbers ledger ON ledger.type = c.type AND ledger.number = c.number
       WHERE one.id = ? AND ${scope.sql} AND (ledger.state IS NULL OR ledger.state = 'ISSUED' OR c.id = one.id) ORDER BY c.recorded_at, c.valid_from, c.id`,
      [id, ...scope.parameters],
    );
    if (rows.length === 0) throw notFound('certificate');
    const suspensions = await this.suspensions(rows.map((row) => row.id));
    return { items: inOrder(rows).map((row) => viewOf(row, suspensions, now)) };
  }

  /** The void notice, and with it the verbs: nobody gives a second one. */
  private async notice(
    id: string,
    commands: string[],
  ): Promise<Pick<CertificateDetailView, 'voidNotice' | 'commands'>> {
    const row = await this.db.row<{ medium: string; reference: string; published_on: string; recorded_at: Date }>(
      'SELECT medium, reference, published_on, recorded_at FROM certificate_void_notices WHERE certificate_id = ?',
      [id],
    );
    if (!row) return { voidNotice: null, commands };
    const { medium, reference, published_on, recorded_at } = row;
    return {
      voidNotice: { medium, reference, publishedOn: published_on, recordedAt: recorded_at.toISOString() },
      commands: commands.filter((verb) => verb !== 'void-notice'),
    };
  }

  private suspensions(ids: readonly string[]): Promise<SuspensionRow[]> {
    return this.db.rows<SuspensionRow>(
      `SELECT ${SUSPENSION_COLUMNS} FROM certificate_suspensions WHERE certificate_id IN (${marks(ids)}) AND superseded_at IS NULL`,
      ids,
    );
  }

  private async moves(id: string): Promise<CertificateMoveView[]> {
    interface Row {
      command: string;
      state_after: string;
      ground: string | null;
      document: string | null;
      card_returned: number | null;
      decided_by: string | null;
      effective_from: Date;
      recorded_at: Date;
      username: string | null;
    }
    const rows = await this.db.rows<Row>(
      `SELECT m.command, m.state_after, m.ground, m.document, m.card_returned, m.decided_by, m.effective_from, m.recorded_at, a.username
       FROM certificate_moves m LEFT JOIN accounts a ON a.id = m.recorded_by WHERE m.certificate_id = ? ORDER BY m.recorded_at, m.id`,
      [id],
    );
    return rows.map((row) => ({
      command: row.command,
      stateAfter: row.state_after,
      ground: row.ground,
      document: row.document,
      cardReturned: row.card_returned === null ? null : row.card_returned === 1,
      decidedBy: row.decided_by,
      effectiveFrom: row.effective_from.toISOString(),
      recordedAt: row.recorded_at.toISOString(),
      recordedBy: row.username,
    }));
  }

  private async use(id: string): Promise<{ timesPrinted: number; lastVerifiedAt: string | null }> {
    const row = await this.db.row<{ prints: number; checked_at: Date | null }>(
      `SELECT (SELECT COUNT(*) FROM card_prints p WHERE p.certificate_id = c.id) AS prints,
         (SELECT MAX(k.checked_at) FROM certificate_checks k WHERE k.certificate_id = c.id) AS checked_at
       FROM certificates c WHERE c.id = ?`,
      [id],
    );
    return { timesPrinted: Number(row?.prints ?? 0), lastVerifiedAt: row?.checked_at?.toISOString() ?? null };
  }

  private async history(id: string): Promise<CertificateSuspensionView[]> {
    interface Row extends SuspensionRow {
      ground: string;
      document: string;
      lift_document: string | null;
      decided_by: string | null;
      recorded_at: Date;
      superseded_at: Date | null;
    }
    const rows = await this.db.rows<Row>(
      `SELECT ${SUSPENSION_COLUMNS}, ground, document, lift_document, decided_by, recorded_at, superseded_at FROM certificate_suspensions
       WHERE certificate_id = ? ORDER BY recorded_at, id`,
      [id],
    );
    return rows.map((row) => ({
      id: row.id,
      ground: row.ground,
      document: row.document,
      liftDocument: row.lift_document,
      decidedBy: row.decided_by,
      effectiveFrom: row.effective_from.toISOString(),
      effectiveTo: row.effective_to?.toISOString() ?? null,
      plannedTo: row.planned_to?.toISOString() ?? null,
      recordedAt: row.recorded_at.toISOString(),
      supersededAt: row.superseded_at?.toISOString() ?? null,
    }));
  }

  private async link(condition: string, id: string, now: number): Promise<CertificateLinkView | null> {
    const row = await this.db.row<CertificateRow>(
      `SELECT ${CERTIFICATE_COLUMNS} FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
       WHERE ${condition} ORDER BY c.id DESC LIMIT 1`,
      [id],
    );
    if (!row) return null;
    return {
      id: row.id,
      certificateNo: row.number,
      state: standingAt(recordOf(row, await this.suspensions([row.id])), now),
    };
  }
}

/** Each after the one that it follows; what follows nothing keeps its place in time. */
function inOrder(rows: readonly ShownRow[]): readonly ShownRow[] {
  const ordered: ShownRow[] = [];
  const place = (row: ShownRow): void => {
    if (ordered.includes(row)) return;
    ordered.push(row);
    for (const next of rows) if (next.previous_certificate_id === row.id) place(next);
  };
  const ids = new Set(rows.map(({ id }) => id));
  for (const row of rows) if (row.previous_certificate_id === null || !ids.has(row.previous_certificate_id)) place(row);
  for (const row of rows) place(row);
  return ordered;
}

/** Business roles see their body and below; an officer sees what is the own. */
/** The place after which a page of what ends soon begins; a cursor of another list shows an empty page. */
function endingPlace(after: string): readonly [day: string, id: string] {
  if (after === '') return ['1000-01-01', ''];
  const [, day, id] = /^(\d{4}-\d{2}-\d{2}) (\S+)$/.exec(after) ?? [];
  return day !== undefined && id !== undefined && isLegalDate(day) ? [day, id] : ['9999-12-31', '\uffff'];
}

function scopeOf(actor: Actor): { sql: string; parameters: Parameter[] } {
  return actor.permissions.has('business.read')
    ? { sql: 's.path LIKE ?', parameters: [below(actor.homeSubjectPath)] }
    : { sql: 'c.officer_id = ?', parameters: [actor.officerId ?? ''] };
}

function viewOf(row: ShownRow, suspensions: readonly SuspensionRow[], now: number): CertificateView {
  const certificate = recordOf(row, suspensions);
  return {
    id: row.id,
    type: row.type,
    certificateNo: row.number,
    officerId: row.officer_id,
    holderName: row.holder_name,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    domains: [...certificate.domains],
    validFrom: row.valid_from,
    validTo: row.valid_to,
    state: standingAt(certificate, now),
    origin: row.origin,
    applicationId: row.application_id,
    batchId: row.batch_id,
    importId: row.import_id,
    issuedAt: row.recorded_at.toISOString(),
    version: row.version,
  };
}
