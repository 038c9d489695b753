import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db } from './db.js';

/** The database's time to the millisecond, in a statement of its own: call it after the last lock (R3). */
@Injectable()
export class DatabaseClock extends Clock {
  constructor(private readonly db: Db) {
    super();
  }

  override async now(): Promise<number> {
    const [row] = await this.db.hotRows<{ now: Date }>('SELECT UTC_TIMESTAMP(3) AS now');
    if (!row) throw new Error('the database told no time');
    return row.now.getTime();
  }

  override told(at: number): number {
    return at;
  }
}
