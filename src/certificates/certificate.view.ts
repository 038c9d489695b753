import { ApiProperty } from '@nestjs/swagger';
import type { CertificateStanding } from '../rules/certificate.lifecycle.js';

export class CertificateView {
  id: string;
  type: string;
  certificateNo: string;
  officerId: string;
  /** The name that was issued with the card. */
  holderName: string;
  subjectId: string;
  subjectName: string;
  /** Codes of GET /dictionaries/domains. */
  domains: string[];
  validFrom: string;
  validTo: string;
  /** How it stands at this moment, by dates and suspensions too. */
  state: CertificateStanding;
  /** ALLOCATED, BACKFILL or LEGACY (taken over). */
  origin: string;
  applicationId: string | null;
  batchId: string | null;
  importId: string | null;
  issuedAt: string;
  version: number;
}

export class CertificateMoveView {
  command: string;
  stateAfter: string;
  ground: string | null;
  document: string | null;
  cardReturned: boolean | null;
  /** The organ that decided. */
  decidedBy: string | null;
  effectiveFrom: string;
  recordedAt: string;
  /** User name of who did it; null for the system. */
  recordedBy: string | null;
}

export class CertificateSuspensionView {
  id: string;
  ground: string;
  document: string;
  liftDocument: string | null;
  /** The organ that decided. */
  decidedBy: string | null;
  effectiveFrom: string;
  effectiveTo: string | null;
  plannedTo: string | null;
  recordedAt: string;
  /** Set where a later entry took its place. */
  supersededAt: string | null;
}

export class CertificateLinkView {
  id: string;
  certificateNo: string;
  state: CertificateStanding;
}

export class VoidNoticeView {
  medium: string;
  reference: string;
  publishedOn: string;
  recordedAt: string;
}

export class CertificateChainView {
  /** From the first to the last. */
  @ApiProperty({ type: [CertificateView] })
  items: readonly CertificateView[];
}

export class CertificateDetailView extends CertificateView {
  publicCode: string;
  /** SHA-256 of the content as it was issued. */
  contentHash: string;
  rulesVersion: string;
  /** How often the card was printed here. */
  timesPrinted: number;
  /** When anybody last verified it; null: never. */
  lastVerifiedAt: string | null;
  moves: CertificateMoveView[];
  suspensions: CertificateSuspensionView[];
  previous: CertificateLinkView | null;
  next: CertificateLinkView | null;
  /** BR-75: the public notice that the lost card is void. */
  voidNotice: VoidNoticeView | null;
  /** Where the card is: AT_DESK, WITH_HOLDER, RETURNED, MISSING, LISTED, DESTROYED; more at GET /cards/{id}. */
  custody: string;
  /** Verbs that the asker may use now. */
  commands: string[];
}

export class CertificatePage {
  @ApiProperty({ type: [CertificateView] })
  items: readonly CertificateView[];
  nextCursor: string | null;
}
