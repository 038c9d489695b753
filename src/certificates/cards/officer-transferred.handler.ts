import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { HandlesTopic, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { MovementCases } from './movement-cases.js';

/** BR-79: a card that was issued for another body than the new one is asked back. */
@HandlesTopic('officer.transferred')
@Injectable()
export class OfficerTransferredHandler implements TopicHandler {
  constructor(
    private readonly db: Db,
    private readonly cases: MovementCases,
  ) {}

  async handle({ officerId }: { readonly officerId: string }): Promise<void> {
    const newest = await this.db.row<{ subject_id: string; effective_from: Date }>(
      `SELECT subject_id, effective_from FROM officer_assignments WHERE officer_id = ? AND superseded_at IS NULL
       ORDER BY effective_from DESC, id DESC LIMIT 1`,
      [officerId],
    );
    if (!newest) return;
    await this.cases.open(
      officerId,
      { cause: 'TRANSFERRED', since: newest.effective_from.getTime() },
      ({ subjectId }) => subjectId !== newest.subject_id,
    );
  }
}
