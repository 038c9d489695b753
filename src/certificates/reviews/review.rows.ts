import type { ReviewState } from '../../rules/review.lifecycle.js';
import { rankOf, type ReviewFinding, type ReviewSorting } from '../../rules/review.rules.js';

/** A file of the annual review as it stands in its table. */
export interface ReviewFileRecord {
  readonly id: string;
  readonly campaignId: string;
  readonly certificateId: string;
  readonly officerId: string;
  readonly subjectId: string;
  readonly reviewedYear: number;
  readonly sorting: ReviewSorting;
  readonly state: ReviewState;
  readonly proposal: 'PASS' | 'FAIL' | null;
  readonly round: number;
  /** What was found when the file was last put together; what the unit was asked to explain. */
  readonly findings: readonly ReviewFinding[];
  /** The period that stands for it: the overdue one that waits for the deadline, or the failed one. */
  readonly periodRowId: string | null;
  readonly version: number;
}

export interface ReviewFileRow {
  readonly id: string;
  readonly campaign_id: string;
  readonly certificate_id: string;
  readonly officer_id: string;
  readonly subject_id: string;
  readonly reviewed_year: number;
  readonly sorting: ReviewSorting;
  readonly state: ReviewState;
  readonly proposal: 'PASS' | 'FAIL' | null;
  readonly round: number;
  readonly findings_json: string;
  readonly period_row_id: string | null;
  readonly version: number;
}

export const REVIEW_FILE_COLUMNS = `f.id, f.campaign_id, f.certificate_id, f.officer_id, f.subject_id, f.reviewed_year, f.sorting, f.state,
  f.proposal, f.round, f.findings_json, f.period_row_id, f.version`;

export const findingsOf = (json: string): readonly ReviewFinding[] => JSON.parse(json) as ReviewFinding[];

export const reviewFileOf = (row: ReviewFileRow): ReviewFileRecord => ({
  id: row.id,
  campaignId: row.campaign_id,
  certificateId: row.certificate_id,
  officerId: row.officer_id,
  subjectId: row.subject_id,
  reviewedYear: row.reviewed_year,
  sorting: row.sorting,
  state: row.state,
  proposal: row.proposal,
  round: row.round,
  findings: findingsOf(row.findings_json),
  periodRowId: row.period_row_id,
  version: row.version,
});

/** Exceptions come first in every list. */
export const sortKey = (sorting: ReviewSorting, id: string): string => `${rankOf(sorting)}:${id}`;

/** ',CODE,CODE,': so that one cause is found by LIKE. */
export const causesOf = (findings: readonly ReviewFinding[]): string =>
  findings.length === 0 ? '' : `,${findings.map(({ code }) => code).join(',')},`;
