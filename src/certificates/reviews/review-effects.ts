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

  /** Gives the period row that stands for each file from now on, by its id; files without an effect are not in it. */
  async onPeriods(
    done: readonly { readonly file: ReviewFileRecord; readonly effect: ReviewEffect | null }[],
    now: number,
    actor: Actor,
  ): Promise<ReadonlyMap<string, string | null>> {
    const of = (wanted: ReviewEffect): readonly ReviewFileRecord[] =>
      done.filter(({ effect }) => effect === wanted).map(({ file }) => file);
    const rows = (files: readonly ReviewFileRecord[]): string[] =>
      files.flatMap(({ periodRowId }) => periodRowId ?? []);
    const [cleared, failing] = [of('CLEAR'), of('FAIL')];
    await this.periods.clear(rows(cleared), now, actor);
    const certificateIds = failing.map(({ certificateId }) => certificateId);
    const failed = await this.periods.fail(certificateIds, rows(failing), now, actor);
    return new Map([
      ...cleared.map(({ id }) => [id, null] as const),
      ...failing.map(({ id, certificateId }) => [id, failed.get(certificateId) ?? null] as const),
    ]);
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
