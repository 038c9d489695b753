import { Redis, type RedisOptions } from 'ioredis';

/** Producers fail at once when Redis is away (the outbox row waits); workers wait for it. */
export const producerRedis = (url: string): Redis =>
  connect(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
export const workerRedis = (url: string): Redis => connect(url, { maxRetriesPerRequest: null });

function connect(url: string, options: RedisOptions): Redis {
  const redis = new Redis(url, {
    ...options,
    lazyConnect: false,
    retryStrategy: (times) => Math.min(times * 200, 2000),
  });
  // Without a listener an outage would end the process; health reports it.
  redis.on('error', () => undefined);
  return redis;
}
