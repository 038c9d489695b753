/** Rows as they stand in the tables. Instants are UTC texts, dates 'YYYY-MM-DD', switches 0 or 1, decimals text. */
export interface CardRow {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly officer_id: string;
  readonly subject_id: string;
  readonly holder_name: string;
  readonly subject_name: string;
  readonly domains_json: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly origin: string;
  readonly application_id: string | null;
  readonly batch_id: string | null;
  readonly import_id: string | null;
  readonly previous_certificate_id: string | null;
  readonly public_code: string;
  readonly content_json: string;
  readonly content_hash: string;
  readonly rules_version: string;
  readonly recorded_at: string;

  readonly status: string | null;
  readonly live_slot: string | null;

  readonly ledger_state: string | null;
  readonly ledger_certificate_id: string | null;
  readonly ledger_origin: string | null;
  readonly ledger_reason: string | null;

  readonly app_id: string | null;
  readonly app_type: string | null;
  readonly app_certificate_type: string | null;
  readonly app_officer_id: string | null;
  readonly app_subject_id: string | null;
  readonly app_domains_json: string | null;
  readonly app_state: string | null;
  readonly app_submitted_by: string | null;

  readonly batch_mode: string | null;
  readonly batch_status: string | null;
  readonly batch_valid_from: string | null;
  readonly batch_valid_to: string | null;
  readonly batch_created_at: string | null;

  readonly item_status: string | null;
  readonly item_certificate_id: string | null;

  readonly previous_officer_id: string | null;
  readonly previous_type: string | null;
  readonly previous_domains_json: string | null;
  readonly previous_valid_from: string | null;
  readonly previous_valid_to: string | null;
  readonly previous_recorded_at: string | null;
  readonly previous_status: string | null;

  readonly birth_date: string;
  readonly education: string | null;
  readonly is_legal_professional: number;
}

interface Known {
  readonly recorded_at: string;
  readonly superseded_at: string | null;
}

export interface MoveRow {
  readonly certificate_id: string;
  readonly command: string;
  readonly state_after: string;
  readonly ground: string | null;
  readonly document: string | null;
  readonly effective_from: string;
  readonly recorded_at: string;
}

export interface SuspensionRow extends Known {
  readonly certificate_id: string;
  readonly id: string;
  readonly effective_from: string;
  readonly effective_to: string | null;
}

export interface AuditRow {
  readonly certificate_id: string;
  readonly verb: string;
  readonly after_json: string | null;
  readonly recorded_at: string;
}

export interface StepRow {
  readonly certificate_id: string;
  readonly step: string;
  readonly decision: string;
  readonly actor_id: string;
  readonly decided_at: string;
}

/** Another certificate of the same person. */
export interface SiblingRow {
  readonly certificate_id: string;
  readonly sibling_id: string;
  readonly type: string;
  readonly number: string;
  readonly valid_to: string;
  readonly previous_certificate_id: string | null;
  readonly activated_at: string | null;
  readonly ended_at: string | null;
}

export interface AssignmentRow extends Known {
  readonly certificate_id: string;
  readonly subject_id: string;
  readonly staff_category: string;
  readonly on_establishment: number;
  readonly effective_from: string;
  readonly effective_to: string | null;
}

/** A departure, an off-post order: what takes the right away from an instant on. */
export interface HindranceRow extends Known {
  readonly certificate_id: string;
  readonly effective_from: string;
  readonly effective_to: string | null;
}

export interface BarRow extends Known {
  readonly certificate_id: string;
  readonly ground: string;
  readonly barred_from: string;
  readonly barred_to: string | null;
}

export interface EnrolmentRow {
  readonly certificate_id: string;
  readonly class_id: string;
  readonly hours_confirmed: string;
  readonly confirmed_at: string | null;
}

export interface ResultRow {
  readonly certificate_id: string;
  readonly paper_id: string;
  readonly score: string;
  /** BR-83: when fraud voided it. */
  readonly voided_at: string | null;
}

/** Everything that one certificate rests on. */
export interface Dossier {
  readonly card: CardRow;
  readonly moves: readonly MoveRow[];
  readonly suspensions: readonly SuspensionRow[];
  readonly audits: readonly AuditRow[];
  readonly steps: readonly StepRow[];
  readonly siblings: readonly SiblingRow[];
  readonly assignments: readonly AssignmentRow[];
  readonly departures: readonly HindranceRow[];
  readonly offPosts: readonly HindranceRow[];
  readonly bars: readonly BarRow[];
  readonly enrolments: readonly EnrolmentRow[];
  readonly results: readonly ResultRow[];
}
