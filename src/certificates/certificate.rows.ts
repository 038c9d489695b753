import { startOfDay } from '../rules/calendar.js';
import { standingOf, type CertificateStanding, type CertificateState } from '../rules/certificate.lifecycle.js';
import type { CertificateType, InstantPeriod } from '../rules/duty-facts.js';

export interface SuspensionPeriod extends InstantPeriod {
  readonly id: string;
  readonly plannedTo: number | null;
}

/** A certificate as it stands in the tables, with what its standing rests on. */
export interface CertificateRecord {
  readonly id: string;
  readonly type: CertificateType;
  readonly number: string;
  readonly officerId: string;
  readonly subjectId: string;
  readonly domains: readonly string[];
  /** ALLOCATED, BACKFILL or LEGACY. */
  readonly origin: string;
  /** The card that this one follows. */
  readonly previousId: string | null;
  readonly validFrom: string;
  readonly validTo: string;
  readonly applicationId: string | null;
  readonly batchId: string | null;
  /** What the state row says; the standing also looks at dates and suspensions. */
  readonly state: CertificateState;
  readonly version: number;
  readonly endedFrom: number | null;
  /** False for a reservation, also one that was given up: it never was a certificate. */
  readonly wasIssued: boolean;
  readonly suspensions: readonly SuspensionPeriod[];
}

export interface CertificateRow {
  readonly id: string;
  readonly type: CertificateType;
  readonly number: string;
  readonly officer_id: string;
  readonly subject_id: string;
  readonly domains_json: string;
  readonly origin: string;
  readonly previous_certificate_id: string | null;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly application_id: string | null;
  readonly batch_id: string | null;
  readonly status: CertificateState;
  readonly version: number;
  readonly ended_from: Date | null;
  readonly ledger_state: string;
}

export interface SuspensionRow {
  readonly id: string;
  readonly certificate_id: string;
  readonly effective_from: Date;
  readonly effective_to: Date | null;
  readonly planned_to: Date | null;
}

/** Columns of CertificateRow for `certificates c JOIN certificate_states st`. */
export const CERTIFICATE_COLUMNS = `c.id, c.type, c.number, c.officer_id, c.subject_id, c.domains_json, c.origin,
  c.previous_certificate_id, c.valid_from, c.valid_to,
  c.application_id, c.batch_id, st.status, st.version,
  (SELECT n.state FROM certificate_numbers n WHERE n.type = c.type AND n.number = c.number) AS ledger_state,
  (SELECT MIN(m.effective_from) FROM certificate_moves m WHERE m.certificate_id = c.id AND m.state_after = st.status
     AND m.state_after IN ('LOST','REVOKED','CANCELLED','REPLACED')) AS ended_from`;

export const SUSPENSION_COLUMNS = 'id, certificate_id, effective_from, effective_to, planned_to';

const instant = (value: Date | null): number | null => value?.getTime() ?? null;

export const suspensionOf = (row: SuspensionRow): SuspensionPeriod => ({
  id: row.id,
  from: row.effective_from.getTime(),
  to: instant(row.effective_to),
  plannedTo: instant(row.planned_to),
});

export function recordOf(row: CertificateRow, suspensions: readonly SuspensionRow[]): CertificateRecord {
  return {
    id: row.id,
    type: row.type,
    number: row.number,
    officerId: row.officer_id,
    subjectId: row.subject_id,
    domains: JSON.parse(row.domains_json) as string[],
    origin: row.origin,
    previousId: row.previous_certificate_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    applicationId: row.application_id,
    batchId: row.batch_id,
    state: row.status,
    version: row.version,
    endedFrom: instant(row.ended_from),
    wasIssued: row.ledger_state === 'ISSUED',
    suspensions: suspensions.filter((one) => one.certificate_id === row.id).map(suspensionOf),
  };
}

export const standingAt = (certificate: CertificateRecord, at: number): CertificateStanding =>
  standingOf(
    {
      state: certificate.state,
      validTo: certificate.validTo,
      endedFrom: certificate.endedFrom,
      suspensions: certificate.suspensions,
    },
    at,
  );

/** Usable or only suspended: the one that counts as "the" certificate of its type. */
export const isLive = (certificate: CertificateRecord, at: number): boolean =>
  ['VALID', 'SUSPENDED'].includes(standingAt(certificate, at));

/** The slot that two live certificates of one type for one person would both need. */
export const liveSlot = (officerId: string, type: string): string => `${officerId}:${type}`;

/** The instant from which a reservation that is given up counts as ended: before it could ever have been valid. */
export const neverBegun = ({ validFrom }: Pick<CertificateRecord, 'validFrom'>): number => startOfDay(validFrom) ?? 0;
