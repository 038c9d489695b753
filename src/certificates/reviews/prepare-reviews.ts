import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { CertificateLocks } from '../certificate-locks.js';
import type { CertificateRecord } from '../certificate.rows.js';
import { OfficerLocks } from '../officer-locks.js';
import { ReviewCampaigns, type ReviewCampaign } from './review-campaigns.js';
import { ReviewFileMaker } from './review-file-maker.js';

/** Files that one transaction puts together. */
const AT_ONCE = 100;

/**
 * Puts the files of a review year together, some at a time. Killed in the middle it goes on where it was. Cards of a ministry are reviewed by the ministry. Until the deadline it
 * also takes in certificates that were entered late.
 */
@Injectable()
export class PrepareReviews {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly campaigns: ReviewCampaigns,
    private readonly officers: OfficerLocks,
    private readonly certificates: CertificateLocks,
    private readonly maker: ReviewFileMaker,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives how many files it made. */
  async advance(campaignId: string): Promise<number> {
    let made = 0;
    for (;;) {
      const some = await this.uow.run(() => this.someOfThem(campaignId));
      made += some;
      if (some === 0) return made;
    }
  }

  private async someOfThem(campaignId: string): Promise<number> {
    const campaign = await this.campaigns.lock(campaignId);
    if (!campaign) return 0;
    const today = legalDateOf(await this.clock.now()) ?? '';
    if (campaign.state === 'OPEN' && today > campaign.periodTo) {
      if (await this.campaigns.close(campaign.id))
        this.audit.record(null, 'review.close', { type: 'review-campaign', id: campaign.id }, {});
      return 0;
    }
    const due = await this.due(campaign, today);
    await this.officers.lock(due.map(({ officer_id }) => officer_id));
    const locked = await this.certificates.states(due.map(({ id }) => id));
    const now = await this.clock.now();
    const taken = await this.taken(campaign, locked);
    await this.maker.make(
      campaign,
      locked.filter(({ id, state }) => state === 'VALID' && !taken.has(id)),
      now,
    );
    await this.campaigns.prepared(campaign.id, due.at(-1)?.id ?? campaign.preparedTo, due.length < AT_ONCE);
    return due.length;
  }

  /** While it is prepared the certificates come in their order; after that, those that are new. */
  private due(
    { state, ownerPath, reviewedYear, preparedTo }: ReviewCampaign,
    today: string,
  ): Promise<{ id: string; officer_id: string }[]> {
    return this.db.rows(
      `SELECT c.id, c.officer_id FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
       JOIN subjects s ON s.id = c.subject_id
       WHERE c.id > ? AND s.path LIKE ? AND st.status = 'VALID' AND c.valid_to >= ? AND c.type IN ('ENFORCEMENT','SUPERVISION')
         AND NOT EXISTS (SELECT 1 FROM review_files f WHERE f.certificate_id = c.id AND f.reviewed_year = ?)
       ORDER BY c.id LIMIT ${AT_ONCE}`,
      [state === 'PREPARING' ? preparedTo : '', below(ownerPath), today, reviewedYear],
    );
  }

  /** Those that another review of the year, of a body above or below, has taken while this unit waited for the locks. */
  private async taken(
    { reviewedYear }: ReviewCampaign,
    certificates: readonly CertificateRecord[],
  ): Promise<ReadonlySet<string>> {
    const rows = await this.db.rows<{ certificate_id: string }>(
      `SELECT certificate_id FROM review_files WHERE certificate_id IN (${marks(certificates)}) AND reviewed_year = ?`,
      [...certificates.map(({ id }) => id), reviewedYear],
    );
    return new Set(rows.map(({ certificate_id }) => certificate_id));
  }
}
