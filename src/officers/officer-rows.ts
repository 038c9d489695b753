import type { StaffCategory } from '../rules/duty-facts.js';
import type { LeaveCause, OffPostCause } from './officer-verbs.dto.js';
import type { OfficerState, OfficerSummaryView, OfficerView } from './officer.view.js';

/** Columns of a list line, in the order of SUMMARY_COLUMNS. */
export interface SummaryRow {
  readonly id: string;
  readonly name: string;
  readonly id_number_masked: string;
  readonly gender: 'MALE' | 'FEMALE';
  readonly staff_category: StaffCategory;
  readonly on_establishment: number;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly post_title: string;
  readonly domains_json: string;
  readonly has_left: number;
  readonly is_off_post: number;
}

export interface RecordRow extends SummaryRow {
  readonly education: string | null;
  readonly phone_masked: string | null;
  readonly legal_qualification_no: string | null;
  readonly version: number;
  readonly has_photo: number;
  readonly created_at: Date;
}

export interface AssignmentRow {
  readonly id: string;
  readonly officer_id: string;
  readonly subject_id: string;
  readonly post_title: string;
  readonly staff_category: StaffCategory;
  readonly on_establishment: number;
  readonly effective_from: Date;
  readonly effective_to: Date | null;
  readonly recorded_at: Date;
}

export interface OffPostRow {
  readonly id: string;
  readonly officer_id: string;
  readonly cause: OffPostCause;
  readonly document: string | null;
  readonly return_document: string | null;
  readonly effective_from: Date;
  readonly effective_to: Date | null;
  readonly recorded_at: Date;
}

export interface DepartureRow {
  readonly id: string;
  readonly officer_id: string;
  readonly cause: LeaveCause;
  readonly effective_from: Date;
  readonly recorded_at: Date;
}

export const domainsOf = (json: string): string[] => JSON.parse(json) as string[];

const stateOf = (row: Pick<SummaryRow, 'has_left' | 'is_off_post'>): OfficerState =>
  row.has_left ? 'LEFT' : row.is_off_post ? 'OFF_POST' : 'ON_DUTY';

export const summaryView = (row: SummaryRow): OfficerSummaryView => ({
  id: row.id,
  name: row.name,
  idNumber: row.id_number_masked,
  gender: row.gender,
  staffCategory: row.staff_category,
  onEstablishment: row.on_establishment === 1,
  subjectId: row.subject_id,
  subject: { id: row.subject_id, name: row.subject_name },
  postTitle: row.post_title,
  domains: domainsOf(row.domains_json),
  state: stateOf(row),
});

export function recordView(
  row: RecordRow,
  assignments: readonly (AssignmentRow & { readonly subject_name: string })[],
  orders: readonly OffPostRow[],
  departure: DepartureRow | null,
): OfficerView {
  return {
    ...summaryView(row),
    hasPhoto: row.has_photo === 1,
    education: row.education,
    phone: row.phone_masked,
    legalQualificationNo: row.legal_qualification_no,
    assignments: assignments.map((one) => ({
      id: one.id,
      subjectId: one.subject_id,
      subject: { id: one.subject_id, name: one.subject_name },
      postTitle: one.post_title,
      staffCategory: one.staff_category,
      onEstablishment: one.on_establishment === 1,
      effectiveFrom: one.effective_from.toISOString(),
      effectiveTo: one.effective_to?.toISOString() ?? null,
      recordedAt: one.recorded_at.toISOString(),
    })),
    offPostOrders: orders.map((one) => ({
      id: one.id,
      cause: one.cause,
      document: one.document,
      returnDocument: one.return_document,
      effectiveFrom: one.effective_from.toISOString(),
      effectiveTo: one.effective_to?.toISOString() ?? null,
      recordedAt: one.recorded_at.toISOString(),
    })),
    departure: departure && {
      cause: departure.cause,
      effectiveFrom: departure.effective_from.toISOString(),
      recordedAt: departure.recorded_at.toISOString(),
    },
    version: row.version,
    createdAt: row.created_at.toISOString(),
  };
}
