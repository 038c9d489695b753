import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db, likeText } from '../../infrastructure/database/db.js';
import { endOfDay } from '../../rules/calendar.js';
import { explain } from '../../rules/refusal-texts.js';
import {
  isReviewed,
  reviewStepAwaited,
  reviewVerbs,
  ROLE_OF_REVIEW_STEP,
  STATE_BEFORE_REVIEW_STEP,
} from '../../rules/review.lifecycle.js';
import { sortReview, type ReviewFinding, type ReviewResult } from '../../rules/review.rules.js';
import { decideLevel } from '../../rules/separation-of-duties.rules.js';
import { CertificateLocks } from '../certificate-locks.js';
import { ReviewCampaigns } from './review-campaigns.js';
import { ReviewFactsQueries } from './review-facts.queries.js';
import { levelOf, ReviewFiles, type TakenStep } from './review-files.js';
import { findingsOf, REVIEW_FILE_COLUMNS, type ReviewFileRow } from './review.rows.js';
import type {
  ReviewFileDetailView,
  ReviewFilePage,
  ReviewFileView,
  ReviewFindingView,
  ReviewPeriodView,
  ReviewStepView,
} from './review.view.js';
import type { ReviewFileQuery } from './reviews.dto.js';

interface FileRow extends ReviewFileRow {
  readonly sort_key: string;
  readonly certificate_no: string;
  readonly certificate_type: string;
  readonly officer_name: string;
  readonly subject_name: string;
  readonly period_to: string;
  readonly prepared_at: Date;
  readonly decided_at: Date | null;
  readonly valid_from: string;
  readonly valid_to: string;
}

const SELECT = `SELECT ${REVIEW_FILE_COLUMNS}, f.sort_key, c.number AS certificate_no, c.type AS certificate_type, o.name AS officer_name,
  s.name AS subject_name, k.period_to, f.prepared_at, f.decided_at, c.valid_from, c.valid_to`;
const FROM = `FROM review_files f JOIN review_campaigns k ON k.id = f.campaign_id JOIN certificates c ON c.id = f.certificate_id
  JOIN officers o ON o.id = f.officer_id JOIN subjects s ON s.id = f.subject_id`;

