import { endOfDay, instantText, MS_PER_DAY, startOfDay } from './calendar.js';
import { byText, listOf, WARN_DAYS, type DutyContext } from './duty-context.js';
import { ENDED_STATES, type CertificateFact, type CertificateType } from './duty-facts.js';
import type { CertificateCode, DutyWarningCode } from './duty-reasons.js';
import { endForOrder, firstTouching, takesEffectBefore, touches } from './periods.js';
import type { Reason } from './verdict.js';

/** A supervision card supervises; it never enforces. 河南省行政执法条例 21, 41. */
const CANDIDATE_TYPES: readonly CertificateType[] = ['ENFORCEMENT', 'MINISTRY'];

/** Takes one certificate. Gives every condition that it does not meet, in the order of the table. BR-67, BR-68. */
export function certificateReasons(certificate: CertificateFact, context: DutyContext): Reason<CertificateCode>[] {
  const { from, to } = context;
  const certificateNo = certificate.number;
  const reasons: Reason<CertificateCode>[] = [];
  const start = startOfDay(certificate.validFrom);
  if (start === null || !(start <= from)) {
    reasons.push({ code: 'CERTIFICATE_NOT_YET_VALID', facts: { certificateNo, validFrom: certificate.validFrom } });
  }
  const end = endOfDay(certificate.validTo);
  if (end === null || !(end >= to)) {
    reasons.push({ code: 'CERTIFICATE_EXPIRED', facts: { certificateNo, validTo: certificate.validTo } });
  }
  const suspension = firstTouching(certificate.suspensions, from, to);
  if (suspension !== null) {
    const facts = { certificateNo, since: instantText(suspension.from), liftedFrom: instantText(suspension.to) };
    reasons.push({ code: 'CERTIFICATE_SUSPENDED', facts });
  }
  pushEnded(reasons, certificate, to);
  if (context.settings.reviewEnabled !== false) pushReviews(reasons, certificate, context);
  if (certificate.subjectId !== context.subjectId) {
    reasons.push({ code: 'CERTIFICATE_OTHER_SUBJECT', facts: { certificateNo, issuedFor: certificate.subjectId } });
  }
  const domains = listOf(certificate.domains);
  if (context.domain === null || !domains.includes(context.domain)) {
    const held = domains.length === 0 ? null : [...new Set(domains)].sort(byText).join(', ');
    reasons.push({ code: 'DOMAIN_NOT_COVERED', facts: { certificateNo, domain: context.domain, domains: held } });
  }
  return reasons;
}

function pushEnded(reasons: Reason<CertificateCode>[], { number, ended }: CertificateFact, to: number): void {
  if (ended === null) return;
  // A record that something ended it, but not readable what or when, ends it all the same.
  const { state, from } = ended ?? { state: 'CANCELLED', from: NaN };
  if (!takesEffectBefore(from, to)) return;
  const known = ENDED_STATES.includes(state) ? state : 'CANCELLED';
  reasons.push({ code: `CERTIFICATE_${known}`, facts: { certificateNo: number, since: instantText(from), state } });
}

function pushReviews(
  reasons: Reason<CertificateCode>[],
  certificate: CertificateFact,
  { from, to }: DutyContext,
): void {
  const failed = firstTouching(certificate.failedReviews, from, to);
  const facts = { certificateNo: certificate.number };
  if (failed !== null)
    reasons.push({ code: 'ANNUAL_REVIEW_FAILED', facts: { ...facts, since: instantText(failed.from) } });
  const overdue = firstTouching(certificate.overdueReviews, from, to);
  if (overdue !== null)
    reasons.push({ code: 'ANNUAL_REVIEW_OVERDUE', facts: { ...facts, since: instantText(overdue.from) } });
}

interface Candidate {
  readonly certificate: CertificateFact;
  readonly reasons: readonly Reason<CertificateCode>[];
}

/** Fewest reasons, then the latest end, then the smallest number (and, for two types that share it, the smallest id). */
function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.reasons.length !== b.reasons.length) return a.reasons.length - b.reasons.length;
  const [endA, endB] = [endForOrder(a.certificate.validTo), endForOrder(b.certificate.validTo)];
  if (endA !== endB) return endA > endB ? -1 : 1;
  return byText(a.certificate.number, b.certificate.number) || byText(a.certificate.id, b.certificate.id);
}

export interface CertificateFinding {
  /** Of the sufficient certificate, else of the closest one. */
  readonly certificateNo: string | null;
  readonly reasons: readonly Reason<CertificateCode>[];
  readonly warnings: readonly Reason<DutyWarningCode>[];
}

const NONE: CertificateFinding = {
  certificateNo: null,
  reasons: [{ code: 'CERTIFICATE_MISSING', facts: {} }],
  warnings: [],
};

/** Takes an officer's certificates. Gives the one that suffices or comes closest, with its reasons and warnings. */
export function findCertificate(certificates: readonly CertificateFact[], context: DutyContext): CertificateFinding {
  let best: Candidate | null = null;
  for (const certificate of listOf(certificates)) {
    if (!CANDIDATE_TYPES.includes(certificate.type)) continue;
    const candidate = { certificate, reasons: certificateReasons(certificate, context) };
    if (best === null || compareCandidates(candidate, best) < 0) best = candidate;
  }
  if (best === null) return NONE;
  return {
    certificateNo: best.certificate.number,
    reasons: best.reasons,
    warnings: certificateWarnings(best, context),
  };
}

function certificateWarnings(
  { certificate, reasons }: Candidate,
  { from, to }: DutyContext,
): Reason<DutyWarningCode>[] {
  const warnings: Reason<DutyWarningCode>[] = [];
  const facts = { certificateNo: certificate.number };
  const endsSoon = endForOrder(certificate.validTo) - to <= WARN_DAYS * MS_PER_DAY;
  if (reasons.length === 0 && endsSoon) {
    warnings.push({ code: 'CERTIFICATE_EXPIRES_SOON', facts: { ...facts, validTo: certificate.validTo } });
  }
  // BR-80: a planned end that has passed changes nothing; somebody has to lift the suspension.
  const planned = listOf(certificate.suspensions)
    .filter(
      (suspension) => touches(suspension, from, to) && suspension.plannedTo !== null && suspension.plannedTo <= from,
    )
    .map((suspension) => suspension.plannedTo as number);
  if (planned.length > 0) {
    const plannedTo = instantText(planned.reduce((a, b) => Math.min(a, b)));
    warnings.push({ code: 'SUSPENSION_PLANNED_END_PASSED', facts: { ...facts, plannedTo } });
  }
  return warnings;
}
