import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { ReviewDecision } from '../../rules/review.lifecycle.js';
import { decideExplained, decidePass, decideReviewStep } from '../../rules/review.rules.js';
import { decideLevel } from '../../rules/separation-of-duties.rules.js';
import type { ReviewMatter } from './review-assembly.js';
import { ReviewDesk, type ReviewRuling } from './review-desk.js';
import { levelOf } from './review-files.js';
import type { ReviewedView } from './review.view.js';
import type { DecideReviewsDto } from './reviews.dto.js';

/**
 * BR-71 to BR-74: the clerk checks and proposes, the head decides; nobody acts at two levels of one file or decides on himself. A pass is
 * judged again with the facts of the moment.
 */
@Injectable()
export class DecideReviews {
  constructor(private readonly desk: ReviewDesk) {}

  /** Each by itself: done, or refused with all reasons. @throws Problem 400 when something fails or goes back without saying why */
  async execute(actor: Actor, { fileIds, decision, opinion: given }: DecideReviewsDto): Promise<ReviewedView> {
    const opinion = (given ?? '').trim();
    if (decision !== 'PASS' && opinion === '') throw opinionMissing();
    return this.desk.each(actor, fileIds, 'decide', (matter) => rulingOn(actor, matter, decision, opinion));
  }
}

function rulingOn(
  actor: Actor,
  { file, today, steps }: ReviewMatter,
  decision: ReviewDecision,
  opinion: string,
): ReviewRuling {
  const awaited = decideReviewStep(file.state, actor.roles, decision);
  if (!awaited.ok) return { reasons: [awaited.reason] };
  const { step, to } = awaited;
  const level = decideLevel({ step, actor, earlier: steps.map(levelOf), concerns: [file.officerId] });
  const { findings } = today.result;
  const isExplained = steps.some((one) => one.round === file.round && levelOf(one).step === 'EXPLANATION');
  const explained = new Set<string>(isExplained ? file.findings.map(({ code }) => code) : []);
  const reasons = [
    ...level.reasons,
    ...decidePass(decision, findings).reasons,
    ...decideExplained(decision, findings, explained).reasons,
  ];
  if (reasons.length > 0) return { reasons };
  const isFinal = step === 'REVIEW_DECISION' && decision !== 'RETURN';
  return {
    step: { step, decision, opinion },
    change: {
      to,
      proposal: decision === 'RETURN' ? null : decision,
      round: file.round,
      // The check leaves what was asked and explained; going back and the decision say what is found now.
      found: isFinal || decision === 'RETURN' ? today : null,
    },
    effect: !isFinal ? null : decision === 'PASS' ? 'CLEAR' : 'FAIL',
  };
}

const opinionMissing = () =>
  inputInvalid([
    { pointer: '/opinion', code: 'OPINION_MISSING', detail: 'say in opinion why it fails or goes back to the unit' },
  ]);
