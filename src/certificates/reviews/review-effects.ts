import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import { ReviewPeriods } from './review-periods.js';
import type { ReviewFileRecord } from './review.rows.js';

export type ReviewEffect = 'CLEAR' | 'FAIL';

/** Of more than these a sweeper finds what is to be done. */
const RINGS_FOR = 20;

/** What a decided review does to the clearance of the holder, in the unit that decides. */
@Injectable()
export class ReviewEffects {
  constructor(
    private readonly periods: ReviewPeriods,
    private readonly clearance: ClearanceChanges,
    private readonly outbox: Outbox,
  ) {}

  /** Gives the period row that stands for the file from now on. */
  async onPeriods(
    file: ReviewFileRecord,
    effect: ReviewEffect | null,
    now: number,
    actor: Actor,
  ): Promise<string | null> {
    if (effect === null) return file.periodRowId;
    if (effect === 'FAIL') return this.periods.fail(file.certificateId, file.periodRowId, now, actor);
    await this.periods.clear(file.periodRowId, now, actor);
    return null;
  }

  /** A pass widens and a failure narrows what somebody may do; both are announced, as every change of a clearance is. */
  async tell(files: readonly ReviewFileRecord[]): Promise<void> {
    if (files.length === 0) return;
    const officerIds = [...new Set(files.map(({ officerId }) => officerId))].sort();
    await this.clearance.reduced({ whom: { officerIds }, cause: 'review.decide' });
    if (files.length > RINGS_FOR) return;
    await this.outbox.put('certificate.moved', { certificateIds: files.map(({ certificateId }) => certificateId) });
  }
}
