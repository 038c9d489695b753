import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { reviewLifecycle } from '../../rules/review.lifecycle.js';
import { decideLevel } from '../../rules/separation-of-duties.rules.js';
import { ReviewDesk, wrongState } from './review-desk.js';
import { levelOf } from './review-files.js';
import type { ReviewedView } from './review.view.js';
import type { ExplainReviewsDto } from './reviews.dto.js';

/** BR-73: the unit explains what the system found. The file is put together anew, so that it says what was explained. */
@Injectable()
export class ExplainReviews {
  constructor(private readonly desk: ReviewDesk) {}

  /** Each by itself: done, or refused with all reasons. */
  execute(actor: Actor, { fileIds, explanation }: ExplainReviewsDto): Promise<ReviewedView> {
    return this.desk.each(actor, fileIds, 'explain', ({ file, today, steps }) => {
      if (!reviewLifecycle.allows(file.state, 'explain')) return wrongState(file);
      const earlier = steps.map(levelOf);
      const verdict = decideLevel({ step: 'EXPLANATION', actor, earlier, concerns: [] });
      if (!verdict.allowed) return { reasons: verdict.reasons };
      return {
        step: { step: 'EXPLANATION', decision: 'EXPLAIN', opinion: explanation.trim() },
        change: { to: reviewLifecycle.move('explain').to, proposal: null, round: file.round, found: today },
        effect: null,
      };
    });
  }
}
