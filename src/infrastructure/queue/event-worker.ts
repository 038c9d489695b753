import { once } from 'node:events';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { AppConfig } from '../config/app-config.js';
import { HandlesTopic, Sweeps, type Sweeper, type TopicHandler } from '../discovery/marks.js';
import { describeError } from '../logging/describe-error.js';
import { logger } from '../logging/logger.js';
import { Inbox } from '../outbox/inbox.js';
import { OutboxRelay } from '../outbox/relay.js';
import { TOPICS, type Topic } from '../outbox/topics.js';
import { Doorbell } from './doorbell.js';
import { EVENTS_QUEUE, type EventJob } from './queues.js';
import { checkRedis } from './redis-checks.js';
import { workerRedis } from './redis.js';

/** How often the relay looks by itself when nobody rings. */
const RELAY_EVERY_MS = 1000;

/**
 * The working side: relay, topic handlers, sweepers. The database is the truth: a sweeper finds waiting work even when Redis
 * never comes back. Started by worker.ts only.
 */
@Injectable()
export class EventWorker implements OnApplicationBootstrap {
  private readonly handlers = new Map<Topic, TopicHandler>();
  private readonly sweepers: {
    readonly name: string;
    readonly everyMs: number;
    readonly atStart: boolean;
    readonly sweeper: Sweeper;
  }[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private connection: Redis | null = null;
  private worker: Worker<EventJob> | null = null;
  private stopping = false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: AppConfig,
    private readonly relay: OutboxRelay,
    private readonly inbox: Inbox,
    private readonly doorbell: Doorbell,
  ) {}

  /** @throws Error when a topic has two handlers. */
  onApplicationBootstrap(): void {
    for (const provider of this.discovery.getProviders({ metadataKey: HandlesTopic.KEY })) {
      const mark: unknown = this.discovery.getMetadataByDecorator(HandlesTopic, provider);
      const topic = TOPICS.find((known) => known === mark);
      if (topic === undefined) continue;
      if (this.handlers.has(topic)) throw new Error(`two handlers for the topic ${topic}`);
      this.handlers.set(topic, provider.instance as TopicHandler);
    }
    for (const provider of this.discovery.getProviders({ metadataKey: Sweeps.KEY })) {
      const mark: unknown = this.discovery.getMetadataByDecorator(Sweeps, provider);
      const every = mark as { readonly everyMs: number; readonly atStart?: boolean } | undefined;
      if (every)
        this.sweepers.push({
          name: String(provider.name),
          everyMs: every.everyMs,
          atStart: every.atStart === true,
          sweeper: provider.instance as Sweeper,
        });
    }
  }

  /** @throws Error when a topic has no handler (its events would wait for ever) or Redis is set up to lose jobs. */
  async start(): Promise<void> {
    const missing = TOPICS.filter((topic) => !this.handlers.has(topic));
    if (missing.length > 0) throw new Error(`no handler for the topics ${missing.join(', ')}`);
    this.connection = workerRedis(this.config.REDIS_URL);
    await this.checkRedisOnce(this.connection);
    this.worker = new Worker<EventJob>(EVENTS_QUEUE, async ({ data }) => this.handle(data), {
      connection: this.connection,
      prefix: this.config.QUEUE_PREFIX,
      concurrency: 4,
      // A stalled job is given out again as often as it takes: epochs and the inbox make re-runs harmless (R21).
      maxStalledCount: 1000,
    });
    this.worker.on('error', () => undefined);
    this.worker.on('failed', (job, error) =>
      logger.warn(
        { topic: job?.name, attempt: job?.attemptsMade, ...describeError(error) },
        'a job failed and will be tried again',
      ),
    );
    const relay = this.single('relay', () => this.relay.run());
    this.doorbell.listen(relay).catch(() => undefined);
    this.timers.push(setInterval(relay, RELAY_EVERY_MS));
    for (const { name, everyMs, atStart, sweeper } of this.sweepers) {
      const run = this.single(name, () => sweeper.sweep());
      this.timers.push(setInterval(run, everyMs));
      if (atStart) run();
    }
  }

  /** A Redis that is away now is looked at when it comes back: until then the sweepers do the work. */
  private async checkRedisOnce(redis: Redis): Promise<void> {
    if (redis.status !== 'ready') {
      await once(redis, 'ready', { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    }
    if (redis.status === 'ready') await checkRedis(redis);
    else logger.warn('Redis does not answer; the sweepers carry the work meanwhile');
  }

  /** Lets running work end; long work is told to. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const handler of this.handlers.values()) handler.stop?.();
    for (const timer of this.timers) clearInterval(timer);
    await Promise.allSettled([this.worker?.close(), ...this.running]);
    this.connection?.disconnect();
  }

  /** For tests: relay, handlers and sweepers, again and again until nothing moves. Needs no Redis worker. */
  async drain(): Promise<void> {
    for (const { sweeper } of this.sweepers) await sweeper.sweep();
  }

  async handle({ eventId, topic, payload }: EventJob): Promise<void> {
    const handler = this.handlers.get(topic);
    if (!handler) throw new Error(`no handler for the topic ${topic}`);
    if (handler.longRunning) await handler.handle(payload);
    else await this.inbox.once(eventId, () => handler.handle(payload));
  }

  /** One run at a time; a failure is logged by name and tried again at the next tick. */
  private single(name: string, work: () => Promise<unknown>): () => void {
    let busy = false;
    let again = false;
    const run = (): void => {
      if (this.stopping) return;
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      const job = work()
        .catch((error: unknown) => {
          logger.warn({ task: name, ...describeError(error) }, 'a periodic task failed; it runs again');
        })
        .finally(() => {
          busy = false;
          this.running.delete(job);
          if (again) {
            again = false;
            run();
          }
        });
      this.running.add(job);
    };
    return run;
  }
}
