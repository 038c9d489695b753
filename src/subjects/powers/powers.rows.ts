import type { ActType, SubjectKind } from '../../rules/duty-facts.js';
import type { LegalBasisColumns } from '../legal-basis.view.js';

export interface PowerRow extends LegalBasisColumns {
  readonly id: string;
  readonly subject_id: string;
  readonly holder_name: string;
  readonly holder_kind: SubjectKind;
  readonly matter_code: string;
  readonly matter_name: string;
  readonly domain: string;
  readonly act_type: ActType;
  readonly jurisdiction_code: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly recorded_at: Date;
  readonly superseded_at: Date | null;
}
