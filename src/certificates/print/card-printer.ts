import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../../infrastructure/config/app-config.js';
import { fontList, PrintFonts } from '../../infrastructure/print/print-fonts.js';
import type { CardContent, CardForm } from './card-content.js';
import { CardPress, type PressNews, type PressOrder } from './card-press.js';

const THREAD = fileURLToPath(new URL('./card-thread.js', import.meta.url));

interface Job {
  readonly pieces: Uint8Array[];
  added: number;
  ended: boolean;
  failed: string | null;
  wake: () => void;
}

/**
 * Prints cards to PDF. The drawing runs in a thread of its own; running from TypeScript sources, as tests do, there is none and it
 * runs here. Cards are asked for only as fast as the reader takes the pages, so nothing piles up.
 */
@Injectable()
export class CardPrinter implements OnApplicationShutdown {
  private readonly fonts: PrintFonts;
  private readonly jobs = new Map<number, Job>();
  private send: ((order: PressOrder) => void) | null = null;
  private thread: Worker | null = null;
  private last = 0;

  constructor(private readonly config: AppConfig) {
    this.fonts = new PrintFonts(fontList(config.CARD_FONTS));
  }

  /** The characters of a text that no font of this deployment can print. */
  missing(text: string): string[] {
    return this.fonts.missing(text);
  }

  /** The PDF, piece by piece. @throws Error when the thread broke: what was given so far is no whole document */
  async *print(form: CardForm, parts: AsyncIterable<readonly CardContent[]>): AsyncGenerator<Uint8Array> {
    const id = (this.last += 1);
    const job: Job = { pieces: [], added: 0, ended: false, failed: null, wake: () => undefined };
    this.jobs.set(id, job);
    const send = this.open();
    try {
      send({ job: id, does: 'open', form });
      let asked = 0;
      for await (const cards of parts) {
        send({ job: id, does: 'add', cards });
        asked += 1;
        await until(job, () => job.added === asked);
        yield* job.pieces.splice(0);
      }
      send({ job: id, does: 'end' });
      while (!job.ended) {
        await until(job, () => job.ended || job.pieces.length > 0);
        yield* job.pieces.splice(0);
      }
      yield* job.pieces.splice(0);
    } finally {
      this.jobs.delete(id);
      if (!job.ended) send({ job: id, does: 'drop' });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.terminate();
  }

  private open(): (order: PressOrder) => void {
    this.send ??= existsSync(THREAD) ? this.startThread() : this.pressHere();
    return this.send;
  }

  private pressHere(): (order: PressOrder) => void {
    const press = new CardPress(this.fonts, (news) => this.hear(news));
    return (order) => press.take(order);
  }

  private startThread(): (order: PressOrder) => void {
    const thread = new Worker(THREAD, { workerData: { fonts: this.config.CARD_FONTS } });
    thread.unref();
    thread.on('message', (news: PressNews) => this.hear(news));
    // A broken thread fails its jobs; the next one asked for starts another.
    const broken = (): void => {
      if (this.thread !== thread) return;
      [this.thread, this.send] = [null, null];
      for (const job of this.jobs.keys()) this.hear({ job, is: 'failed', error: 'THREAD' });
    };
    thread.on('error', broken);
    thread.on('exit', broken);
    this.thread = thread;
    return (order) => thread.postMessage(order);
  }

  private hear(news: PressNews): void {
    const job = this.jobs.get(news.job);
    if (!job) return;
    if (news.is === 'piece') job.pieces.push(news.piece);
    else if (news.is === 'added') job.added += 1;
    else if (news.is === 'ended') job.ended = true;
    else if (news.is === 'failed') job.failed = news.error;
    job.wake();
  }
}

async function until(job: Job, holds: () => boolean): Promise<void> {
  while (!holds()) {
    if (job.failed !== null) throw new Error(`the cards could not be drawn: ${job.failed}`);
    await new Promise<void>((resolve) => {
      job.wake = resolve;
    });
  }
  if (job.failed !== null) throw new Error(`the cards could not be drawn: ${job.failed}`);
}
