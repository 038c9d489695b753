import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { canonicalJson, sha256 } from '../../infrastructure/crypto/canonical.js';
import { PublicCodes } from '../../infrastructure/crypto/public-codes.js';
import { Db } from '../../infrastructure/database/db.js';
import type { CertificateState } from '../../rules/certificate.lifecycle.js';
import type { CertificateType } from '../../rules/duty-facts.js';
import { ISSUANCE_RULES } from '../applications/issuance-desk.js';
import { liveSlot } from '../certificate.rows.js';

/** What is to be entered as a certificate. */
export interface CertificateDraft {
  readonly type: CertificateType;
  readonly number: string;
  readonly officerId: string;
  readonly holderName: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly domains: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly issuer: string;
  readonly origin: 'ALLOCATED' | 'BACKFILL' | 'LEGACY';
  readonly applicationId: string | null;
  readonly batchId: string | null;
  readonly importId: string | null;
  readonly previousCertificateId: string | null;
  /** What the decision to issue rested on; null for cards that were taken over. */
  readonly evidence: unknown;
}

/** Who issues where the numbers come back from the province (河南省行政执法条例 21). */
export const PROVINCE = '河南省人民政府';

export interface EnteredCertificate {
  readonly id: string;
  readonly draft: CertificateDraft;
}

/**
 * Enters certificates: the number into the ledger, the content as a fact with its hash, and the first state. Numbers and content
 * are never changed after this.
 */
@Injectable()
export class CertificateRegister {
  constructor(
    private readonly db: Db,
    private readonly publicCodes: PublicCodes,
  ) {}

  /** The caller holds the officers' locks and appends the moves. */
  async enter(
    drafts: readonly CertificateDraft[],
    state: Extract<CertificateState, 'RESERVED' | 'VALID' | 'EXPIRED'>,
    now: number,
    recordedBy: string | null,
  ): Promise<readonly EnteredCertificate[]> {
    const recordedAt = new Date(now);
    const entered = drafts.map((draft) => ({ id: newId(), draft }));
    await this.db.insert(
      'certificate_numbers',
      entered.map(({ id, draft }) => ({
        type: draft.type,
        number: draft.number,
        state: state === 'RESERVED' ? 'RESERVED' : 'ISSUED',
        origin: draft.origin,
        certificate_id: id,
        recorded_at: recordedAt,
        recorded_by: recordedBy,
      })),
    );
    await this.db.insert(
      'certificates',
      entered.map(({ id, draft }) => {
        const publicCode = this.publicCodes.create();
        const content = canonicalJson({ ...draft, id, publicCode, recordedAt, rulesVersion: ISSUANCE_RULES });
        return {
          id,
          type: draft.type,
          number: draft.number,
          officer_id: draft.officerId,
          subject_id: draft.subjectId,
          holder_name: draft.holderName,
          subject_name: draft.subjectName,
          domains_json: JSON.stringify(draft.domains),
          valid_from: draft.validFrom,
          valid_to: draft.validTo,
          origin: draft.origin,
          application_id: draft.applicationId,
          batch_id: draft.batchId,
          import_id: draft.importId,
          previous_certificate_id: draft.previousCertificateId,
          public_code: publicCode,
          content_json: content,
          content_hash: sha256(content),
          rules_version: ISSUANCE_RULES,
          recorded_at: recordedAt,
          recorded_by: recordedBy,
        };
      }),
    );
    await this.db.insert(
      'certificate_states',
      entered.map(({ id, draft }) => ({
        certificate_id: id,
        status: state,
        live_slot: state === 'VALID' ? liveSlot(draft.officerId, draft.type) : null,
      })),
    );
    return entered;
  }
}
