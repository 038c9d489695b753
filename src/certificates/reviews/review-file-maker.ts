import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { Db } from '../../infrastructure/database/db.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import { endOfDay } from '../../rules/calendar.js';
import { isReviewed } from '../../rules/review.lifecycle.js';
import { firstReviewState, REVIEW_SORTINGS, sortReview } from '../../rules/review.rules.js';
import type { CertificateRecord } from '../certificate.rows.js';
import type { ReviewCampaign } from './review-campaigns.js';
import { ReviewFactsQueries } from './review-facts.queries.js';
import { ReviewPeriods } from './review-periods.js';
import { causesOf, sortKey } from './review.rows.js';

/** Makes files: each with its facts, where it is sorted, and the overdue period that begins at the deadline. */
@Injectable()
export class ReviewFileMaker {
  constructor(
    private readonly db: Db,
    private readonly facts: ReviewFactsQueries,
    private readonly periods: ReviewPeriods,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** In the caller's unit; officers and certificates are locked. */
  async make(campaign: ReviewCampaign, certificates: readonly CertificateRecord[], now: number): Promise<void> {
    const { id: campaignId, reviewedYear, periodTo, settings } = campaign;
    const asks = certificates.map((certificate) => ({ key: certificate.id, certificate, year: reviewedYear }));
    const found = await this.facts.of(asks, now);
    const files = certificates.flatMap((certificate) => {
      const facts = found.get(certificate.id);
      if (!facts) return [];
      const result = sortReview(facts, settings);
      return [{ id: newId(), certificate, facts, result, state: firstReviewState(result.sorting) }];
    });
    const open = files.filter(({ state }) => !isReviewed(state));
    // Legal time and the time of entry are told apart: nobody is overdue before it could be known.
    const from = Math.max(endOfDay(periodTo) ?? now, now);
    const rows = await this.periods.foresee(
      open.map(({ certificate }) => certificate.id),
      from,
      now,
    );
    await this.db.insert(
      'review_files',
      files.map(({ id, certificate, facts, result, state }) => ({
        id,
        campaign_id: campaignId,
        certificate_id: certificate.id,
        officer_id: certificate.officerId,
        subject_id: certificate.subjectId,
        reviewed_year: reviewedYear,
        sorting: result.sorting,
        sort_key: sortKey(result.sorting, id),
        state,
        facts_json: JSON.stringify(facts),
        findings_json: JSON.stringify(result.findings),
        causes: causesOf(result.findings),
        period_row_id: rows.get(certificate.id) ?? null,
        prepared_at: new Date(now),
      })),
    );
    if (files.length === 0) return;
    const officerIds = [...new Set(open.map(({ certificate }) => certificate.officerId))].sort();
    if (officerIds.length > 0) await this.clearance.reduced({ whom: { officerIds }, cause: 'review.prepare' });
    const counts = REVIEW_SORTINGS.map((sorting) => [
      sorting,
      files.filter(({ result }) => result.sorting === sorting).length,
    ]);
    this.audit.record(
      null,
      'review.prepare',
      { type: 'review-campaign', id: campaignId },
      { after: { files: files.length, ...(Object.fromEntries(counts) as Record<string, number>) } },
    );
  }
}
