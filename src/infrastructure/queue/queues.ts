import { once } from 'node:events';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { AppConfig } from '../config/app-config.js';
import type { Topic } from '../outbox/topics.js';
import { producerRedis } from './redis.js';

export const EVENTS_QUEUE = 'events';

export interface EventJob {
  readonly eventId: string;
  readonly topic: Topic;
  /** Ids only. */
  readonly payload: object;
}

/** The producing side of the one queue. Jobs are doorbells: losing all of them costs seconds, never rows. */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private connection: Redis | null = null;
  private queue: Queue<EventJob> | null = null;

  constructor(private readonly config: AppConfig) {}

  /** @throws Error when Redis is away; the caller's rows stay unsent. */
  async add(jobs: readonly EventJob[]): Promise<void> {
    await this.open().addBulk(
      jobs.map((data) => ({
        name: data.topic,
        data,
        opts: {
          attempts: 20,
          backoff: { type: 'exponential', delay: 500 },
          removeOnComplete: 1000,
          removeOnFail: 5000,
        },
      })),
    );
  }

  async counts(): Promise<Record<string, number>> {
    return this.open().getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  /** Answers PONG or throws. */
  async ping(): Promise<void> {
    this.open();
    const redis = this.connection;
    if (!redis) return;
    if (redis.status !== 'ready') await once(redis, 'ready', { signal: AbortSignal.timeout(1500) });
    await redis.ping();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue?.close().catch(() => undefined);
    this.connection?.disconnect();
  }

  private open(): Queue<EventJob> {
    this.connection ??= producerRedis(this.config.REDIS_URL);
    if (!this.queue) {
      this.queue = new Queue<EventJob>(EVENTS_QUEUE, { connection: this.connection, prefix: this.config.QUEUE_PREFIX });
      // An outage is told by health and by the unsent rows; as an event without listener it would end the process.
      this.queue.on('error', () => undefined);
    }
    return this.queue;
  }
}
