import type { Actor } from '../kernel/actor.js';
import type { Permission } from '../kernel/permissions.js';
import { certificateLifecycle, certificateVerbs, type CertificateVerb } from '../rules/certificate.lifecycle.js';
import { standingAt, type CertificateRecord } from './certificate.rows.js';

interface PersonsVerb {
  /** As it stands in the path of the route. */
  readonly path: string;
  readonly permission: Permission;
}

/** The verbs of people; the others (activate, expire, replace) belong to the system. */
const VERBS: Partial<Readonly<Record<CertificateVerb, PersonsVerb>>> = {
  suspend: { path: 'suspend', permission: 'certificate.decide' },
  lift: { path: 'lift', permission: 'certificate.decide' },
  revoke: { path: 'revoke', permission: 'certificate.decide' },
  cancel: { path: 'cancel', permission: 'certificate.decide' },
  reportLoss: { path: 'report-loss', permission: 'certificate.report-loss' },
  declareVoid: { path: 'void-notice', permission: 'certificate.report-loss' },
};

/** What the asker may do with the certificate now. */
export function allowedVerbs(actor: Actor, certificate: CertificateRecord, now: number): string[] {
  const standing = certificateLifecycle.isFinal(certificate.state) ? certificate.state : standingAt(certificate, now);
  return certificateVerbs(standing)
    .map((verb) => VERBS[verb])
    .filter((verb): verb is PersonsVerb => verb !== undefined && actor.permissions.has(verb.permission))
    .map(({ path }) => path);
}
