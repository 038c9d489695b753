import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { AppConfig } from '../config/app-config.js';
import { producerRedis, workerRedis } from './redis.js';

/** Wakes the relay of the worker process right after a commit. Best effort: the relay also looks by itself every second. */
@Injectable()
export class Doorbell implements OnApplicationShutdown {
  private publisher: Redis | null = null;
  private listener: Redis | null = null;

  constructor(private readonly config: AppConfig) {}

  private get channel(): string {
    return `${this.config.QUEUE_PREFIX}:outbox`;
  }

  /** Must not throw: it runs after the commit. */
  ring(): void {
    this.publisher ??= producerRedis(this.config.REDIS_URL);
    this.publisher.publish(this.channel, '1').catch(() => undefined);
  }

  /** Calls back at each ring. */
  async listen(onRing: () => void): Promise<void> {
    this.listener = workerRedis(this.config.REDIS_URL);
    this.listener.on('message', onRing);
    await this.listener.subscribe(this.channel);
  }

  onApplicationShutdown(): void {
    this.publisher?.disconnect();
    this.listener?.disconnect();
  }
}
