import { ApiProperty } from '@nestjs/swagger';
import { ACT_TYPES, type ActType } from '../../rules/duty-facts.js';
import { explain } from '../../rules/refusal-texts.js';
import { decidePower } from '../../rules/subject.rules.js';
import { LegalBasisView, legalBasisView } from '../legal-basis.view.js';
import { WarningView } from '../warning.view.js';
import type { PowerRow } from './powers.rows.js';

export class PowerView {
  id: string;
  subjectId: string;
  matterCode: string;
  matterName: string;
  @ApiProperty({ enum: ACT_TYPES })
  actType: ActType;
  /** A code of the dictionary `domains`. */
  domain: string;
  jurisdictionCode: string;
  legalBasis: LegalBasisView;
  validFrom: string;
  /** Last day, inclusive; null for no end. */
  validTo: string | null;
  recordedAt: string;
  /** Set when a correction took the place of this row. */
  supersededAt: string | null;
  @ApiProperty({ type: [WarningView] })
  warnings: readonly WarningView[];
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
  matterName: row.matter_name,
  actType: row.act_type,
  domain: row.domain,
  jurisdictionCode: row.jurisdiction_code,
  legalBasis: legalBasisView(row),
  validFrom: row.valid_from,
  validTo: row.valid_to,
  recordedAt: row.recorded_at.toISOString(),
  supersededAt: row.superseded_at?.toISOString() ?? null,
  warnings: decidePower({
    holder: { name: row.holder_name, kind: row.holder_kind },
    matter: { code: row.matter_code, actType: row.act_type },
    jurisdictionCode: row.jurisdiction_code,
    basisRank: row.basis_rank,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }).warnings.map(explain),
  // A row of facts changes once in its life: when a correction takes its place.
  version: row.superseded_at === null ? 1 : 2,
});
