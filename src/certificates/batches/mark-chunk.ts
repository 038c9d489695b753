import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { AuditTrail } from '../../audit/index.js';
import type { Reason } from '../../rules/verdict.js';
import { ApplicationLocks } from '../applications/application-locks.js';
import type { CertificateRecord } from '../certificate.rows.js';
import { CertificateMoves } from '../moves/certificate-moves.js';
import { EarlierCards } from '../moves/earlier-cards.js';
import { VoidReservations } from '../numbers/void-reservations.js';
import { BatchDesk } from './batch-desk.js';
import type { BatchRow } from './batch-lease.js';

/**
 * Second half of issuing (docs/issuance-cycle.md): the mark. What was reserved is decided once more and becomes valid, or is given
 * up. Run again after a crash, it finds what is left.
 */
@Injectable()
export class MarkChunk {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly desk: BatchDesk,
    private readonly moves: CertificateMoves,
    private readonly applications: ApplicationLocks,
    private readonly reservations: VoidReservations,
    private readonly earlier: EarlierCards,
    private readonly audit: AuditTrail,
  ) {}

  /** Runs inside the unit that holds the batch. Gives how many reservations it settled; 0 when none is left. */
  async execute(batch: BatchRow, size: number): Promise<number> {
    const items = await this.db.rows<{ application_id: string; certificate_id: string }>(
      `SELECT application_id, certificate_id FROM certificate_batch_items
       WHERE batch_id = ? AND status = 'RESERVED' ORDER BY application_id LIMIT ?`,
      [batch.id, size],
    );
    if (items.length === 0) return 0;
    const certificateOf = new Map(items.map((item) => [item.application_id, item.certificate_id]));
    const chunk = await this.desk.assemble([...certificateOf.keys()]);
    const now = await this.clock.now();
    const rulings = await this.desk.judge(chunk, now);
    const byId = new Map(chunk.certificates.map((certificate) => [certificate.id, certificate]));
    const sound: CertificateRecord[] = [];
    const given: { certificate: CertificateRecord; reasons: readonly Reason[] }[] = [];
    for (const { id } of chunk.applications) {
      const certificate = byId.get(certificateOf.get(id) ?? '');
      const reasons = rulings.get(id)?.reasons ?? [];
      // Somebody cancelled it since this unit read the items.
      if (certificate?.state !== 'RESERVED') continue;
      if (reasons.length === 0) sound.push(certificate);
      else given.push({ certificate, reasons });
    }
    await this.earlier.endFor(sound, chunk.certificates, now, null);
    await this.activate(batch.id, sound, now);
    await this.reservations.void(given, now);
    for (const { certificate, reasons } of given) {
      this.audit.record(null, 'certificate.void', { type: 'certificate', id: certificate.id }, { reasons });
    }
    return sound.length + given.length;
  }

  private async activate(batchId: string, issued: readonly CertificateRecord[], now: number): Promise<void> {
    if (issued.length === 0) return;
    const ids = issued.map(({ id }) => id);
    await this.moves.moveAll(
      'activate',
      issued.map((certificate) => ({ certificate, effectiveFrom: now })),
      now,
      null,
    );
    const applications = issued.flatMap(({ applicationId }) => (applicationId === null ? [] : [applicationId]));
    const numbers = await this.db.execute(
      `UPDATE certificate_numbers SET state = 'ISSUED' WHERE certificate_id IN (${marks(ids)}) AND state = 'RESERVED'`,
      ids,
    );
    const items = await this.db.execute(
      `UPDATE certificate_batch_items SET status = 'ISSUED' WHERE batch_id = ? AND application_id IN (${marks(applications)}) AND status = 'RESERVED'`,
      [batchId, ...applications],
    );
    if (numbers !== ids.length || items !== ids.length) throw new Error('numbers, items and certificates differ');
    await this.applications.move(applications, 'issue');
    for (const { id, number, officerId, type } of issued) {
      this.audit.record(
        null,
        'certificate.issue',
        { type: 'certificate', id },
        { after: { state: 'VALID', number, officerId, type, batchId } },
      );
    }
  }
}
