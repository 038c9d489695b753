import type { LegalDate } from '../rules/calendar.js';

/** A condition on `officers o` with what its question marks stand for. */
export interface OfficerClause {
  readonly sql: string;
  readonly parameters: readonly (string | Date)[];
}

/** Has not left the service. Lists and figures say it with the same words, so that a figure counts what its list shows. */
export const inService = (now: number): OfficerClause => ({
  sql: `NOT EXISTS (SELECT 1 FROM officer_departures d
    WHERE d.officer_id = o.id AND d.superseded_at IS NULL AND d.effective_from <= ?)`,
  parameters: [new Date(now)],
});

/** Holds a certificate in force on the day, of any kind; a suspended one is held too. */
export const holdsCertificate = (today: LegalDate): OfficerClause => ({
  sql: `EXISTS (SELECT 1 FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
    WHERE c.officer_id = o.id AND st.status = 'VALID' AND c.valid_from <= ? AND c.valid_to >= ?)`,
  parameters: [today, today],
});

/** Meets the conditions of a member that no matter can change, at one instant. For looking: only a decision clears anybody. */
export const couldBeSent = (now: number, today: LegalDate): OfficerClause => {
  const at = new Date(now);
  return {
    sql: `(EXISTS (SELECT 1 FROM officer_assignments a WHERE a.officer_id = o.id AND a.subject_id = o.subject_id AND a.superseded_at IS NULL
    AND a.effective_from <= ? AND (a.effective_to IS NULL OR a.effective_to > ?))
  AND NOT EXISTS (SELECT 1 FROM officer_assignments a WHERE a.officer_id = o.id AND a.subject_id = o.subject_id AND a.superseded_at IS NULL
    AND a.effective_from <= ? AND (a.effective_to IS NULL OR a.effective_to > ?)
    AND (a.on_establishment = 0 OR a.staff_category NOT IN ('CIVIL_SERVANT', 'REF_CIVIL_SERVANT', 'PUBLIC_INSTITUTION')))
  AND NOT EXISTS (SELECT 1 FROM officer_off_post_orders f WHERE f.officer_id = o.id AND f.superseded_at IS NULL
    AND f.effective_from <= ? AND (f.effective_to IS NULL OR f.effective_to > ?))
  AND EXISTS (SELECT 1 FROM certificates c WHERE c.officer_id = o.id AND c.subject_id = o.subject_id AND c.type IN ('ENFORCEMENT', 'MINISTRY')
    AND c.valid_from <= ? AND c.valid_to >= ?
    AND EXISTS (SELECT 1 FROM certificate_moves m WHERE m.certificate_id = c.id AND m.command IN ('activate', 'expire'))
    AND NOT EXISTS (SELECT 1 FROM certificate_moves m WHERE m.certificate_id = c.id
      AND m.command IN ('reportLoss', 'revoke', 'cancel', 'replace') AND m.effective_from <= ?)
    AND NOT EXISTS (SELECT 1 FROM certificate_suspensions x WHERE x.certificate_id = c.id AND x.superseded_at IS NULL
      AND x.effective_from <= ? AND (x.effective_to IS NULL OR x.effective_to > ?))))`,
    parameters: [at, at, at, at, at, at, today, today, at, at, at],
  };
};
