import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { ReviewSettings } from '../../rules/review.rules.js';

export interface ReviewCampaign {
  readonly id: string;
  readonly reviewedYear: number;
  readonly ownerPath: string;
  readonly periodTo: string;
  readonly state: 'PREPARING' | 'OPEN' | 'CLOSED';
  /** The certificate up to which files are there. */
  readonly preparedTo: string;
  readonly settings: ReviewSettings;
}

interface CampaignRow {
  readonly id: string;
  readonly reviewed_year: number;
  readonly path: string;
  readonly period_to: string;
  readonly state: ReviewCampaign['state'];
  readonly prepared_to: string;
  readonly settings_json: string;
}

/** The rows of review years. Where one is locked it is locked first, like the cursor of an import. */
@Injectable()
export class ReviewCampaigns {
  constructor(private readonly db: Db) {}

  /** Those that work is left for: files to be put together, or to be closed. */
  async unfinished(): Promise<readonly string[]> {
    const rows = await this.db.rows<{ id: string }>(
      `SELECT id FROM review_campaigns WHERE state IN ('PREPARING','OPEN') ORDER BY id`,
    );
    return rows.map(({ id }) => id);
  }

  /** Locks one that is not closed; null when there is none. */
  async lock(id: string): Promise<ReviewCampaign | null> {
    await this.db.row('SELECT id FROM review_campaigns WHERE id = ? FOR UPDATE', [id]);
    const row = await this.db.row<CampaignRow>(
      `SELECT k.id, k.reviewed_year, s.path, k.period_to, k.state, k.prepared_to, k.settings_json
       FROM review_campaigns k JOIN subjects s ON s.id = k.owner_subject_id WHERE k.id = ? AND k.state <> 'CLOSED'`,
      [id],
    );
    if (!row) return null;
    return {
      id: row.id,
      reviewedYear: row.reviewed_year,
      ownerPath: row.path,
      periodTo: row.period_to,
      state: row.state,
      preparedTo: row.prepared_to,
      settings: JSON.parse(row.settings_json) as ReviewSettings,
    };
  }

  async lockAll(ids: readonly string[]): Promise<void> {
    const sorted = [...new Set(ids)].sort();
    await this.db.rows(`SELECT id FROM review_campaigns WHERE id IN (${marks(sorted)}) ORDER BY id FOR UPDATE`, sorted);
  }

  /** By id, the settings of the day on which each was opened. */
  async settingsOf(ids: readonly string[]): Promise<ReadonlyMap<string, ReviewSettings>> {
    const rows = await this.db.rows<{ id: string; settings_json: string }>(
      `SELECT id, settings_json FROM review_campaigns WHERE id IN (${marks([...new Set(ids)])})`,
      [...new Set(ids)],
    );
    return new Map(rows.map(({ id, settings_json }) => [id, JSON.parse(settings_json) as ReviewSettings]));
  }

  async prepared(id: string, preparedTo: string, isComplete: boolean): Promise<void> {
    const open = isComplete ? ", state = CASE WHEN state = 'PREPARING' THEN 'OPEN' ELSE state END" : '';
    await this.db.execute(`UPDATE review_campaigns SET prepared_to = ?${open}, version = version + 1 WHERE id = ?`, [
      preparedTo,
      id,
    ]);
  }

  /** Closes one in which nothing is left to decide; false when something is. */
  async close(id: string): Promise<boolean> {
    const closed = await this.db.execute(
      `UPDATE review_campaigns SET state = 'CLOSED', version = version + 1 WHERE id = ? AND state = 'OPEN' AND NOT EXISTS (
         SELECT 1 FROM review_files f WHERE f.campaign_id = review_campaigns.id AND f.state IN ('AWAITING_EXPLANATION','READY','CHECKED'))`,
      [id],
    );
    return closed === 1;
  }

  /** Somebody is reviewed again: what was closed is open. The rows are locked. */
  async reopen(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.db.execute(
      `UPDATE review_campaigns SET state = 'OPEN', version = version + 1 WHERE id IN (${marks(ids)}) AND state = 'CLOSED'`,
      ids,
    );
  }
}
