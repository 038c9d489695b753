import { ApiProperty } from '@nestjs/swagger';
import { ReasonView } from '../../infrastructure/http/reason.view.js';
import type { ReviewState, ReviewStep } from '../../rules/review.lifecycle.js';
import type { ReviewSorting } from '../../rules/review.rules.js';
import type { ClockColour } from '../../rules/working-days.js';

export class ReviewFindingView extends ReasonView {
  /** FAILS: alone enough to fail; NEEDS_EXPLANATION: weighed by people; NOTE: for information. */
  @ApiProperty({ enum: ['FAILS', 'NEEDS_EXPLANATION', 'NOTE'] })
  weight: 'FAILS' | 'NEEDS_EXPLANATION' | 'NOTE';
}

/** Of the files within the asker's scope. */
export class ReviewCountsView {
  total: number;
  /** As the system sorted them. */
  fails: number;
  needsExplanation: number;
  passes: number;
  listed: number;
  /** As they stand. */
  awaitingExplanation: number;
  ready: number;
  checked: number;
  passed: number;
  failed: number;
}

export class ReviewCauseView {
  code: string;
  count: number;
  /** What was found, in a few words. */
  zh: string;
  en: string;
}

export class ReviewCampaignView {
  id: string;
  reviewedYear: number;
  /** The body whose certificates, and those of all bodies below it, are reviewed. */
  subjectId: string;
  subjectName: string;
  periodFrom: string;
  /** The last day: who is not passed by its end is overdue and may not act. */
  periodTo: string;
  /** PREPARING while the files are put together, OPEN, CLOSED when nothing is left to decide. */
  @ApiProperty({ enum: ['PREPARING', 'OPEN', 'CLOSED'] })
  state: 'PREPARING' | 'OPEN' | 'CLOSED';
  /** The period so far; null when the review is closed. */
  @ApiProperty({ enum: ['GREEN', 'AMBER', 'RED'], nullable: true })
  clock: ClockColour | null;
  openedAt: string;
  openedBy: string | null;
  counts: ReviewCountsView;
  version: number;
}

export class ReviewCampaignDetailView extends ReviewCampaignView {
  /** False: the setting review.enabled is off today, so that no clearance looks at the review. */
  inEffect: boolean;
  /** How often each finding stands in a file that is not decided. */
  causes: ReviewCauseView[];
  /** The settings of the day on which it was opened, by which it is sorted. */
  settings: Record<string, unknown>;
}

export class ReviewCampaignPage {
  @ApiProperty({ type: [ReviewCampaignView] })
  items: readonly ReviewCampaignView[];
  nextCursor: string | null;
}

export class ReviewFileView {
  id: string;
  campaignId: string;
  reviewedYear: number;
  certificateId: string;
  certificateNo: string;
  certificateType: string;
  officerId: string;
  officerName: string;
  subjectId: string;
  subjectName: string;
  @ApiProperty({ enum: ['FAILS', 'NEEDS_EXPLANATION', 'PASSES', 'LISTED'] })
  sorting: ReviewSorting;
  @ApiProperty({ enum: ['LISTED', 'AWAITING_EXPLANATION', 'READY', 'CHECKED', 'PASSED', 'FAILED'] })
  state: ReviewState;
  /** The step that it waits for: REVIEW_CHECK (reviewer) or REVIEW_DECISION (approver). */
  @ApiProperty({ enum: ['REVIEW_CHECK', 'REVIEW_DECISION'], nullable: true })
  step: ReviewStep | null;
  /** What the check proposed: PASS or FAIL. */
  proposal: string | null;
  /** 1, or how often it was reviewed. */
  round: number;
  /** What was found when the file was last put together. */
  findings: ReviewFindingView[];
  /** The last day of the review. */
  dueOn: string;
  /** Not decided, and the last day has passed: the card is not usable. */
  overdue: boolean;
  preparedAt: string;
  decidedAt: string | null;
  /** explain, decide, reopen: what the asker may do now. */
  allowedVerbs: string[];
  version: number;
}

export class ReviewStepView {
  round: number;
  /** EXPLANATION, REVIEW_CHECK, REVIEW_DECISION or REOPENING. */
  step: string;
  /** EXPLAIN, PASS, FAIL, RETURN or REOPEN. */
  decision: string;
  opinion: string;
  actorName: string;
  decidedAt: string;
}

export class ReviewPeriodView {
  /** FAILED or OVERDUE: in this time the card is not usable. */
  standing: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  recordedAt: string;
  /** Set where a later entry took its place. */
  supersededAt: string | null;
}

export class ReviewFileDetailView extends ReviewFileView {
  validFrom: string;
  validTo: string;
  /** What the findings rest on. */
  facts: Record<string, unknown>;
  /** Where it would be sorted with the facts of this moment. */
  @ApiProperty({ enum: ['FAILS', 'NEEDS_EXPLANATION', 'PASSES', 'LISTED'] })
  sortingToday: ReviewSorting;
  findingsToday: ReviewFindingView[];
  steps: ReviewStepView[];
  periods: ReviewPeriodView[];
}

export class ReviewFilePage {
  /** Exceptions first. */
  @ApiProperty({ type: [ReviewFileView] })
  items: readonly ReviewFileView[];
  nextCursor: string | null;
}

export class ReviewedItemView {
  fileId: string;
  /** The new state of the file, or REFUSED. */
  status: string;
  reasons: ReasonView[];
}

export class ReviewedView {
  items: ReviewedItemView[];
}
