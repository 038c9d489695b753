import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { DelegationDraft } from '../../rules/delegation.rules.js';
import type { BasisRank, SubjectKind } from '../../rules/duty-facts.js';

export interface Party {
  readonly id: string;
  readonly name: string;
  readonly kind: SubjectKind;
}

/** What the law book asks about the two bodies of a delegation. */
@Injectable()
export class DelegationFactQueries {
  constructor(private readonly db: Db) {}

  async delegator(
    { id, name, kind }: Party,
    matterCodes: readonly string[],
    now: number,
    today: string,
  ): Promise<DelegationDraft['delegator']> {
    const powers = await this.db.rows<{
      id: string;
      matter_code: string;
      jurisdiction_code: string;
      valid_from: string;
      valid_to: string | null;
      basis_rank: BasisRank;
    }>(
      `SELECT id, matter_code, jurisdiction_code, valid_from, valid_to, basis_rank FROM subject_powers
       WHERE subject_id = ? AND superseded_at IS NULL AND matter_code IN (${marks(matterCodes)}) ORDER BY id`,
      [id, ...matterCodes],
    );
    const delegated = await this.db.rows<{ matter_code: string }>(
      `SELECT DISTINCT dm.matter_code FROM delegations d JOIN delegation_matters dm ON dm.delegation_id = d.id
       WHERE d.delegatee_id = ? AND d.stage IN ('SIGNED','PUBLISHED') AND d.valid_to >= ? AND dm.matter_code IN (${marks(matterCodes)})`,
      [id, today, ...matterCodes],
    );
    return {
      id,
      name,
      kind,
      isConfirmed: await this.isConfirmed(id, now),
      powers: powers.map((power) => ({
        id: power.id,
        matterCode: power.matter_code,
        jurisdictionCode: power.jurisdiction_code,
        validFrom: power.valid_from,
        validTo: power.valid_to,
        basisRank: power.basis_rank,
      })),
      delegatedMatterCodes: delegated.map(({ matter_code }) => matter_code),
    };
  }

  async delegatee({ id, name, kind }: Party, now: number, today: string): Promise<DelegationDraft['delegatee']> {
    const certified = await this.db.row<{ holders: number }>(
      `SELECT COUNT(DISTINCT c.officer_id) AS holders FROM certificates c JOIN certificate_states t ON t.certificate_id = c.id
       WHERE c.subject_id = ? AND t.status = 'VALID' AND c.valid_to >= ?`,
      [id, today],
    );
    return {
      id,
      name,
      kind,
      isConfirmed: await this.isConfirmed(id, now),
      certifiedOfficers: Number(certified?.holders ?? 0),
    };
  }

  private async isConfirmed(subjectId: string, now: number): Promise<boolean> {
    const at = new Date(now);
    const row = await this.db.row(
      `SELECT id FROM subject_status_periods WHERE subject_id = ? AND superseded_at IS NULL AND status = 'CONFIRMED'
         AND effective_from <= ? AND (effective_to IS NULL OR effective_to > ?) LIMIT 1`,
      [subjectId, at, at],
    );
    return row !== null;
  }
}
