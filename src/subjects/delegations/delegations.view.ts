import { ApiProperty } from '@nestjs/swagger';
import {
  DELEGATION_STANDINGS,
  DELEGATION_STATES,
  type DelegationStanding,
  type DelegationState,
} from '../../rules/delegation.lifecycle.js';
import { LegalBasisView, legalBasisView } from '../legal-basis.view.js';
import { WarningView } from '../warning.view.js';
import type { DelegationFile, RecordRow } from './delegations.rows.js';

export class DelegationPartyView {
  id: string;
  name: string;
}

/** A delegation in a list. */
export class DelegationView {
  id: string;
  documentNo: string;
  delegator: DelegationPartyView;
  delegatee: DelegationPartyView;
  @ApiProperty({ type: [String] })
  matterCodes: readonly string[];
  jurisdictionCode: string;
  validFrom: string;
  validTo: string;
  signedOn: string | null;
  /** How far it was entered. */
  @ApiProperty({ enum: DELEGATION_STATES })
  stage: DelegationState;
  /** How it stands at this moment. */
  @ApiProperty({ enum: DELEGATION_STANDINGS })
  state: DelegationStanding;
  version: number;
  createdAt: string;
}

export class DelegationPageView {
  @ApiProperty({ type: [DelegationView] })
  items: readonly DelegationView[];
  nextCursor: string | null;
}

export class DelegatedMatterView {
  code: string;
  name: string;
  actType: string;
  domain: string;
}

export class DelegationPublicationView {
  @ApiProperty({ enum: ['DELEGATOR', 'DELEGATEE'] })
  side: 'DELEGATOR' | 'DELEGATEE';
  reference: string;
  publishedOn: string;
  recordedAt: string;
}

export class DelegationSuspensionView {
  reason: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  recordedAt: string;
  /** Set when this was corrected, or closed by a resumption. */
  supersededAt: string | null;
}

export class DelegationRevocationView {
  reason: string;
  effectiveFrom: string;
  recordedAt: string;
}

export class DelegationRecordView {
  id: string;
  delegationId: string;
  @ApiProperty({ enum: ['SUPERVISION', 'REPORT'] })
  kind: 'SUPERVISION' | 'REPORT';
  happenedOn: string;
  summary: string;
  findings: string | null;
  recordedAt: string;
  recordedBy: string | null;
}

export class DelegationDetailView extends DelegationView {
  /** What exactly is delegated. */
  authority: string;
  legalBasis: LegalBasisView;
  signedRecordedAt: string | null;
  @ApiProperty({ type: [DelegatedMatterView] })
  matters: readonly DelegatedMatterView[];
  @ApiProperty({ type: [DelegationPublicationView] })
  publications: readonly DelegationPublicationView[];
  /** What is known today. */
  @ApiProperty({ type: [DelegationSuspensionView] })
  suspensions: readonly DelegationSuspensionView[];
  /** What was known before. */
  @ApiProperty({ type: [DelegationSuspensionView] })
  formerSuspensions: readonly DelegationSuspensionView[];
  @ApiProperty({ type: DelegationRevocationView, nullable: true })
  revocation: DelegationRevocationView | null;
  @ApiProperty({ type: [DelegationRecordView] })
  records: readonly DelegationRecordView[];
  /** The verbs that its state allows. */
  @ApiProperty({ type: [String] })
  commands: readonly string[];
  @ApiProperty({ type: [WarningView] })
  warnings: readonly WarningView[];
}

export const delegationView = ({ row, matters }: DelegationFile, state: DelegationStanding): DelegationView => ({
  id: row.id,
  documentNo: row.document_no,
  delegator: { id: row.delegator_id, name: row.delegator_name },
  delegatee: { id: row.delegatee_id, name: row.delegatee_name },
  matterCodes: matters.map(({ code }) => code),
  jurisdictionCode: row.jurisdiction_code,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  signedOn: row.signed_on,
  stage: row.stage,
  state,
  version: row.version,
  createdAt: row.created_at.toISOString(),
});

export const recordView = (row: RecordRow): DelegationRecordView => ({
  id: row.id,
  delegationId: row.delegation_id,
  kind: row.kind,
  happenedOn: row.happened_on,
  summary: row.summary,
  findings: row.findings,
  recordedAt: row.recorded_at.toISOString(),
  recordedBy: row.recorded_by,
});

export function delegationDetailView(
  file: DelegationFile,
  state: DelegationStanding,
  records: readonly RecordRow[],
  commands: readonly string[],
  warnings: readonly WarningView[],
): DelegationDetailView {
  const { row, revocation } = file;
  const suspensions = file.suspensions.map((suspension) => ({
    reason: suspension.reason,
    effectiveFrom: suspension.effective_from.toISOString(),
    effectiveTo: suspension.effective_to?.toISOString() ?? null,
    recordedAt: suspension.recorded_at.toISOString(),
    supersededAt: suspension.superseded_at?.toISOString() ?? null,
  }));
  return {
    ...delegationView(file, state),
    authority: row.authority,
    legalBasis: legalBasisView(row),
    signedRecordedAt: row.signed_recorded_at?.toISOString() ?? null,
    matters: file.matters.map(({ code, name, act_type, domain }) => ({ code, name, actType: act_type, domain })),
    publications: file.publications.map(({ side, reference, published_on, recorded_at }) => ({
      side,
      reference,
      publishedOn: published_on,
      recordedAt: recorded_at.toISOString(),
    })),
    suspensions: suspensions.filter(({ supersededAt }) => supersededAt === null),
    formerSuspensions: suspensions.filter(({ supersededAt }) => supersededAt !== null),
    revocation: revocation && {
      reason: revocation.reason,
      effectiveFrom: revocation.effective_from.toISOString(),
      recordedAt: revocation.recorded_at.toISOString(),
    },
    records: records.map(recordView),
    commands,
    warnings,
  };
}
