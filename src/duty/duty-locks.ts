import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import { Problem } from '../kernel/problem.js';
import type { DutyFacts, DutyRequest } from '../rules/duty-facts.js';

/** What was locked, to be compared with what the decision then rested on. */
export interface Locked {
  readonly subjectIds: ReadonlySet<string>;
  readonly delegationIds: ReadonlySet<string>;
  readonly officerIds: ReadonlySet<string>;
}

/**
 * Locks everything a clearance can rest on, in the order that holds everywhere, by ascending id: subjects, delegations, officers,
 * certificate states (deployments come after). Bodies and delegations are locked in share mode: deployments don't wait for each
 * other, whatever changes a body or a delegation waits for them.
 */
@Injectable()
export class DutyLocks {
  constructor(private readonly db: Db) {}

  async take(request: DutyRequest): Promise<Locked> {
    const delegations = await this.db.rows<{ id: string; delegator_id: string }>(
      `SELECT d.id, d.delegator_id FROM delegations d JOIN delegation_matters m ON m.delegation_id = d.id
       WHERE d.delegatee_id = ? AND m.matter_code = ?`,
      [request.subjectId, request.matterCode],
    );
    const subjectIds = [...new Set([request.subjectId, ...delegations.map(({ delegator_id }) => delegator_id)])].sort();
    await this.db.rows(
      `SELECT id FROM subjects WHERE id IN (${marks(subjectIds)}) ORDER BY id LOCK IN SHARE MODE`,
      subjectIds,
    );
    const delegationIds = delegations.map(({ id }) => id).sort();
    if (delegationIds.length > 0) {
      await this.db.rows(
        `SELECT id FROM delegations WHERE id IN (${marks(delegationIds)}) ORDER BY id LOCK IN SHARE MODE`,
        delegationIds,
      );
    }
    const officerIds = await this.officersOf(request);
    if (officerIds.length > 0) {
      await this.db.rows(
        `SELECT id FROM officers WHERE id IN (${marks(officerIds)}) ORDER BY id FOR UPDATE`,
        officerIds,
      );
      const states = await this.db.rows<{ id: string }>(
        `SELECT id FROM certificates WHERE officer_id IN (${marks(officerIds)}) ORDER BY id`,
        officerIds,
      );
      const ids = states.map(({ id }) => id);
      if (ids.length > 0) {
        await this.db.rows(
          `SELECT certificate_id FROM certificate_states WHERE certificate_id IN (${marks(ids)}) ORDER BY certificate_id FOR UPDATE`,
          ids,
        );
      }
    }
    return { subjectIds: new Set(subjectIds), delegationIds: new Set(delegationIds), officerIds: new Set(officerIds) };
  }

  /**
   * A delegation signed, or a certificate issued, between finding and locking would be a fact without a lock.
   * @throws Problem 503: nothing was decided, the client tries again
   */
  refuseUnlocked(facts: DutyFacts, locked: Locked): void {
    const covered =
      facts.delegations.every(
        ({ id, delegator }) => locked.delegationIds.has(id) && locked.subjectIds.has(delegator.id),
      ) && [...facts.officers.values()].every(({ id }) => locked.officerIds.has(id));
    if (covered) return;
    throw new Problem(
      'undetermined',
      'FACTS_CHANGED',
      'The facts changed while they were read. Nothing was decided; try again.',
      {
        retryAfterSeconds: 1,
      },
    );
  }

  private async officersOf(request: DutyRequest): Promise<string[]> {
    const ids = request.members.flatMap(({ officerId }) => (officerId === undefined ? [] : [officerId]));
    const numbers = request.members.flatMap(({ certificateNo }) =>
      certificateNo === undefined ? [] : [certificateNo],
    );
    if (numbers.length > 0) {
      const holders = await this.db.rows<{ officer_id: string }>(
        `SELECT DISTINCT officer_id FROM certificates WHERE number IN (${marks(numbers)})`,
        numbers,
      );
      ids.push(...holders.map(({ officer_id }) => officer_id));
    }
    return [...new Set(ids)].sort();
  }
}
