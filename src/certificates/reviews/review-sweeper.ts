import { Injectable } from '@nestjs/common';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { PrepareReviews } from './prepare-reviews.js';
import { ReviewCampaigns } from './review-campaigns.js';

/**
 * Goes on with review years whose preparation was cut off, takes in certificates that were entered late, and closes what is done. No
 * clearance rests on it: the overdue periods are written in advance.
 */
@Sweeps({ everyMs: 60_000, atStart: true })
@Injectable()
export class ReviewSweeper implements Sweeper {
  constructor(
    private readonly campaigns: ReviewCampaigns,
    private readonly prepare: PrepareReviews,
  ) {}

  async sweep(): Promise<number> {
    let made = 0;
    for (const id of await this.campaigns.unfinished()) made += await this.prepare.advance(id);
    return made;
  }
}
