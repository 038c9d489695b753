import type { DelegationState } from '../../rules/delegation.lifecycle.js';
import type { ActType, SubjectKind } from '../../rules/duty-facts.js';
import type { LegalBasisColumns } from '../legal-basis.view.js';

export interface DelegationRow extends LegalBasisColumns {
  readonly id: string;
  readonly delegator_id: string;
  readonly delegator_name: string;
  readonly delegator_kind: SubjectKind;
  readonly delegatee_id: string;
  readonly delegatee_name: string;
  readonly delegatee_kind: SubjectKind;
  readonly jurisdiction_code: string;
  readonly authority: string;
  readonly document_no: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly signed_on: string | null;
  readonly signed_recorded_at: Date | null;
  readonly stage: DelegationState;
  readonly version: number;
  readonly created_at: Date;
}

interface Recorded {
  readonly id: string;
  readonly delegation_id: string;
  readonly recorded_at: Date;
}

export interface PublicationRow extends Recorded {
  readonly side: 'DELEGATOR' | 'DELEGATEE';
  readonly reference: string;
  readonly published_on: string;
}

export interface SuspensionRow extends Recorded {
  readonly reason: string;
  readonly effective_from: Date;
  readonly effective_to: Date | null;
  readonly superseded_at: Date | null;
}

export interface RevocationRow extends Recorded {
  readonly reason: string;
  readonly effective_from: Date;
}

export interface RecordRow extends Recorded {
  readonly kind: 'SUPERVISION' | 'REPORT';
  readonly happened_on: string;
  readonly summary: string;
  readonly findings: string | null;
  readonly recorded_by: string | null;
}

export interface DelegatedMatterRow {
  readonly delegation_id: string;
  readonly code: string;
  readonly name: string;
  readonly act_type: ActType;
  readonly domain: string;
}

/** A delegation with what has happened to it. */
export interface DelegationFile {
  readonly row: DelegationRow;
  readonly matters: readonly DelegatedMatterRow[];
  readonly publications: readonly PublicationRow[];
  /** Current and former ones (superseded by a correction or by their own end). */
  readonly suspensions: readonly SuspensionRow[];
  readonly revocation: RevocationRow | null;
  readonly lastSupervisedOn: string | null;
}
