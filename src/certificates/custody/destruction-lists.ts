import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { notFound, Problem } from '../../kernel/problem.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import {
  decideCustody,
  decideSecondSignature,
  destructionLifecycle,
  type DestructionState,
} from '../../rules/card-custody.lifecycle.js';
import type { Reason } from '../../rules/verdict.js';
import { standingAt, type CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { inParts } from '../collections.js';
import { CustodyDesk } from './custody-desk.js';

interface LockedList {
  readonly id: string;
  readonly state: DestructionState;
  readonly created_by: string;
  readonly certificateIds: readonly string[];
}

/** BR-86: cancelled and replaced cards go on a list; one person draws it up, another signs it, and the cards are destroyed. */
@Injectable()
export class DestructionLists {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly certificates: CertificateLocks,
    private readonly custody: CustodyDesk,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives the id. @throws Problem 404 a card out of scope, 409 where one is not RETURNED, 422 a certificate that is still live */
  propose(actor: Actor, certificateIds: readonly string[], note: string): Promise<string> {
    return this.uow.run(async () => {
      await this.requireScope(actor, certificateIds);
      const cards = await this.certificates.states(certificateIds);
      const now = await this.clock.now();
      this.requireEnded(cards, now);
      const id = newId();
      await this.db.insert('card_destructions', {
        id,
        list_no: `XH${(legalDateOf(now) ?? '').replaceAll('-', '')}-${id.slice(-12).toUpperCase()}`,
        state: destructionLifecycle.initial,
        note,
        owner_subject_id: actor.homeSubjectId,
        created_by: actor.accountId,
        created_at: new Date(now),
      });
      await this.db.insert(
        'card_destruction_items',
        cards.map((card) => ({ destruction_id: id, certificate_id: card.id })),
      );
      for (const card of cards) await this.custody.move(card, 'list', now, actor, { destructionId: id });
      this.audit.record(
        actor,
        'card-destruction.propose',
        { type: 'card-destruction', id },
        { after: { certificates: cards.map((card) => card.id), note } },
      );
      return id;
    });
  }

  /** The second signature. @throws Problem 404, 409 with the state found, 422 by the same person */
  async sign(actor: Actor, id: string, note: string | null): Promise<void> {
    await this.finish(actor, id, 'sign', note, (list) => {
      const verdict = decideSecondSignature(actor.accountId, list.created_by);
      if (!verdict.allowed)
        throw new Problem('refused', 'SECOND_SIGNATURE_BY_SAME_PERSON', 'Somebody else has to sign.', verdict);
    });
  }

  /** The cards lie where they were. @throws Problem 404, 409 with the state found */
  async withdraw(actor: Actor, id: string, reason: string): Promise<void> {
    await this.finish(actor, id, 'withdraw', reason, () => undefined);
  }

  private async finish(
    actor: Actor,
    id: string,
    command: 'sign' | 'withdraw',
    note: string | null,
    check: (list: LockedList) => void,
  ): Promise<void> {
    await this.uow.run(async () => {
      // What stands on a list never changes, so the cards are locked first, as everywhere.
      const cards = await this.certificates.states(await this.cardsOf(actor, id));
      const list = await this.lock(id, cards);
      const now = await this.clock.now();
      if (!destructionLifecycle.allows(list.state, command)) throw notFrom(list.state, command);
      check(list);
      const { to } = destructionLifecycle.move(command);
      await this.db.updateOne(
        `UPDATE card_destructions SET state = ?, finished_by = ?, finished_at = ?, closing_note = ?, version = version + 1
         WHERE id = ? AND state = 'PROPOSED'`,
        [to, actor.accountId, new Date(now), note, id],
        () => {
          throw notFrom(list.state, command);
        },
      );
      const move = command === 'sign' ? 'destroy' : 'unlist';
      for (const card of cards) await this.custody.move(card, move, now, actor, { destructionId: id });
      this.audit.record(
        actor,
        `card-destruction.${command}`,
        { type: 'card-destruction', id },
        { before: { state: list.state }, after: { state: to, note } },
      );
    });
  }

  private async cardsOf(actor: Actor, id: string): Promise<string[]> {
    const list = await this.db.row(
      `SELECT d.id FROM card_destructions d JOIN subjects s ON s.id = d.owner_subject_id WHERE d.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!list) throw notFound('destruction list');
    const rows = await this.db.rows<{ certificate_id: string }>(
      'SELECT certificate_id FROM card_destruction_items WHERE destruction_id = ?',
      [id],
    );
    return rows.map(({ certificate_id }) => certificate_id);
  }

  private async lock(id: string, cards: readonly CertificateRecord[]): Promise<LockedList> {
    const row = await this.db.row<{ id: string; state: DestructionState; created_by: string }>(
      'SELECT id, state, created_by FROM card_destructions WHERE id = ? FOR UPDATE',
      [id],
    );
    if (!row) throw notFound('destruction list');
    return { ...row, certificateIds: cards.map((card) => card.id) };
  }

  private async requireScope(actor: Actor, ids: readonly string[]): Promise<void> {
    const rows = await inParts(ids, (part) =>
      this.db.rows<{ id: string }>(
        `SELECT c.id FROM certificates c JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = o.subject_id
         WHERE c.id IN (${marks(part)}) AND s.path LIKE ?`,
        [...part, below(actor.homeSubjectPath)],
      ),
    );
    if (rows.length !== new Set(ids).size) throw notFound('certificate');
  }

  private requireEnded(cards: readonly CertificateRecord[], now: number): void {
    const reasons: Reason[] = cards.flatMap((card) => [
      ...decideCustody('list', {
        certificate: standingAt(card, now),
        certificateNo: card.number,
        oldCardOut: null,
      }).reasons,
    ]);
    if (reasons.length > 0)
      throw new Problem('refused', 'CARD_STILL_LIVE', 'A certificate on this list is still live.', { reasons });
  }
}

const notFrom = (state: DestructionState, command: string): Problem =>
  new Problem(
    'conflict',
    'DESTRUCTION_STATE',
    `This can't be done (${command}) while the list is ${state}. Read it again to see what is possible now.`,
    { extensions: { state } },
  );
