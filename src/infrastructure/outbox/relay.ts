import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db, marks } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Queues } from '../queue/queues.js';
import type { Topic } from './topics.js';

interface Waiting {
  readonly id: string;
  readonly topic: Topic;
  readonly payload_json: string;
}

/**
 * Carries outbox rows to the queue. A crash between queue and mark sends a row twice; the handlers' inbox makes that harmless.
 */
@Injectable()
export class OutboxRelay {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly queues: Queues,
  ) {}

  /** Sends up to 500 waiting rows in their order and gives their number. */
  async run(): Promise<number> {
    return this.uow.run(async () => {
      const waiting = await this.db.rows<Waiting>(
        'SELECT id, topic, payload_json FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED',
      );
      if (waiting.length === 0) return 0;
      await this.queues.add(
        waiting.map(({ id, topic, payload_json }) => ({
          eventId: id,
          topic,
          payload: JSON.parse(payload_json) as object,
        })),
      );
      await this.db.execute(`UPDATE outbox SET sent_at = ? WHERE id IN (${marks(waiting)})`, [
        new Date(await this.clock.now()),
        ...waiting.map(({ id }) => id),
      ]);
      return waiting.length;
    });
  }
}
