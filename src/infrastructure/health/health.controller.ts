import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Db } from '../database/db.js';
import { Requires } from '../http/requires.js';
import { Queues } from '../queue/queues.js';
import { Metrics } from './metrics.js';

/** For the people who keep it running. Redis gone means degraded, not down: the database alone decides. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly db: Db,
    private readonly queues: Queues,
    private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  @Requires('public')
  @Header('cache-control', 'no-store')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Requires('public')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const [database, redis] = await Promise.all([
      up(async () => this.db.rows('SELECT 1')),
      up(async () => this.queues.ping()),
    ]);
    void reply.status(database ? 200 : 503);
    return { status: database ? (redis ? 'ok' : 'degraded') : 'down', checks: { database, redis } };
  }

  @Get('metrics')
  @Requires('public')
  async expose(@Res() reply: FastifyReply): Promise<void> {
    const waiting = await this.db
      .row<{ n: number }>('SELECT COUNT(*) AS n FROM outbox WHERE sent_at IS NULL')
      .catch(() => null);
    if (waiting) this.metrics.waitingEvents.set(Number(waiting.n));
    await reply.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}

const LIMIT_MS = 2000;

/** True when the probe answers within two seconds. */
async function up(probe: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), LIMIT_MS);
  });
  try {
    return await Promise.race([probe().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
