import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import type { Reason } from '../../rules/verdict.js';
import { ApplicationLocks } from '../applications/application-locks.js';
import { neverBegun, type CertificateRecord } from '../certificate.rows.js';
import { CertificateMoves } from '../moves/certificate-moves.js';

export interface VoidOrder {
  readonly certificate: CertificateRecord;
  readonly reasons: readonly Reason[];
}

/** Gives up reserved certificates. Their numbers stay in the ledger as VOID, with the reason, and are never used again. */
@Injectable()
export class VoidReservations {
  constructor(
    private readonly db: Db,
    private readonly moves: CertificateMoves,
    private readonly applications: ApplicationLocks,
  ) {}

  /** Cancels the certificates and releases what hung on them. Officers and states are locked by the caller. */
  async void(orders: readonly VoidOrder[], now: number): Promise<void> {
    const places = orders.map(({ certificate }) => ({ certificate, effectiveFrom: neverBegun(certificate) }));
    await this.moves.moveAll('cancel', places, now, null, { ground: 'NOT_ISSUED' });
    for (const order of orders) await this.release(order.certificate, order.reasons);
  }

  /** For a certificate that was cancelled while RESERVED: number void, item refused, application free again. */
  async release(certificate: CertificateRecord, reasons: readonly Reason[]): Promise<void> {
    await this.db.updateOne(
      `UPDATE certificate_numbers SET state = 'VOID', reason = ? WHERE type = ? AND number = ? AND state = 'RESERVED'`,
      [
        reasons
          .map(({ code }) => code)
          .join(', ')
          .slice(0, 300),
        certificate.type,
        certificate.number,
      ],
      () => {
        throw new Error('a reserved certificate has no reserved number');
      },
    );
    const { applicationId, batchId } = certificate;
    if (applicationId === null || batchId === null) return;
    const application = (await this.applications.lock([applicationId])).get(applicationId);
    await this.db.execute(
      `UPDATE certificate_batch_items SET status = 'REFUSED', reasons_json = ?
       WHERE batch_id = ? AND application_id = ? AND certificate_id = ?`,
      [JSON.stringify(reasons), batchId, applicationId, certificate.id],
    );
    if (application?.state === 'IN_BATCH') await this.applications.move([applicationId], 'takeOutOfBatch');
  }

  /** Refuses items that got no certificate, each with its reasons; their applications are free again. */
  async refuse(
    batchId: string,
    refused: readonly { readonly applicationId: string; readonly reasons: readonly Reason[] }[],
  ): Promise<void> {
    for (const { applicationId, reasons } of refused) {
      await this.db.execute(
        `UPDATE certificate_batch_items SET status = 'REFUSED', reasons_json = ? WHERE batch_id = ? AND application_id = ?`,
        [JSON.stringify(reasons), batchId, applicationId],
      );
    }
    const ids = refused.map(({ applicationId }) => applicationId);
    const locked = await this.applications.lock(ids);
    await this.applications.move(
      ids.filter((id) => locked.get(id)?.state === 'IN_BATCH'),
      'takeOutOfBatch',
    );
  }

  /** Reserved longer than the given instant, in no batch that still runs. */
  async forgotten(before: number): Promise<readonly { readonly id: string; readonly officerId: string }[]> {
    const rows = await this.db.rows<{ id: string; officer_id: string }>(
      `SELECT c.id, c.officer_id FROM certificate_states st JOIN certificates c ON c.id = st.certificate_id
       LEFT JOIN certificate_batches b ON b.id = c.batch_id
       WHERE st.status = 'RESERVED' AND c.recorded_at < ? AND (b.id IS NULL OR b.status <> 'ISSUING') ORDER BY c.id LIMIT 500`,
      [new Date(before)],
    );
    return rows.map(({ id, officer_id }) => ({ id, officerId: officer_id }));
  }
}
