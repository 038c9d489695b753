import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db } from '../../infrastructure/database/db.js';
import {
  decideSecondSignature,
  destructionLifecycle,
  type DestructionState,
} from '../../rules/card-custody.lifecycle.js';
import { standingAt } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import type { DestructionCardView, DestructionDetailView, DestructionPage, DestructionView } from './custody.view.js';
import type { DestructionListQuery } from './custody.dto.js';

interface ListRow {
  readonly id: string;
  readonly list_no: string;
  readonly state: DestructionState;
  readonly note: string;
  readonly cards: number;
  readonly created_by: string;
  readonly creator: string | null;
  readonly created_at: Date;
  readonly finisher: string | null;
  readonly finished_at: Date | null;
  readonly closing_note: string | null;
  readonly version: number;
}

const SELECT = `SELECT d.id, d.list_no, d.state, d.note, d.created_by, a.username AS creator, d.created_at, b.username AS finisher, d.finished_at,
  d.closing_note, d.version, (SELECT COUNT(*) FROM card_destruction_items i WHERE i.destruction_id = d.id) AS cards
  FROM card_destructions d JOIN subjects s ON s.id = d.owner_subject_id
  LEFT JOIN accounts a ON a.id = d.created_by LEFT JOIN accounts b ON b.id = d.finished_by`;

@Injectable()
export class DestructionQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly certificates: CertificateLocks,
  ) {}

  async list(actor: Actor, query: DestructionListQuery): Promise<DestructionPage> {
    const state = query.state === undefined ? '' : 'AND d.state = ?';
    const rows = await this.db.rows<ListRow>(
      `${SELECT} WHERE s.path LIKE ? AND d.id > ? ${state} ORDER BY d.id LIMIT ?`,
      [
        below(actor.homeSubjectPath),
        query.after(),
        ...(query.state === undefined ? [] : [query.state]),
        query.limit + 1,
      ],
    );
    return pageOf(rows, query.limit, (row) => viewOf(actor, row));
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<DestructionDetailView> {
    const row = await this.db.row<ListRow>(`${SELECT} WHERE d.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('destruction list');
    return { ...viewOf(actor, row), cards: await this.cards(id) };
  }

  private async cards(id: string): Promise<DestructionCardView[]> {
    const rows = await this.db.rows<{ id: string; number: string; holder_name: string }>(
      `SELECT c.id, c.number, c.holder_name FROM card_destruction_items i JOIN certificates c ON c.id = i.certificate_id
       WHERE i.destruction_id = ? ORDER BY c.number`,
      [id],
    );
    const now = await this.clock.now();
    const records = await this.certificates.byIds(rows.map((row) => row.id));
    const standings = new Map(records.map((one) => [one.id, standingAt(one, now)]));
    return rows.map((row) => ({
      certificateId: row.id,
      certificateNo: row.number,
      holderName: row.holder_name,
      certificateState: standings.get(row.id) ?? '',
    }));
  }
}

function viewOf(actor: Actor, row: ListRow): DestructionView {
  const verbs = destructionLifecycle
    .commandsFrom(row.state)
    .filter(() => actor.permissions.has('card.destroy'))
    .filter((verb) => verb !== 'sign' || decideSecondSignature(actor.accountId, row.created_by).allowed);
  return {
    id: row.id,
    listNo: row.list_no,
    state: row.state,
    note: row.note,
    count: Number(row.cards),
    createdBy: row.creator ?? '',
    createdAt: row.created_at.toISOString(),
    finishedBy: row.finisher,
    finishedAt: row.finished_at?.toISOString() ?? null,
    closingNote: row.closing_note,
    allowedVerbs: verbs,
    version: row.version,
  };
}
