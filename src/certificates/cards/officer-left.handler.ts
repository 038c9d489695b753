import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { HandlesTopic, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { CardCases } from './card-cases.js';

/** BR-77: the card of somebody who left is asked back. The certificate's state does not change by itself. */
@HandlesTopic('officer.left-service')
@Injectable()
export class OfficerLeftHandler implements TopicHandler {
  constructor(
    private readonly db: Db,
    private readonly cases: CardCases,
  ) {}

  async handle({ officerId }: { readonly officerId: string }): Promise<void> {
    const left = await this.db.row<{ effective_from: Date }>(
      `SELECT effective_from FROM officer_departures WHERE officer_id = ? AND superseded_at IS NULL
       ORDER BY effective_from, id LIMIT 1`,
      [officerId],
    );
    if (left) await this.cases.open(officerId, 'LEFT_SERVICE', left.effective_from, () => true);
  }
}
