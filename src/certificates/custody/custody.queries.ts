import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db } from '../../infrastructure/database/db.js';
import { custodyLifecycle, firstCustody, type CustodyState } from '../../rules/card-custody.lifecycle.js';
import { standingAt } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import type { CustodyDetailView, CustodyMoveView, CustodyPage, CustodyView } from './custody.view.js';
import type { CustodyListQuery } from './custody.dto.js';
import { CARD_VERBS } from './move-card.js';

interface CustodyRow {
  readonly id: string;
  readonly number: string;
  readonly officer_id: string;
  readonly holder_name: string;
  readonly origin: string;
  readonly state: CustodyState | null;
  readonly since: string | null;
}

const SELECT = `SELECT c.id, c.number, c.officer_id, c.holder_name, c.origin, k.state,
  (SELECT MAX(m.happened_on) FROM card_custody_moves m WHERE m.certificate_id = c.id) AS since
  FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
  JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = o.subject_id
  LEFT JOIN card_custodies k ON k.certificate_id = c.id`;
/** A reservation, kept or given up, has no card. */
const HAS_CARD = `st.status <> 'RESERVED' AND NOT EXISTS (SELECT 1 FROM certificate_numbers n
  WHERE n.type = c.type AND n.number = c.number AND n.state <> 'ISSUED')`;

/** Where the cards are, within the asker's scope. */
@Injectable()
export class CustodyQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly certificates: CertificateLocks,
  ) {}

  async list(actor: Actor, query: CustodyListQuery): Promise<CustodyPage> {
    const where = [HAS_CARD, 's.path LIKE ?', 'c.id > ?'];
    const parameters: (string | number)[] = [below(actor.homeSubjectPath), query.after()];
    const add = (sql: string, value: string): void => {
      where.push(sql);
      parameters.push(value);
    };
    if (query.officerId !== undefined) add('c.officer_id = ?', query.officerId);
    if (query.subjectId !== undefined) add('c.subject_id = ?', query.subjectId);
    if (query.state !== undefined) {
      add(`COALESCE(k.state, CASE c.origin WHEN 'LEGACY' THEN 'WITH_HOLDER' ELSE 'AT_DESK' END) = ?`, query.state);
    }
    const rows = await this.db.rows<CustodyRow>(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY c.id LIMIT ?`, [
      ...parameters,
      query.limit + 1,
    ]);
    const standings = await this.standings(rows.map(({ id }) => id));
    return pageOf(rows, query.limit, (row) => viewOf(row, standings.get(row.id) ?? ''));
  }

  /** @throws Problem 404 outside the scope, or where no card was ever made */
  async one(actor: Actor, id: string): Promise<CustodyDetailView> {
    const row = await this.db.row<CustodyRow>(`${SELECT} WHERE ${HAS_CARD} AND c.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('card');
    const standing = (await this.standings([id])).get(id) ?? '';
    const view = viewOf(row, standing);
    const verbs = Object.entries(CARD_VERBS)
      .filter(([, command]) => custodyLifecycle.allows(view.state, command))
      .filter(([, command]) => standing === 'VALID' || !['handOut', 'giveBack'].includes(command))
      .map(([verb]) => verb);
    return {
      ...view,
      moves: await this.moves(id),
      allowedVerbs: actor.permissions.has('card.custody') ? verbs : [],
    };
  }

  private async standings(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const now = await this.clock.now();
    return new Map((await this.certificates.byIds(ids)).map((one) => [one.id, standingAt(one, now)]));
  }

  private async moves(id: string): Promise<CustodyMoveView[]> {
    const rows = await this.db.rows<{
      command: string;
      state_after: string;
      counterpart: string | null;
      note: string | null;
      happened_on: string;
      destruction_id: string | null;
      recorded_at: Date;
      username: string | null;
    }>(
      `SELECT m.command, m.state_after, m.counterpart, m.note, m.happened_on, m.destruction_id, m.recorded_at, a.username
       FROM card_custody_moves m LEFT JOIN accounts a ON a.id = m.recorded_by WHERE m.certificate_id = ? ORDER BY m.recorded_at, m.id`,
      [id],
    );
    return rows.map((row) => ({
      command: row.command,
      stateAfter: row.state_after,
      counterpart: row.counterpart,
      note: row.note,
      happenedOn: row.happened_on,
      destructionId: row.destruction_id,
      recordedAt: row.recorded_at.toISOString(),
      recordedBy: row.username,
    }));
  }
}

const viewOf = (row: CustodyRow, certificateState: string): CustodyView => ({
  certificateId: row.id,
  certificateNo: row.number,
  officerId: row.officer_id,
  holderName: row.holder_name,
  certificateState,
  state: row.state ?? firstCustody(row.origin),
  since: row.since,
});
