import type { PrintFonts } from '../../infrastructure/print/print-fonts.js';
import type { CardContent, CardForm } from './card-content.js';
import { CardDocument } from './card-document.js';

/** What is asked of a press, also across threads. */
export type PressOrder =
  | { readonly job: number; readonly does: 'open'; readonly form: CardForm }
  | { readonly job: number; readonly does: 'add'; readonly cards: readonly CardContent[] }
  | { readonly job: number; readonly does: 'end' | 'drop' };

/** What it answers. Every `add` is answered by one `added`, every job by one `ended` or `failed`. */
export type PressNews =
  | { readonly job: number; readonly is: 'piece'; readonly piece: Uint8Array }
  | { readonly job: number; readonly is: 'added' }
  | { readonly job: number; readonly is: 'ended' }
  | { readonly job: number; readonly is: 'failed'; readonly error: string };

/** Draws documents, several at a time, and tells what comes of it. */
export class CardPress {
  private readonly jobs = new Map<number, CardDocument>();

  constructor(
    private readonly fonts: PrintFonts,
    private readonly tell: (news: PressNews) => void,
  ) {}

  take(order: PressOrder): void {
    try {
      this.do(order);
    } catch (error) {
      this.jobs.delete(order.job);
      this.tell({ job: order.job, is: 'failed', error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  private do(order: PressOrder): void {
    const { job } = order;
    switch (order.does) {
      case 'open': {
        const parcel = new Parcel((piece) => this.tell({ job, is: 'piece', piece }));
        const ended = (): void => {
          parcel.send();
          this.tell({ job, is: 'ended' });
        };
        this.jobs.set(job, new CardDocument(order.form, this.fonts, (piece) => parcel.put(piece), ended));
        return;
      }
      case 'add':
        this.jobs.get(job)?.add(order.cards);
        return this.tell({ job, is: 'added' });
      case 'end':
        this.jobs.get(job)?.end();
        this.jobs.delete(job);
        return;
      case 'drop':
        this.jobs.delete(job);
    }
  }
}

const PARCEL_BYTES = 64 * 1024;

/** A document comes in hundreds of small pieces; each that is handed on alone costs more than its drawing. */
class Parcel {
  private readonly pieces: Uint8Array[] = [];
  private bytes = 0;

  constructor(private readonly hand: (piece: Uint8Array) => void) {}

  put(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.bytes += piece.length;
    if (this.bytes >= PARCEL_BYTES) this.send();
  }

  send(): void {
    if (this.bytes === 0) return;
    this.bytes = 0;
    this.hand(Buffer.concat(this.pieces.splice(0)));
  }
}
