import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { sortReview, type ReviewFacts, type ReviewResult } from '../../rules/review.rules.js';
import { CertificateLocks } from '../certificate-locks.js';
import { OfficerLocks } from '../officer-locks.js';
import { ReviewCampaigns } from './review-campaigns.js';
import { ReviewFactsQueries } from './review-facts.queries.js';
import { ReviewFiles, type TakenStep } from './review-files.js';
import type { ReviewFileRecord } from './review.rows.js';

/** A file with everything locked, and what is found on this day. */
export interface ReviewMatter {
  readonly file: ReviewFileRecord;
  readonly today: { readonly facts: ReviewFacts; readonly result: ReviewResult };
  readonly steps: readonly TakenStep[];
}

/** Brings files together with what a step rests on: locks in the one order, facts, the sorting of this day. */
@Injectable()
export class ReviewAssembly {
  constructor(
    private readonly clock: Clock,
    private readonly officers: OfficerLocks,
    private readonly certificates: CertificateLocks,
    private readonly campaigns: ReviewCampaigns,
    private readonly files: ReviewFiles,
    private readonly facts: ReviewFactsQueries,
  ) {}

  /** Officers, certificate states, files: each ascending; a review year that may open again before them. */
  async of(
    actor: Actor,
    fileIds: readonly string[],
    withCampaigns: boolean,
  ): Promise<{ readonly matters: ReadonlyMap<string, ReviewMatter>; readonly now: number }> {
    const known = await this.files.within(actor.homeSubjectPath, fileIds);
    if (withCampaigns) await this.campaigns.lockAll(known.map(({ campaign_id }) => campaign_id));
    await this.officers.lock(known.map(({ officer_id }) => officer_id));
    const certificates = await this.certificates.states(known.map(({ certificate_id }) => certificate_id));
    const locked = await this.files.lock(known.map(({ id }) => id));
    const steps = await this.files.steps([...locked.keys()]);
    const settings = await this.campaigns.settingsOf([...locked.values()].map(({ campaignId }) => campaignId));
    const now = await this.clock.now();
    const byId = new Map(certificates.map((one) => [one.id, one]));
    const asks = [...locked.values()].flatMap((file) => {
      const certificate = byId.get(file.certificateId);
      return certificate ? [{ key: file.id, certificate, year: file.reviewedYear }] : [];
    });
    const found = await this.facts.of(asks, now);
    const matters = new Map<string, ReviewMatter>();
    for (const file of locked.values()) {
      const [facts, rules] = [found.get(file.id), settings.get(file.campaignId)];
      if (!facts || !rules) throw new Error('a review file has no certificate or no year');
      matters.set(file.id, {
        file,
        today: { facts, result: sortReview(facts, rules) },
        steps: steps.get(file.id) ?? [],
      });
    }
    return { matters, now };
  }
}
