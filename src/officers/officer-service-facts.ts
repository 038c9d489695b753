import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import type { AssignmentRow, DepartureRow, OffPostRow } from './officer-rows.js';
import type { OfficerState } from './officer.view.js';

/** What of an assignment can be corrected. */
export type AssignmentChange = Partial<
  Pick<AssignmentRow, 'post_title' | 'staff_category' | 'on_establishment' | 'effective_to'>
>;

const ASSIGNMENT = `a.id, a.officer_id, a.subject_id, a.post_title, a.staff_category, a.on_establishment, a.effective_from,
  a.effective_to, a.recorded_at`;

/** What happened in the service of an officer: assignments, off-post orders, departures. Asked under the officer's lock. */
@Injectable()
export class OfficerServiceFacts {
  constructor(private readonly db: Db) {}

  /** The newest assignment of each officer that has no end yet. */
  async running(officerIds: readonly string[]): Promise<ReadonlyMap<string, AssignmentRow>> {
    const rows = await this.db.rows<AssignmentRow>(
      `SELECT ${ASSIGNMENT} FROM officer_assignments a
       WHERE a.officer_id IN (${marks(officerIds)}) AND a.superseded_at IS NULL AND a.effective_to IS NULL
       ORDER BY a.effective_from, a.id`,
      officerIds,
    );
    return new Map(rows.map((row) => [row.officer_id, row]));
  }

  /** The departure that is recorded, whether it lies in the past or the future. */
  async departures(officerIds: readonly string[]): Promise<ReadonlyMap<string, DepartureRow>> {
    const rows = await this.db.rows<DepartureRow>(
      `SELECT id, officer_id, cause, effective_from, recorded_at FROM officer_departures
       WHERE officer_id IN (${marks(officerIds)}) AND superseded_at IS NULL ORDER BY effective_from DESC, id`,
      officerIds,
    );
    return new Map(rows.map((row) => [row.officer_id, row]));
  }

  /** Off-post orders that have no end, or one after the instant. The last by begin counts. */
  async ordersBeyond(officerIds: readonly string[], instant: number): Promise<ReadonlyMap<string, OffPostRow>> {
    const rows = await this.db.rows<OffPostRow>(
      `SELECT id, officer_id, cause, document, return_document, effective_from, effective_to, recorded_at
       FROM officer_off_post_orders
       WHERE officer_id IN (${marks(officerIds)}) AND superseded_at IS NULL AND (effective_to IS NULL OR effective_to > ?)
       ORDER BY effective_from, id`,
      [...officerIds, new Date(instant)],
    );
    return new Map(rows.map((row) => [row.officer_id, row]));
  }

  async stateAt(officerId: string, now: number): Promise<OfficerState> {
    const departure = (await this.departures([officerId])).get(officerId);
    if (departure && departure.effective_from.getTime() <= now) return 'LEFT';
    const order = await this.db.row<{ id: string }>(
      `SELECT id FROM officer_off_post_orders WHERE officer_id = ? AND superseded_at IS NULL
         AND effective_from <= ? AND (effective_to IS NULL OR effective_to > ?) LIMIT 1`,
      [officerId, new Date(now), new Date(now)],
    );
    return order ? 'OFF_POST' : 'ON_DUTY';
  }

  /** The officer is still there. @throws Problem 409 with the state LEFT */
  async needInService(officerId: string, now: number): Promise<void> {
    const departure = (await this.departures([officerId])).get(officerId);
    if (departure && departure.effective_from.getTime() <= now) {
      throw new Problem('conflict', 'OFFICER_LEFT', 'This officer has left service.', {
        extensions: { state: 'LEFT' },
      });
    }
  }

  /** Raises the version: what is known of the officer changed, though no column of the row did. */
  async touch(officer: { readonly id: string; readonly version: number }): Promise<void> {
    await this.db.updateOne(
      'UPDATE officers SET version = version + 1 WHERE id = ? AND version = ?',
      [officer.id, officer.version],
      () => {
        throw new Error('the officer was changed without the lock');
      },
    );
  }

  /** Replaces current assignments by corrected rows, which begin when the wrong ones did. */
  async correctAssignments(
    corrections: readonly { readonly row: AssignmentRow; readonly change: AssignmentChange }[],
    now: number,
    recordedBy: string,
  ): Promise<void> {
    if (corrections.length === 0) return;
    const ids = corrections.map(({ row }) => row.id);
    const superseded = await this.db.execute(
      `UPDATE officer_assignments SET superseded_at = ? WHERE id IN (${marks(ids)}) AND superseded_at IS NULL`,
      [new Date(now), ...ids],
    );
    if (superseded !== ids.length) throw new Error('an assignment was changed without the lock');
    await this.db.insert(
      'officer_assignments',
      corrections.map(({ row, change }) => ({
        id: newId(),
        officer_id: row.officer_id,
        subject_id: row.subject_id,
        post_title: change.post_title ?? row.post_title,
        staff_category: change.staff_category ?? row.staff_category,
        on_establishment: change.on_establishment ?? row.on_establishment,
        effective_from: row.effective_from,
        effective_to: change.effective_to ?? row.effective_to,
        recorded_at: new Date(now),
        recorded_by: recordedBy,
      })),
    );
  }
}
