import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { inParts, partsOf } from '../collections.js';

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

  /** Nothing stands against these cards any more, from now on. */
  async clear(periodRowIds: readonly string[], now: number, actor: Actor): Promise<void> {
    await this.end(await this.current(periodRowIds), now, actor);
  }

  /** Their reviews were failed: not usable from now on. Gives the row that says so, by certificate. */
  async fail(
    certificateIds: readonly string[],
    periodRowIds: readonly string[],
    now: number,
    actor: Actor,
  ): Promise<ReadonlyMap<string, string>> {
    const current = await this.current(periodRowIds);
    const failed = new Map(
      current.filter(({ standing }) => standing === 'FAILED').map(({ id, certificate_id }) => [certificate_id, id]),
    );
    await this.end(
      current.filter(({ standing }) => standing !== 'FAILED'),
      now,
      actor,
    );
    const rows = certificateIds
      .filter((id) => !failed.has(id))
      .map((id) => row(id, 'FAILED', now, null, now, actor.accountId));
    await this.db.insert('certificate_review_periods', rows);
    return new Map([...failed, ...rows.map(({ id, certificate_id }) => [certificate_id, id] as const)]);
  }

  private current(ids: readonly string[]): Promise<PeriodRow[]> {
    return inParts(ids, (part) =>
      this.db.rows<PeriodRow>(
        `SELECT id, certificate_id, standing, effective_from, effective_to FROM certificate_review_periods
         WHERE id IN (${marks(part)}) AND superseded_at IS NULL ORDER BY id`,
        part,
      ),
    );
  }

  /** A period that has not begun never was; one that has, ends now. */
  private async end(current: readonly PeriodRow[], now: number, actor: Actor): Promise<void> {
    for (const part of partsOf(current)) {
      const ended = await this.db.execute(
        `UPDATE certificate_review_periods SET superseded_at = ? WHERE id IN (${marks(part)}) AND superseded_at IS NULL`,
        [new Date(now), ...part.map(({ id }) => id)],
      );
      if (ended !== part.length) throw new Error(`${ended} of ${part.length} periods of reviews could be ended`);
    }
    await this.db.insert(
      'certificate_review_periods',
      current
        .filter(({ effective_from }) => effective_from.getTime() < now)
        .map((one) => row(one.certificate_id, one.standing, one.effective_from.getTime(), now, now, actor.accountId)),
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
