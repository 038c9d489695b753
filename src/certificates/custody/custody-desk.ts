import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { legalDateOf } from '../../rules/calendar.js';
import {
  custodyLifecycle,
  firstCustody,
  type CustodyCommand,
  type CustodyState,
} from '../../rules/card-custody.lifecycle.js';
import type { CertificateRecord } from '../certificate.rows.js';
import { inParts } from '../collections.js';

export interface Custody {
  readonly state: CustodyState;
  /** Null while nothing is written down. */
  readonly version: number | null;
}

export interface CustodyDetail {
  /** From whom, or to whom. */
  readonly counterpart?: string | null;
  readonly note?: string | null;
  readonly happenedOn?: string | null;
  readonly destructionId?: string | null;
}

type Card = Pick<CertificateRecord, 'id' | 'origin'>;

/** The only writer of where a card is. The caller holds the lock of the certificate's state row. */
@Injectable()
export class CustodyDesk {
  constructor(private readonly db: Db) {}

  async of(cards: readonly Card[]): Promise<ReadonlyMap<string, Custody>> {
    const rows = await inParts(
      cards.map(({ id }) => id),
      (part) =>
        this.db.rows<{ certificate_id: string; state: CustodyState; version: number }>(
          `SELECT certificate_id, state, version FROM card_custodies WHERE certificate_id IN (${marks(part)})`,
          part,
        ),
    );
    const known = new Map(rows.map((row) => [row.certificate_id, row]));
    return new Map(
      cards.map(({ id, origin }) => {
        const row = known.get(id);
        return [id, row ? { state: row.state, version: row.version } : { state: firstCustody(origin), version: null }];
      }),
    );
  }

  async one(card: Card): Promise<Custody> {
    const custody = (await this.of([card])).get(card.id);
    if (!custody) throw new Error('a card has no custody');
    return custody;
  }

  /** Gives where the card is. @throws Problem 409 with the state found, when it can't move so */
  async require(card: Card, command: CustodyCommand): Promise<CustodyState> {
    const { state } = await this.one(card);
    if (!custodyLifecycle.allows(state, command)) throw notFrom(state, command);
    return state;
  }

  /** @throws Problem 409 with the state found */
  async move(
    card: Card,
    command: CustodyCommand,
    now: number,
    actor: Actor | null,
    detail: CustodyDetail = {},
  ): Promise<CustodyState> {
    const { state, version } = await this.one(card);
    const { from, to } = custodyLifecycle.move(command);
    if (!from.includes(state)) throw notFrom(state, command);
    if (version === null) await this.db.insert('card_custodies', { certificate_id: card.id, state: to });
    else {
      await this.db.updateOne(
        `UPDATE card_custodies SET state = ?, version = version + 1 WHERE certificate_id = ? AND version = ? AND state = ?`,
        [to, card.id, version, state],
        () => {
          throw notFrom(state, command);
        },
      );
    }
    await this.db.insert('card_custody_moves', {
      id: newId(),
      certificate_id: card.id,
      command,
      state_after: to,
      counterpart: detail.counterpart ?? null,
      note: detail.note ?? null,
      happened_on: detail.happenedOn ?? legalDateOf(now) ?? '',
      destruction_id: detail.destructionId ?? null,
      recorded_at: new Date(now),
      recorded_by: actor?.accountId ?? null,
    });
    return to;
  }

  /** The same where the move may already be done, or may not be possible any more: then nothing happens. */
  async moveIfPossible(
    card: Card,
    command: CustodyCommand,
    now: number,
    actor: Actor | null,
    detail: CustodyDetail = {},
  ): Promise<void> {
    const { state } = await this.one(card);
    if (custodyLifecycle.allows(state, command)) await this.move(card, command, now, actor, detail);
  }
}

const notFrom = (state: CustodyState, command: CustodyCommand): Problem =>
  new Problem(
    'conflict',
    'CUSTODY_STATE',
    `This can't be done (${command}) while the card is ${state}. Read it again to see what is possible now.`,
    { extensions: { state } },
  );
