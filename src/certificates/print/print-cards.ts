import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { below, Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Problem, notFound } from '../../kernel/problem.js';
import { glyphReasons } from '../../rules/card-print.rules.js';
import { judgeCard } from '../../rules/card-usability.rules.js';
import { CardFactsQueries, type KnownCard } from '../verification/card-facts.queries.js';
import { CardContents } from './card-contents.js';
import { PER_SHEET } from './card-document.js';
import { textsOf, type CardContent, type CardForm } from './card-content.js';
import { CardPrinter } from './card-printer.js';

export interface PrintedPdf {
  readonly fileName: string;
  readonly content: Readable;
}

/** Prints cards that stand valid. Each printing is counted and audited before the first page leaves. */
@Injectable()
export class PrintCards {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cards: CardFactsQueries,
    private readonly contents: CardContents,
    private readonly printer: CardPrinter,
    private readonly audit: AuditTrail,
  ) {}

  /** Both sides on pages of the card's size. @throws Problem 404; 409 the card doesn't stand valid; 422 no font has a character */
  async one(actor: Actor, id: string): Promise<PrintedPdf> {
    const found = await this.db.row(
      `SELECT c.id FROM certificates c JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = o.subject_id
       WHERE c.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    const now = await this.clock.now();
    const [card] = found ? await this.cards.byIds([id], now) : [];
    if (!card) throw notFound('certificate');
    const { standing } = judgeCard(card.facts, now);
    if (standing !== 'VALID') throw notPrintable(standing);
    return this.print(actor, 'CARD', [card], now, null);
  }

  /** Eight on a sheet, the cards of a batch that stand valid. @throws Problem 404; 409 there is none; 422 */
  async batch(actor: Actor, batchId: string): Promise<PrintedPdf> {
    const batch = await this.db.row<{ status: string }>(
      `SELECT b.status FROM certificate_batches b JOIN subjects s ON s.id = b.owner_subject_id WHERE b.id = ? AND s.path LIKE ?`,
      [batchId, below(actor.homeSubjectPath)],
    );
    if (!batch) throw notFound('batch');
    const items = await this.db.rows<{ certificate_id: string }>(
      `SELECT certificate_id FROM certificate_batch_items WHERE batch_id = ? AND status = 'ISSUED' AND certificate_id IS NOT NULL`,
      [batchId],
    );
    const now = await this.clock.now();
    const cards = await this.cards.byIds(
      items.map(({ certificate_id }) => certificate_id),
      now,
    );
    const printable = cards.filter((card) => judgeCard(card.facts, now).standing === 'VALID');
    if (printable.length === 0) throw notPrintable(batch.status);
    return this.print(actor, 'SHEET', printable, now, batchId);
  }

  private async print(
    actor: Actor,
    form: CardForm,
    cards: readonly KnownCard[],
    now: number,
    batchId: string | null,
  ): Promise<PrintedPdf> {
    const texts = await this.contents.texts(cards, now);
    this.requireGlyphs(texts);
    const rest = this.contents.withPhotos(cards, texts, form === 'SHEET' ? PER_SHEET : 1);
    // The first portraits are read while the printing is counted; nothing is drawn before it was.
    const [first] = await Promise.all([rest.next(), this.count(actor, cards, batchId)]);
    const parts = beginningWith(first, rest);
    const name = batchId === null ? `card-${cards[0]?.number}` : `cards-${cards.length}`;
    return { fileName: `${name}.pdf`, content: Readable.from(this.printer.print(form, parts), { objectMode: false }) };
  }

  private requireGlyphs(texts: readonly CardContent[]): void {
    const reasons = texts.flatMap((card) =>
      glyphReasons(this.printer.missing(textsOf(card)), { name: card.name, certificateNo: card.number }),
    );
    if (reasons.length === 0) return;
    throw new Problem('refused', 'CARD_GLYPHS_MISSING', 'No font for cards has some of the characters.', { reasons });
  }

  private count(actor: Actor, cards: readonly KnownCard[], batchId: string | null): Promise<void> {
    return this.uow.run(async () => {
      const printedAt = new Date(await this.clock.now());
      await this.db.insert(
        'card_prints',
        cards.map(({ id }) => ({
          id: newId(),
          certificate_id: id,
          batch_id: batchId,
          printed_at: printedAt,
          printed_by: actor.accountId,
        })),
      );
      if (batchId === null) {
        for (const { id, number } of cards)
          this.audit.record(actor, 'certificate.print', { type: 'certificate', id }, { after: { number } });
      } else {
        const detail = { after: { cards: cards.length, numbers: cards.map(({ number }) => number) } };
        this.audit.record(actor, 'certificate-batch.print', { type: 'certificate-batch', id: batchId }, detail);
      }
    });
  }
}

async function* beginningWith<T>(first: IteratorResult<T, void>, rest: AsyncGenerator<T, void>): AsyncGenerator<T> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

const notPrintable = (state: string): Problem =>
  new Problem('conflict', 'CARD_NOT_PRINTABLE', 'Only a card that stands valid is printed.', { extensions: { state } });
