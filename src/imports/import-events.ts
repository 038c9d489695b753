import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Actors } from '../identity/index.js';
import type { Actor } from '../kernel/actor.js';
import { type ImportState } from '../rules/import.lifecycle.js';
import { ImportStore } from './import-store.js';
import { ImportsQueries } from './imports.queries.js';

const POLL_MS = 500;
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2000;
const OVER: readonly ImportState[] = ['COMPLETED', 'PARTIALLY_COMPLETED', 'CANCELLED', 'FAILED', 'REVERTED'];

/** Server-sent events of one import, read from its row: whichever process works on it, and whoever reconnects where. */
@Injectable()
export class ImportEvents implements BeforeApplicationShutdown {
  private readonly closing = new AbortController();

  constructor(
    private readonly store: ImportStore,
    private readonly queries: ImportsQueries,
    private readonly actors: Actors,
  ) {}

  beforeApplicationShutdown(): void {
    this.closing.abort();
  }

  /** Streams until the import is over or the listener is gone. @throws Problem 404 before the stream begins */
  async execute(actor: Actor, id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.store.inScope(actor, id);
    const gone = new AbortController();
    reply.hijack();
    reply.raw.on('close', () => gone.abort());
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': String(request.id),
    });
    reply.raw.write(`retry: ${RETRY_MS}\n\n`);
    const last = request.headers['last-event-id'];
    try {
      await this.stream(actor, id, typeof last === 'string' ? last : '', {
        write: (text) => reply.raw.write(text),
        signal: AbortSignal.any([gone.signal, this.closing.signal]),
      });
    } catch {
      // The listener reconnects by itself and gets the problem as an answer then.
    }
    reply.raw.end();
  }

  private async stream(
    actor: Actor,
    id: string,
    lastId: string,
    out: { readonly write: (text: string) => void; readonly signal: AbortSignal },
  ): Promise<void> {
    let sent = lastId;
    let who = actor;
    let quietSince = performance.now();
    while (!out.signal.aborted) {
      const record = await this.store.inScope(who, id);
      const eventId = `${record.version}-${record.status}-${record.toldRows ?? record.doneRows}-${record.stage}`;
      if (eventId !== sent) {
        const summary = await this.queries.summaryOf(who, id);
        out.write(`id: ${eventId}\nevent: progress\ndata: ${JSON.stringify(summary)}\n\n`);
        sent = eventId;
        quietSince = performance.now();
      }
      if (OVER.includes(record.status)) return;
      if (performance.now() - quietSince >= HEARTBEAT_MS) {
        out.write(': still here\n\n');
        quietSince = performance.now();
        const now = await this.actors.ofAccount(actor.accountId);
        if (!now) return;
        who = now;
      }
      await pause(POLL_MS, undefined, { signal: out.signal }).catch(() => undefined);
    }
  }
}
