import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import { delegationStandingOf, type DelegationState } from '../rules/delegation.lifecycle.js';
import type { SubjectKind, SubjectStatus } from '../rules/duty-facts.js';
import type { UnitFacts } from '../rules/eligibility.rules.js';

interface DelegationRow {
  readonly id: string;
  readonly delegatee_id: string;
  readonly stage: DelegationState;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly delegator_published_on: string | null;
  readonly delegatee_published_on: string | null;
  readonly revoked_from: Date | null;
}

interface SuspensionRow {
  readonly delegation_id: string;
  readonly effective_from: Date;
  readonly effective_to: Date | null;
}

/** What an application rests on in the body: confirmed (BR-01), and where it needs one, with a running delegation (BR-20). */
@Injectable()
export class UnitQueries {
  constructor(private readonly db: Db) {}

  /** Adds the units that are not in the map yet. */
  async fill(units: Map<string, UnitFacts>, unitIds: readonly string[], at: number): Promise<void> {
    const missing = [...new Set(unitIds)].filter((id) => !units.has(id));
    if (missing.length === 0) return;
    const rows = await this.db.rows<{ id: string; name: string; kind: SubjectKind }>(
      `SELECT id, name, kind FROM subjects WHERE id IN (${marks(missing)})`,
      missing,
    );
    const statuses = await this.statuses(missing, at);
    const delegated = await this.delegated(missing, at);
    for (const { id, name, kind } of rows) {
      const standing = statuses.get(id) ?? new Set();
      units.set(id, {
        name,
        kind,
        isConfirmed: standing.has('CONFIRMED') && standing.size === 1,
        hasEffectiveDelegation: delegated.has(id),
      });
    }
  }

  /** Every status that stands at the instant: there should be one. */
  private async statuses(ids: readonly string[], at: number): Promise<Map<string, Set<SubjectStatus>>> {
    const rows = await this.db.rows<{ subject_id: string; status: SubjectStatus }>(
      `SELECT subject_id, status FROM subject_status_periods
       WHERE subject_id IN (${marks(ids)}) AND superseded_at IS NULL AND effective_from <= ?
         AND (effective_to IS NULL OR effective_to > ?)`,
      [...ids, new Date(at), new Date(at)],
    );
    const statuses = new Map<string, Set<SubjectStatus>>();
    for (const { subject_id, status } of rows) {
      statuses.set(subject_id, (statuses.get(subject_id) ?? new Set()).add(status));
    }
    return statuses;
  }

  private async delegated(ids: readonly string[], at: number): Promise<ReadonlySet<string>> {
    const rows = await this.db.rows<DelegationRow>(
      `SELECT d.id, d.delegatee_id, d.stage, d.valid_from, d.valid_to, v.effective_from AS revoked_from,
         (SELECT MAX(p.published_on) FROM delegation_publications p
          WHERE p.delegation_id = d.id AND p.side = 'DELEGATOR' AND p.superseded_at IS NULL) AS delegator_published_on,
         (SELECT MAX(p.published_on) FROM delegation_publications p
          WHERE p.delegation_id = d.id AND p.side = 'DELEGATEE' AND p.superseded_at IS NULL) AS delegatee_published_on
       FROM delegations d LEFT JOIN delegation_revocations v ON v.delegation_id = d.id
       WHERE d.delegatee_id IN (${marks(ids)}) AND d.stage <> 'DRAFT'`,
      ids,
    );
    if (rows.length === 0) return new Set();
    const suspensions = await this.db.rows<SuspensionRow>(
      `SELECT delegation_id, effective_from, effective_to FROM delegation_suspensions
       WHERE delegation_id IN (${marks(rows)}) AND superseded_at IS NULL`,
      rows.map(({ id }) => id),
    );
    return new Set(
      rows
        .filter((row) =>
          isEffective(
            row,
            suspensions.filter(({ delegation_id }) => delegation_id === row.id),
            at,
          ),
        )
        .map(({ delegatee_id }) => delegatee_id),
    );
  }
}

const isEffective = (row: DelegationRow, suspensions: readonly SuspensionRow[], at: number): boolean =>
  delegationStandingOf(
    {
      state: row.stage,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      delegatorPublishedOn: row.delegator_published_on,
      delegateePublishedOn: row.delegatee_published_on,
      suspensions: suspensions.map(({ effective_from, effective_to }) => ({
        from: effective_from.getTime(),
        to: effective_to?.getTime() ?? null,
      })),
      revokedFrom: row.revoked_from?.getTime() ?? null,
    },
    at,
  ) === 'EFFECTIVE';
