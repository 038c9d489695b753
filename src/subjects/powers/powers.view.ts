import { ApiProperty } from '@nestjs/swagger';
import { LegalBasisView, legalBasisView } from '../legal-basis.view.js';
import type { PowerRow } from './powers.queries.js';

export class PowerView {
  id: string;
  subjectId: string;
  matterCode: string;
  jurisdictionCode: string;
  legalBasis: LegalBasisView;
  validFrom: string;
  /** Last day, inclusive; null for no end. */
  validTo: string | null;
  recordedAt: string;
  /** Set when a correction took the place of this row. */
  supersededAt: string | null;
  version: number;
}

export class PowerPageView {
  @ApiProperty({ type: [PowerView] })
  items: readonly PowerView[];
  nextCursor: string | null;
}

export const powerView = (row: PowerRow): PowerView => ({
  id: row.id,
  subjectId: row.subject_id,
  matterCode: row.matter_code,
  jurisdictionCode: row.jurisdiction_code,
  legalBasis: legalBasisView(row),
  validFrom: row.valid_from,
  validTo: row.valid_to,
  recordedAt: row.recorded_at.toISOString(),
  supersededAt: row.superseded_at?.toISOString() ?? null,
  // A row of facts changes once in its life: when a correction takes its place.
  version: row.superseded_at === null ? 1 : 2,
});
