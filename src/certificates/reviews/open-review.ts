import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { notFound, Problem } from '../../kernel/problem.js';
import { below, Db } from '../../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { decideOpening } from '../../rules/review.rules.js';
import { ReviewSettingsDesk } from './review-settings.js';
import type { OpenReviewDto } from './reviews.dto.js';

/**
 * BR-71: opens the review of a year for a body and all below it. The files are put together by the worker; from then on every card with a
 * file is overdue from the deadline, unless it is passed before.
 */
@Injectable()
export class OpenReview {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: ReviewSettingsDesk,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives the id. @throws Problem 404 the body, 409 that year is open for it already, 422 switched off, year not over, period past */
  async execute(actor: Actor, order: OpenReviewDto): Promise<string> {
    try {
      return await this.uow.run(() => this.open(actor, order));
    } catch (error) {
      if (isDuplicateOf(error, 'uq_review_campaigns_year')) throw openAlready();
      throw error;
    }
  }

  private async open(actor: Actor, order: OpenReviewDto): Promise<string> {
    const subjectId = order.subjectId ?? actor.homeSubjectId;
    const body = await this.db.row('SELECT id FROM subjects WHERE id = ? AND path LIKE ?', [
      subjectId,
      below(actor.homeSubjectPath),
    ]);
    if (!body) throw notFound('subject');
    const now = await this.clock.now();
    const on = legalDateOf(now) ?? '';
    const { reviewedYear } = order;
    const usual = await this.settings.period(on, reviewedYear);
    const period = periodOf(order, usual);
    const isEnabled = await this.settings.isEnabled(on);
    const verdict = decideOpening({ on, isEnabled, reviewedYear, period });
    if (!verdict.allowed || period === null)
      throw new Problem('refused', 'REVIEW_REFUSED', 'This review year can’t be opened.', { reasons: verdict.reasons });
    const id = newId();
    await this.db.insert('review_campaigns', {
      id,
      reviewed_year: reviewedYear,
      owner_subject_id: subjectId,
      period_from: period.from,
      period_to: period.to,
      state: 'PREPARING',
      settings_json: JSON.stringify(await this.settings.on(on)),
      opened_by: actor.accountId,
      opened_at: new Date(now),
    });
    await this.outbox.put('review.prepare', { campaignId: id });
    this.audit.record(
      actor,
      'review.open',
      { type: 'review-campaign', id },
      { after: { reviewedYear, subjectId, periodFrom: period.from, periodTo: period.to } },
    );
    return id;
  }
}

/** What is given goes before what the setting says. */
function periodOf(
  { periodFrom, periodTo }: OpenReviewDto,
  usual: { readonly from: string; readonly to: string } | null,
): { readonly from: string; readonly to: string } | null {
  const [from, to] = [periodFrom ?? usual?.from, periodTo ?? usual?.to];
  return from === undefined || to === undefined ? null : { from, to };
}

const openAlready = (): Problem =>
  new Problem('conflict', 'REVIEW_ALREADY_OPEN', 'The review of this year is open for this body already.', {
    extensions: { state: 'OPEN' },
  });
