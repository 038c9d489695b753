import { legalDateOf } from '../rules/calendar.js';

/** Certificate, state, holder and body: the tables that `publishableAt` speaks of. */
export const CARRIERS = `certificates c JOIN certificate_states st ON st.certificate_id = c.id
  JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = c.subject_id`;

const current = (table: string, alias: string, of: string): string =>
  `SELECT 1 FROM ${table} ${alias} WHERE ${of} AND ${alias}.superseded_at IS NULL
     AND ${alias}.effective_from <= ? AND (${alias}.effective_to IS NULL OR ${alias}.effective_to > ?)`;

export interface Condition {
  readonly sql: string;
  readonly parameters: readonly (string | Date)[];
}

/** The annual review counts wherever the setting does not say that it is off. */
const REVIEW_OFF = `SELECT 1 FROM settings e WHERE e.setting_key = 'review.enabled' AND e.superseded_at IS NULL
  AND e.approved_state = 'IN_FORCE' AND e.value_json = 'false' AND e.effective_from <= ? AND (e.effective_to IS NULL OR e.effective_to > ?)`;

/** A suspension in effect. */
export const suspendedAt = (now: number): Condition => ({
  sql: `EXISTS (${current('certificate_suspensions', 'x', 'x.certificate_id = c.id')})`,
  parameters: [new Date(now), new Date(now)],
});

/**
 * BR-93: whether somebody may be shown to the public as an officer at this instant, for rows of CARRIERS. The certificate is issued, in
 * force and not suspended; its holder serves at its body, is on post and not barred; the body is confirmed, and where it acts for
 * another one a published delegation is in force. Whoever entered an end that takes effect later is not shown either: what is doubtful
 * is left out. Read with the answer, never stored: no sweeper that is late can leave somebody on the list.
 */
export function publishableAt(now: number): Condition {
  const today = legalDateOf(now) ?? '';
  const at = new Date(now);
  return {
    sql: `(st.status = 'VALID' AND c.valid_from <= ? AND c.valid_to >= ?
      AND EXISTS (SELECT 1 FROM certificate_numbers n WHERE n.type = c.type AND n.number = c.number AND n.state = 'ISSUED')
      AND NOT EXISTS (${current('certificate_suspensions', 'x', 'x.certificate_id = c.id')})
      AND (NOT EXISTS (${current('certificate_review_periods', 'v', 'v.certificate_id = c.id')}) OR EXISTS (${REVIEW_OFF}))
      AND NOT EXISTS (SELECT 1 FROM officer_departures l WHERE l.officer_id = o.id AND l.superseded_at IS NULL AND l.effective_from <= ?)
      AND NOT EXISTS (${current('officer_off_post_orders', 'f', 'f.officer_id = o.id')})
      AND NOT EXISTS (SELECT 1 FROM qualification_bars b WHERE b.officer_id = o.id AND b.superseded_at IS NULL
        AND b.barred_from <= ? AND (b.barred_to IS NULL OR b.barred_to >= ?))
      AND EXISTS (${current('officer_assignments', 'a', 'a.officer_id = o.id AND a.subject_id = c.subject_id')})
      AND EXISTS (${current('subject_status_periods', 'q', `q.subject_id = s.id AND q.status = 'CONFIRMED'`)})
      AND (s.kind NOT IN ('DELEGATED_ORGAN','DELEGATED_ORG') OR EXISTS (
        SELECT 1 FROM delegations g WHERE g.delegatee_id = s.id AND g.stage = 'PUBLISHED' AND g.valid_from <= ? AND g.valid_to >= ?
          AND NOT EXISTS (SELECT 1 FROM delegation_revocations r WHERE r.delegation_id = g.id AND r.effective_from <= ?)
          AND NOT EXISTS (${current('delegation_suspensions', 'y', 'y.delegation_id = g.id')}))))`,
    parameters: [
      today,
      today,
      at,
      at,
      at,
      at,
      today,
      today,
      at,
      at,
      at,
      today,
      today,
      at,
      at,
      at,
      at,
      today,
      today,
      at,
      at,
      at,
    ],
  };
}
