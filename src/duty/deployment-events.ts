import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Actors } from '../identity/index.js';
import type { Actor } from '../kernel/actor.js';
import { DeploymentsQueries, type WatchedDeployment } from './deployments.queries.js';

const POLL_MS = 1000;
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2000;

interface Out {
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Server-sent events of the deployments in the listener's scope, read from their rows: whichever process recalled one, every
 * listener hears it. `ready` begins each stream (what happened before is read from the list), `deployment` names each change.
 */
@Injectable()
export class DeploymentEvents implements BeforeApplicationShutdown {
  private readonly closing = new AbortController();

  constructor(
    private readonly deployments: DeploymentsQueries,
    private readonly actors: Actors,
  ) {}

  beforeApplicationShutdown(): void {
    this.closing.abort();
  }

  /** Streams until the listener is gone, signed out or disabled. */
  async execute(actor: Actor, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const known = await this.deployments.watched(actor);
    const gone = new AbortController();
    reply.hijack();
    reply.raw.on('close', () => gone.abort());
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': String(request.id),
    });
    reply.raw.write(`retry: ${RETRY_MS}\n\nevent: ready\ndata: {}\n\n`);
    try {
      await this.stream(actor, known, {
        write: (text) => reply.raw.write(text),
        signal: AbortSignal.any([gone.signal, this.closing.signal]),
      });
    } catch {
      // The listener reconnects by itself and gets the problem as an answer then.
    }
    reply.raw.end();
  }

  private async stream(actor: Actor, first: readonly WatchedDeployment[], out: Out): Promise<void> {
    let known = new Map(first.map((deployment) => [deployment.id, deployment.version]));
    let who = actor;
    let checkedAt = performance.now();
    for (;;) {
      await pause(POLL_MS, undefined, { signal: out.signal }).catch(() => undefined);
      if (out.signal.aborted) return;
      const watched = await this.deployments.watched(who);
      const now = new Map(watched.map((deployment) => [deployment.id, deployment.version]));
      // What is watched no longer has ended meanwhile.
      const ended = await this.deployments.byIds(
        who,
        [...known.keys()].filter((id) => !now.has(id)),
      );
      const changed = [...watched.filter(({ id, version }) => known.get(id) !== version), ...ended];
      for (const { id, title, status, version } of changed) {
        out.write(`event: deployment\ndata: ${JSON.stringify({ id, title, status, version })}\n\n`);
      }
      known = now;
      if (performance.now() - checkedAt < HEARTBEAT_MS) continue;
      checkedAt = performance.now();
      out.write(': still here\n\n');
      const same = await this.actors.ofAccount(actor.accountId);
      if (!same?.permissions.has('business.read')) return;
      who = same;
    }
  }
}