/** Files of annual reviews within the asker's scope: of the bodies for which the cards were issued. Exceptions first. */
@Injectable()
export class ReviewFileQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly files: ReviewFiles,
    private readonly campaigns: ReviewCampaigns,
    private readonly certificates: CertificateLocks,
    private readonly facts: ReviewFactsQueries,
  ) {}

  async list(actor: Actor, query: ReviewFileQuery): Promise<ReviewFilePage> {
    const where = ['s.path LIKE ?', 'f.sort_key > ?'];
    const parameters: (string | number)[] = [below(actor.homeSubjectPath), query.after()];
    const filters = [
      ['f.campaign_id = ?', query.campaignId],
      ['f.sorting = ?', query.sorting],
      ['f.state = ?', query.state],
      ['f.state = ?', query.step === undefined ? undefined : STATE_BEFORE_REVIEW_STEP[query.step]],
      ['f.causes LIKE ?', query.cause === undefined ? undefined : likeText(`,${query.cause},`)],
      ['f.subject_id = ?', query.subjectId],
      ['f.officer_id = ?', query.officerId],
    ] as const;
    for (const [condition, value] of filters) {
      if (value === undefined) continue;
      where.push(condition);
      parameters.push(value);
    }
    const rows = await this.db.rows<FileRow>(
      `${SELECT} ${FROM} WHERE ${where.join(' AND ')} ORDER BY f.sort_key LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    const view = await this.viewer(actor, rows);
    // The cursor is the sort key: rank and id.
    return pageOf(
      rows.map((row) => ({ id: row.sort_key, row })),
      query.limit,
      ({ row }) => view(row),
    );
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<ReviewFileDetailView> {
    const row = await this.db.row<FileRow & { facts_json: string }>(
      `${SELECT}, f.facts_json ${FROM} WHERE f.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('review file');
    const today = await this.today(row);
    return {
      ...(await this.viewer(actor, [row]))(row),
      validFrom: row.valid_from,
      validTo: row.valid_to,
      facts: JSON.parse(row.facts_json) as Record<string, unknown>,
      sortingToday: today.sorting,
      findingsToday: today.findings.map(findingView),
      steps: await this.steps(id),
      periods: await this.periods(row.certificate_id),
    };
  }

  private async viewer(actor: Actor, rows: readonly FileRow[]): Promise<(row: FileRow) => ReviewFileView> {
    const steps = await this.files.steps(rows.map(({ id }) => id));
    const now = await this.clock.now();
    return (row) => ({
      id: row.id,
      campaignId: row.campaign_id,
      reviewedYear: row.reviewed_year,
      certificateId: row.certificate_id,
      certificateNo: row.certificate_no,
      certificateType: row.certificate_type,
      officerId: row.officer_id,
      officerName: row.officer_name,
      subjectId: row.subject_id,
      subjectName: row.subject_name,
      sorting: row.sorting,
      state: row.state,
      step: reviewStepAwaited(row.state),
      proposal: row.proposal,
      round: row.round,
      findings: findingsOf(row.findings_json).map(findingView),
      dueOn: row.period_to,
      overdue: !isReviewed(row.state) && row.state !== 'FAILED' && (endOfDay(row.period_to) ?? 0) <= now,
      preparedAt: row.prepared_at.toISOString(),
      decidedAt: row.decided_at?.toISOString() ?? null,
      allowedVerbs: verbsOf(actor, row, steps.get(row.id) ?? []),
      version: row.version,
    });
  }

  private async today(row: FileRow): Promise<ReviewResult> {
    const [certificate] = await this.certificates.byIds([row.certificate_id]);
    const rules = (await this.campaigns.settingsOf([row.campaign_id])).get(row.campaign_id);
    if (!certificate || !rules) throw new Error('a review file has no certificate or no year');
    const ask = { key: row.id, certificate, year: row.reviewed_year };
    const facts = (await this.facts.of([ask], await this.clock.now())).get(row.id);
    if (!facts) throw new Error('a review file has no facts');
    return sortReview(facts, rules);
  }

  private async steps(id: string): Promise<ReviewStepView[]> {
    const rows = await this.db.rows<{
      round: number;
      step: string;
      decision: string;
      opinion: string;
      display_name: string | null;
      decided_at: Date;
    }>(
      `SELECT t.round, t.step, t.decision, t.opinion, p.display_name, t.decided_at
       FROM review_file_steps t LEFT JOIN accounts p ON p.id = t.actor_id WHERE t.file_id = ? ORDER BY t.decided_at, t.id`,
      [id],
    );
    return rows.map(({ round, step, decision, opinion, display_name, decided_at }) => ({
      round,
      step,
      decision,
      opinion,
      actorName: display_name ?? '',
      decidedAt: decided_at.toISOString(),
    }));
  }

  /** Of the card, from other years too: what stood against it, and as of when it was known. */
  private async periods(certificateId: string): Promise<ReviewPeriodView[]> {
    const rows = await this.db.rows<{
      standing: string;
      effective_from: Date;
      effective_to: Date | null;
      recorded_at: Date;
      superseded_at: Date | null;
    }>(
      `SELECT standing, effective_from, effective_to, recorded_at, superseded_at FROM certificate_review_periods
       WHERE certificate_id = ? ORDER BY recorded_at, id`,
      [certificateId],
    );
    return rows.map((row) => ({
      standing: row.standing,
      effectiveFrom: row.effective_from.toISOString(),
      effectiveTo: row.effective_to?.toISOString() ?? null,
      recordedAt: row.recorded_at.toISOString(),
      supersededAt: row.superseded_at?.toISOString() ?? null,
    }));
  }
}

const findingView = ({ weight, ...reason }: ReviewFinding): ReviewFindingView => ({ weight, ...explain(reason) });

/** The verbs that will work for the asker, by state, role and who acted before. */
function verbsOf(actor: Actor, row: FileRow, steps: readonly TakenStep[]): string[] {
  const earlier = steps.map(levelOf);
  return reviewVerbs(row.state).filter((verb) => {
    if (verb !== 'decide')
      return (
        actor.permissions.has('review.explain') &&
        decideLevel({ step: 'EXPLANATION', actor, earlier, concerns: [] }).allowed
      );
    const step = reviewStepAwaited(row.state);
    if (step === null || !actor.permissions.has('review.decide')) return false;
    return (
      actor.roles.includes(ROLE_OF_REVIEW_STEP[step]) &&
      decideLevel({ step, actor, earlier, concerns: [row.officer_id] }).allowed
    );
  });
}
