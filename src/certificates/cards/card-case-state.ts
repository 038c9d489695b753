import type { CardCaseState } from '../../rules/card-case.lifecycle.js';

/** How a case stands, by what is written down. */
export const caseState = (row: {
  readonly closed_at: Date | null;
  readonly escalated_at: Date | null;
}): CardCaseState => (row.closed_at !== null ? 'CLOSED' : row.escalated_at !== null ? 'ESCALATED' : 'OPEN');
