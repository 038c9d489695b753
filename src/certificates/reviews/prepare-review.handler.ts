import { Injectable } from '@nestjs/common';
import { HandlesTopic, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { PrepareReviews } from './prepare-reviews.js';

/** The doorbell of a new review year. Rung twice it does nothing twice: one file per card and year. */
@HandlesTopic('review.prepare')
@Injectable()
export class PrepareReviewHandler implements TopicHandler {
  readonly longRunning = true;

  constructor(private readonly prepare: PrepareReviews) {}

  async handle({ campaignId }: { readonly campaignId: string }): Promise<void> {
    await this.prepare.advance(campaignId);
  }
}
