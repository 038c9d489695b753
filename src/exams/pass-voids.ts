import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Db } from '../infrastructure/database/db.js';
import { AuditTrail } from '../audit/index.js';
import { PassesQueries } from './passes.queries.js';

/** BR-83: passes of who obtained a certificate by fraud. Once void, a pass never counts again. */
@Injectable()
export class PassVoids {
  constructor(
    private readonly db: Db,
    private readonly passes: PassesQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** Voids every pass that counts by now. The caller holds the officer's lock. */
  async all(
    actor: Actor,
    officerId: string,
    source: { readonly type: string; readonly id: string },
    now: number,
  ): Promise<void> {
    const counting = (await this.passes.of([officerId])).get(officerId) ?? [];
    if (counting.length === 0) return;
    await this.db.insert(
      'exam_pass_voids',
      counting.map(({ paperId }) => ({
        officer_id: officerId,
        paper_id: paperId,
        source_type: source.type,
        source_id: source.id,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      })),
    );
    this.audit.record(
      actor,
      'pass.void',
      { type: 'officer', id: officerId },
      { after: { papers: counting.map(({ paperId }) => paperId), source } },
    );
  }
}
