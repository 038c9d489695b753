import { legalDateOf } from '../rules/calendar.js';
import type { CertificateStanding } from '../rules/certificate.lifecycle.js';

/**
 * How a standing is found by SQL, of `certificates c JOIN certificate_states st`; the same as standingOf for each row (a test
 * compares them).
 */
export function standingSql(
  state: CertificateStanding,
  now: number,
): { readonly sql: string; readonly parameters: (string | Date)[] } {
  const today = legalDateOf(now) ?? '';
  const at = new Date(now);
  const pending = `EXISTS (SELECT 1 FROM certificate_moves m WHERE m.certificate_id = c.id AND m.state_after = st.status AND m.effective_from > ?)`;
  const alive = `(st.status IN ('VALID','EXPIRED') OR (st.status IN ('LOST','REVOKED','CANCELLED','REPLACED') AND ${pending}))`;
  const suspended = `EXISTS (SELECT 1 FROM certificate_suspensions x WHERE x.certificate_id = c.id AND x.superseded_at IS NULL
    AND x.effective_from <= ? AND (x.effective_to IS NULL OR x.effective_to > ?))`;
  switch (state) {
    case 'RESERVED':
      return { sql: `st.status = 'RESERVED'`, parameters: [] };
    case 'VALID':
      return { sql: `${alive} AND c.valid_to >= ? AND NOT ${suspended}`, parameters: [at, today, at, at] };
    case 'SUSPENDED':
      return { sql: `${alive} AND c.valid_to >= ? AND ${suspended}`, parameters: [at, today, at, at] };
    case 'EXPIRED':
      return { sql: `${alive} AND c.valid_to < ?`, parameters: [at, today] };
    case 'LOST':
    case 'REVOKED':
    case 'CANCELLED':
    case 'REPLACED':
      return { sql: `st.status = ? AND NOT ${pending}`, parameters: [state, at] };
  }
}
