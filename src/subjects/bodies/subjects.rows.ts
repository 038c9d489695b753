import type { SubjectKind, SubjectStatus } from '../../rules/duty-facts.js';

export interface SubjectRow {
  readonly id: string;
  readonly name: string;
  readonly uscc: string;
  readonly kind: SubjectKind;
  readonly division_code: string;
  readonly parent_id: string | null;
  readonly path: string;
  readonly version: number;
  readonly created_at: Date;
}

export interface PeriodRow {
  readonly id: string;
  readonly subject_id: string;
  readonly status: SubjectStatus;
  readonly effective_from: Date;
  readonly effective_to: Date | null;
  readonly document: string | null;
  readonly announcement_reference: string | null;
  readonly announced_on: string | null;
  readonly reason: string | null;
  readonly recorded_at: Date;
  readonly superseded_at: Date | null;
}
