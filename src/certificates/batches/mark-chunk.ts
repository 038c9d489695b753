import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import { endOfDay, startOfDay } from '../../rules/calendar.js';
import { replacedBy } from '../../rules/certificate.rules.js';
import type { Reason } from '../../rules/verdict.js';
import { ApplicationLocks } from '../applications/application-locks.js';
import { standingAt, type CertificateRecord } from '../certificate.rows.js';
import { CertificateMoves } from '../moves/certificate-moves.js';
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
    private readonly clearance: ClearanceChanges,
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
    await this.endEarlierCards(sound, chunk.certificates, now);
    await this.activate(batch.id, sound, now);
    await this.reservations.void(given, now);
    for (const { certificate, reasons } of given) {
      this.audit.record(null, 'certificate.void', { type: 'certificate', id: certificate.id }, { reasons });
    }
    return sound.length + given.length;
  }

  /** BR-62: at most one live card per person and type; the new one ends the old one when it begins. */
  private async endEarlierCards(
    issued: readonly CertificateRecord[],
    all: readonly CertificateRecord[],
    now: number,
  ): Promise<void> {
    const heirs = new Map(issued.map((certificate) => [`${certificate.officerId}:${certificate.type}`, certificate]));
    const earlier = all.filter((one) => one.state === 'VALID' && heirs.has(`${one.officerId}:${one.type}`));
    const replaced = earlier.filter(
      (one) => replacedBy([{ id: one.id, type: one.type, standing: standingAt(one, now) }], one.type).length > 0,
    );
    // Its time has passed and no sweeper has written it down yet.
    const expired = earlier.filter((one) => !replaced.includes(one));
    await this.moves.moveAll(
      'expire',
      expired.map((certificate) => ({ certificate, effectiveFrom: endOfDay(certificate.validTo) ?? now })),
      now,
      null,
    );
    const places = replaced.map((certificate) => {
      const heir = heirs.get(`${certificate.officerId}:${certificate.type}`);
      return { certificate, effectiveFrom: Math.max(now, startOfDay(heir?.validFrom) ?? now) };
    });
    await this.moves.moveAll('replace', places, now, null);
    if (replaced.length === 0) return;
    const officerIds = replaced.map(({ officerId }) => officerId).sort();
    await this.clearance.reduced({ whom: { officerIds }, cause: 'certificate.replace' });
    for (const { id, officerId, type } of replaced) {
      const next = heirs.get(`${officerId}:${type}`)?.id;
      this.audit.record(
        null,
        'certificate.replace',
        { type: 'certificate', id },
        { after: { state: 'REPLACED', next } },
      );
    }
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
