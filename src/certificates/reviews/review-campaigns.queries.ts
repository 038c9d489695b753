import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { WorkingDays } from '../../infrastructure/calendar/working-days.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { ReviewState } from '../../rules/review.lifecycle.js';
import type { ReviewSorting } from '../../rules/review.rules.js';
import { labelOf } from '../../rules/texts/labels.js';
import { clockUntil, type ClockColour } from '../../rules/working-days.js';
import { groupBy } from '../collections.js';
import { ReviewSettingsDesk } from './review-settings.js';
import type {
  ReviewCampaignDetailView,
  ReviewCampaignPage,
  ReviewCampaignView,
  ReviewCauseView,
  ReviewCountsView,
} from './review.view.js';
import type { ReviewCampaignQuery } from './reviews.dto.js';

interface CampaignRow {
  readonly id: string;
  readonly reviewed_year: number;
  readonly owner_subject_id: string;
  readonly subject_name: string;
  readonly period_from: string;
  readonly period_to: string;
  readonly state: ReviewCampaignView['state'];
  readonly opened_at: Date;
  readonly opened_by: string | null;
  readonly settings_json: string;
  readonly version: number;
}

interface CountRow {
  readonly campaign_id: string;
  readonly sorting: ReviewSorting;
  readonly state: ReviewState;
  readonly n: number;
}

const SELECT = `SELECT k.id, k.reviewed_year, k.owner_subject_id, s.name AS subject_name, k.period_from, k.period_to, k.state, k.opened_at,
  p.display_name AS opened_by, k.settings_json, k.version
  FROM review_campaigns k JOIN subjects s ON s.id = k.owner_subject_id LEFT JOIN accounts p ON p.id = k.opened_by`;

/** The own one and those below, and those that a body above has opened: its files reach down to here. */
const REACHES = "(s.path LIKE ? OR ? LIKE CONCAT(s.path, '%'))";

/** Review years with what was counted of them within the asker's scope. */
@Injectable()
export class ReviewCampaignQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly reviewSettings: ReviewSettingsDesk,
    private readonly workingDays: WorkingDays,
  ) {}

  async list(actor: Actor, query: ReviewCampaignQuery): Promise<ReviewCampaignPage> {
    const byYear = query.reviewedYear === undefined ? '' : 'AND k.reviewed_year = ?';
    const rows = await this.db.rows<CampaignRow>(
      `${SELECT} WHERE ${REACHES} AND k.id > ? ${byYear} ORDER BY k.id LIMIT ?`,
      [
        below(actor.homeSubjectPath),
        actor.homeSubjectPath,
        query.after(),
        ...(query.reviewedYear === undefined ? [] : [query.reviewedYear]),
        query.limit + 1,
      ],
    );
    const view = await this.viewer(actor, rows);
    return pageOf(rows, query.limit, view);
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<ReviewCampaignDetailView> {
    const row = await this.db.row<CampaignRow>(`${SELECT} WHERE k.id = ? AND ${REACHES}`, [
      id,
      below(actor.homeSubjectPath),
      actor.homeSubjectPath,
    ]);
    if (!row) throw notFound('review');
    const view = (await this.viewer(actor, [row]))(row);
    const today = legalDateOf(await this.clock.now()) ?? '';
    return {
      ...view,
      inEffect: await this.reviewSettings.isEnabled(today),
      causes: await this.causes(actor, id),
      settings: JSON.parse(row.settings_json) as Record<string, unknown>,
    };
  }

  private async viewer(actor: Actor, rows: readonly CampaignRow[]): Promise<(row: CampaignRow) => ReviewCampaignView> {
    const counts = groupBy(await this.counts(actor, rows), ({ campaign_id }) => campaign_id);
    const today = legalDateOf(await this.clock.now()) ?? '';
    const amberPct = await this.settings.number(today, 'clock.amberPct');
    const calendar = await this.workingDays.calendar();
    const colour = (row: CampaignRow): ClockColour | null =>
      row.state === 'CLOSED'
        ? null
        : clockUntil(calendar, { startedOn: row.period_from, dueOn: row.period_to, on: today }, amberPct).colour;
    return (row) => ({
      id: row.id,
      reviewedYear: row.reviewed_year,
      subjectId: row.owner_subject_id,
      subjectName: row.subject_name,
      periodFrom: row.period_from,
      periodTo: row.period_to,
      state: row.state,
      clock: colour(row),
      openedAt: row.opened_at.toISOString(),
      openedBy: row.opened_by,
      counts: countsOf(counts.get(row.id) ?? []),
      version: row.version,
    });
  }

  private counts(actor: Actor, rows: readonly CampaignRow[]): Promise<CountRow[]> {
    return this.db.rows<CountRow>(
      `SELECT f.campaign_id, f.sorting, f.state, COUNT(*) AS n FROM review_files f JOIN subjects s ON s.id = f.subject_id
       WHERE f.campaign_id IN (${marks(rows)}) AND s.path LIKE ? GROUP BY f.campaign_id, f.sorting, f.state`,
      [...rows.map(({ id }) => id), below(actor.homeSubjectPath)],
    );
  }

  private async causes(actor: Actor, id: string): Promise<ReviewCauseView[]> {
    const rows = await this.db.rows<{ causes: string; n: number }>(
      `SELECT f.causes, COUNT(*) AS n FROM review_files f JOIN subjects s ON s.id = f.subject_id
       WHERE f.campaign_id = ? AND s.path LIKE ? AND f.state IN ('AWAITING_EXPLANATION','READY','CHECKED') AND f.causes <> ''
       GROUP BY f.causes`,
      [id, below(actor.homeSubjectPath)],
    );
    const totals = new Map<string, number>();
    for (const { causes, n } of rows) {
      for (const code of causes.split(',').filter((one) => one !== ''))
        totals.set(code, (totals.get(code) ?? 0) + Number(n));
    }
    return [...totals]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .map(([code, count]) => ({ code, count, ...labelOf('finding', code) }));
  }
}

function countsOf(rows: readonly CountRow[]): ReviewCountsView {
  const sum = (wanted: (row: CountRow) => boolean): number =>
    rows.filter(wanted).reduce((total, { n }) => total + Number(n), 0);
  const sorted = (sorting: ReviewSorting): number => sum((row) => row.sorting === sorting);
  const standing = (state: ReviewState): number => sum((row) => row.state === state);
  return {
    total: sum(() => true),
    fails: sorted('FAILS'),
    needsExplanation: sorted('NEEDS_EXPLANATION'),
    passes: sorted('PASSES'),
    listed: sorted('LISTED'),
    awaitingExplanation: standing('AWAITING_EXPLANATION'),
    ready: standing('READY'),
    checked: standing('CHECKED'),
    passed: standing('PASSED'),
    failed: standing('FAILED'),
  };
}
