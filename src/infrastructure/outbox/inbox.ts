import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db } from '../database/db.js';
import { isDuplicateOf, UnitOfWork } from '../database/unit-of-work.js';

/** Makes a handler harmless twice: the event's id is stored in the transaction of its effect (R17). */
@Injectable()
export class Inbox {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Runs the effect once per event; false when it had been handled before. */
  async once(eventId: string, effect: () => Promise<void>): Promise<boolean> {
    try {
      await this.uow.run(async () => {
        await this.db.insert('inbox', { event_id: eventId, handled_at: new Date(await this.clock.now()) });
        await effect();
      });
      return true;
    } catch (error) {
      if (isDuplicateOf(error, 'inbox') || isDuplicateOf(error, 'PRIMARY')) return false;
      throw error;
    }
  }
}
