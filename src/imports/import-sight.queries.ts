import { below, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';

/**
 * Which imports somebody sees, as a condition on `imports i JOIN subjects s ON s.id = i.owner_subject_id`: those whose scope holds
 * the owner and who may import this kind, or who sent or committed it.
 */
export const importSight = (
  actor: Actor,
  kinds: readonly string[],
): { readonly where: string; readonly parameters: readonly string[] } => ({
  where: `s.path LIKE ? AND (i.kind IN (${marks(kinds)}) OR i.started_by = ? OR i.committed_by = ?)`,
  parameters: [below(actor.homeSubjectPath), ...kinds, actor.accountId, actor.accountId],
});
