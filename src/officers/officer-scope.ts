import { below } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';

export interface ScopeClause {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/**
 * Which officers somebody sees: those of the home unit and below, and with the role OFFICER only oneself. The subquery (instead
 * of a join) keeps FOR UPDATE away from the units' rows.
 */
export const officerScope = (actor: Actor, alias = 'o'): ScopeClause =>
  actor.permissions.has('business.read')
    ? {
        sql: `${alias}.subject_id IN (SELECT scope.id FROM subjects scope WHERE scope.path LIKE ?)`,
        parameters: [below(actor.homeSubjectPath)],
      }
    : { sql: `${alias}.id = ?`, parameters: [actor.officerId ?? ''] };
