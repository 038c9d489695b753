import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Db } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Doorbell } from '../queue/doorbell.js';
import type { Topic, Topics } from './topics.js';

/** What must happen after a commit is a row here, written in the same transaction. Redis may be gone: the row waits. */
@Injectable()
export class Outbox {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  async put<T extends Topic>(topic: T, payload: Topics[T]): Promise<void> {
    await this.db.insert('outbox', {
      id: newId(),
      topic,
      payload_json: JSON.stringify(payload),
      created_at: new Date(await this.clock.now()),
    });
    this.uow.afterCommit(() => this.doorbell.ring());
  }
}
