import type { ExamState } from '../rules/exam.lifecycle.js';
import type { ExamSubject } from '../rules/exam-pass.rules.js';

export interface ExamRow {
  readonly id: string;
  readonly title: string;
  readonly held_on: string;
  readonly status: ExamState;
  readonly exam_no: number;
  readonly next_serial: number;
  readonly version: number;
  readonly created_at: Date;
  readonly released_at: Date | null;
  readonly owner_id: string;
  readonly owner_name: string;
  /** The first exam of the round, where this one is a resit. */
  readonly resit_of: string | null;
}

export interface PaperRow {
  readonly id: string;
  readonly exam_id: string;
  readonly subject: ExamSubject;
  /** '' for common law. */
  readonly domain: string;
  readonly pass_mark: string;
}

export interface ExamCountsRow {
  readonly registered: number;
  readonly papers: number;
  readonly recorded: number;
  readonly passed: number;
  readonly absent: number;
  readonly void: number;
}

interface CandidateRow {
  readonly id: string;
  readonly officer_id: string;
  readonly admission_no: string;
  readonly name: string;
  readonly id_number_masked: string;
  readonly unit_id: string;
  readonly unit_name: string;
}

export interface RegistrationListRow extends CandidateRow {
  readonly registered_at: Date;
}

export interface ResultListRow extends CandidateRow {
  readonly exam_id: string;
  readonly paper_id: string;
  readonly subject: ExamSubject;
  readonly domain: string;
  readonly pass_mark: string;
  readonly outcome: string;
  readonly score: string | null;
  readonly passed: number;
  readonly recorded_at: Date;
}
