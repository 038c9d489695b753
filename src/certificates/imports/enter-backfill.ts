import { Injectable } from '@nestjs/common';
import type { ImportContext } from '../../kernel/import-definition.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { AuditTrail } from '../../audit/index.js';
import { ApplicationLocks } from '../applications/application-locks.js';
import { BatchDesk } from '../batches/batch-desk.js';
import { BatchEnding } from '../batches/batch-ending.js';
import { partsOf } from '../collections.js';
import { CertificateMoves } from '../moves/certificate-moves.js';
import { EarlierCards } from '../moves/earlier-cards.js';
import { CertificateRegister, PROVINCE, type CertificateDraft } from '../numbers/certificate-register.js';
import type { BackfillReading, BackfillRow } from './backfill-reader.js';

/** Makes valid what the province has issued: number, content, state, earlier card, application and item in one transaction. */
@Injectable()
export class EnterBackfill {
  constructor(
    private readonly db: Db,
    private readonly desk: BatchDesk,
    private readonly register: CertificateRegister,
    private readonly moves: CertificateMoves,
    private readonly earlier: EarlierCards,
    private readonly applications: ApplicationLocks,
    private readonly ending: BatchEnding,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives the certificate of each row. Everything is locked by the caller. */
  async execute(
    { actor, importId }: ImportContext,
    { chunk, now }: BackfillReading,
    rows: readonly BackfillRow[],
  ): Promise<ReadonlyMap<number, string>> {
    if (rows.length === 0) return new Map();
    const bodies = await this.desk.bodiesOf(rows.flatMap(({ application }) => application?.subjectId ?? []));
    const planned = rows.flatMap((row) => {
      const { application, officer, ruling, batchId } = row;
      const body = bodies.get(application?.subjectId ?? '');
      if (!application || !officer || !body) return [];
      const draft: CertificateDraft = {
        type: application.certificateType,
        number: row.number,
        officerId: officer.id,
        holderName: officer.name,
        subjectId: body.id,
        subjectName: body.name,
        domains: application.domains,
        validFrom: row.validFrom,
        validTo: row.validTo,
        issuer: PROVINCE,
        origin: 'BACKFILL',
        applicationId: application.id,
        batchId,
        importId,
        previousCertificateId: ruling?.previousCertificateId ?? null,
        evidence: ruling?.evidence ?? null,
      };
      return [{ rowNumber: row.rowNumber, draft }];
    });
    const drafts = planned.map(({ draft }) => draft);
    await this.earlier.endFor(drafts, chunk.certificates, now, actor);
    const entered = await this.register.enter(drafts, 'VALID', now, actor.accountId);
    await this.moves.record(
      'activate',
      entered.map(({ id, draft }) => ({ certificate: { id, ...draft }, effectiveFrom: now })),
      now,
      actor,
    );
    const applicationIds = drafts.flatMap(({ applicationId }) => applicationId ?? []);
    await this.markItems(entered.map(({ id }) => id));
    await this.applications.move(applicationIds, 'issue');
    for (const batchId of [...new Set(drafts.flatMap((draft) => draft.batchId ?? []))].sort()) {
      await this.db.rows('SELECT id FROM certificate_batches WHERE id = ? FOR UPDATE', [batchId]);
      await this.ending.close(batchId, 'WAITING_FOR_NUMBERS');
    }
    for (const { id, draft } of entered) {
      this.audit.record(
        actor,
        'certificate.issue',
        { type: 'certificate', id },
        { after: { state: 'VALID', number: draft.number, officerId: draft.officerId, type: draft.type, importId } },
      );
    }
    return new Map(planned.map(({ rowNumber }, place) => [rowNumber, entered[place]?.id ?? '']));
  }

  private async markItems(certificateIds: readonly string[]): Promise<void> {
    let marked = 0;
    for (const part of partsOf(certificateIds)) {
      marked += await this.db.execute(
        `UPDATE certificate_batch_items i JOIN certificates c ON c.application_id = i.application_id AND c.batch_id = i.batch_id
         SET i.status = 'ISSUED', i.certificate_id = c.id WHERE i.status = 'WAITING' AND c.id IN (${marks(part)})`,
        part,
      );
    }
    if (marked !== certificateIds.length)
      throw new Error(`${marked} of ${certificateIds.length} items could be marked`);
  }
}
