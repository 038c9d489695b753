import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { HandlesTopic, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { MovementCases } from './movement-cases.js';

/** BR-77: the card of somebody who left is asked back. The certificate's state does not change by itself. */
@HandlesTopic('officer.left-service')
@Injectable()
export class OfficerLeftHandler implements TopicHandler {
  constructor(
    private readonly db: Db,
    private readonly cases: MovementCases,
  ) {}

  async handle({ officerId }: { readonly officerId: string }): Promise<void> {
    const left = await this.db.row<{ effective_from: Date }>(
      `SELECT effective_from FROM officer_departures WHERE officer_id = ? AND superseded_at IS NULL
       ORDER BY effective_from, id LIMIT 1`,
      [officerId],
    );
    if (left)
      await this.cases.open(officerId, { cause: 'LEFT_SERVICE', since: left.effective_from.getTime() }, () => true);
  }
}
