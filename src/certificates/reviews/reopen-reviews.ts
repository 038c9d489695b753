import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { reviewLifecycle } from '../../rules/review.lifecycle.js';
import { decideLevel } from '../../rules/separation-of-duties.rules.js';
import { ReviewDesk, wrongState } from './review-desk.js';
import { levelOf } from './review-files.js';
import type { ReviewedView } from './review.view.js';
import type { ReopenReviewsDto } from './reviews.dto.js';

/** What failed is mended: the unit asks for another review. The card stays unusable until that one is passed. */
@Injectable()
export class ReopenReviews {
  constructor(private readonly desk: ReviewDesk) {}

  /** Each by itself: done, or refused with all reasons. */
  execute(actor: Actor, { fileIds, note }: ReopenReviewsDto): Promise<ReviewedView> {
    return this.desk.each(actor, fileIds, 'reopen', ({ file, today, steps }) => {
      if (!reviewLifecycle.allows(file.state, 'reopen')) return wrongState(file);
      const earlier = steps.map(levelOf);
      const verdict = decideLevel({ step: 'EXPLANATION', actor, earlier, concerns: [] });
      if (!verdict.allowed) return { reasons: verdict.reasons };
      return {
        step: { step: 'REOPENING', decision: 'REOPEN', opinion: note.trim() },
        change: { to: reviewLifecycle.move('reopen').to, proposal: null, round: file.round + 1, found: today },
        effect: null,
      };
    });
  }
}
