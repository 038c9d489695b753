import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { Db } from '../../infrastructure/database/db.js';

type Standing = 'FAILED' | 'OVERDUE';

interface PeriodRow {
  readonly id: string;
  readonly certificate_id: string;
  readonly standing: Standing;
  readonly effective_from: Date;
  readonly effective_to: Date | null;
}

/**
 * BR-72, BR-74: the periods that duty decisions, verification and publication read. The overdue one is written when the review is opened,
 * with effect from the deadline: nothing rests on a sweeper that runs in time. What was known before stays readable.
 */
@Injectable()
export class ReviewPeriods {
  constructor(private readonly db: Db) {}

  /** Writes that these are overdue from then on, unless something happens. Gives the row by certificate. */
  async foresee(certificateIds: readonly string[], from: number, now: number): Promise<ReadonlyMap<string, string>> {
    const rows = certificateIds.map((certificate_id) => row(certificate_id, 'OVERDUE', from, null, now, null));
    await this.db.insert('certificate_review_periods', rows);
    return new Map(rows.map(({ id, certificate_id }) => [certificate_id, id]));
  }

  /** Nothing stands against the card any more, from now on. */
  async clear(periodRowId: string | null, now: number, actor: Actor): Promise<void> {
    const current = await this.current(periodRowId);
    if (current) await this.end(current, now, actor);
  }

  /** The review was failed: not usable from now on. Gives the row that says so. */
  async fail(certificateId: string, periodRowId: string | null, now: number, actor: Actor): Promise<string> {
    const current = await this.current(periodRowId);
    if (current?.standing === 'FAILED') return current.id;
    if (current) await this.end(current, now, actor);
    const failed = row(certificateId, 'FAILED', now, null, now, actor.accountId);
    await this.db.insert('certificate_review_periods', failed);
    return failed.id;
  }

  private async current(id: string | null): Promise<PeriodRow | null> {
    if (id === null) return null;
    return this.db.row<PeriodRow>(
      `SELECT id, certificate_id, standing, effective_from, effective_to FROM certificate_review_periods
       WHERE id = ? AND superseded_at IS NULL`,
      [id],
    );
  }

  /** A period that has not begun never was; one that has, ends now. */
  private async end(current: PeriodRow, now: number, actor: Actor): Promise<void> {
    await this.db.supersede('certificate_review_periods', current.id, now);
    const from = current.effective_from.getTime();
    if (from >= now) return;
    await this.db.insert(
      'certificate_review_periods',
      row(current.certificate_id, current.standing, from, now, now, actor.accountId),
    );
  }
}

const row = (
  certificateId: string,
  standing: Standing,
  from: number,
  to: number | null,
  now: number,
  recordedBy: string | null,
) => ({
  id: newId(),
  certificate_id: certificateId,
  standing,
  effective_from: new Date(from),
  effective_to: to === null ? null : new Date(to),
  recorded_at: new Date(now),
  recorded_by: recordedBy,
});
