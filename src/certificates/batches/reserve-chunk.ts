import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { Reason } from '../../rules/verdict.js';
import type { LockedApplication } from '../applications/application-locks.js';
import type { IssuanceRuling } from '../applications/issuance-desk.js';
import { CertificateMoves } from '../moves/certificate-moves.js';
import { CertificateRegister, type CertificateDraft } from '../numbers/certificate-register.js';
import { NumberAllocator, type Allotted } from '../numbers/number-allocator.js';
import { VoidReservations } from '../numbers/void-reservations.js';
import type { BatchRow } from './batch-lease.js';
import { BatchDesk, type Assembled } from './batch-desk.js';

/**
 * First half of issuing (docs/issuance-cycle.md): the intent. Number, content and hash are written down as RESERVED in one
 * transaction; whatever happens after it, the number is explained.
 */
@Injectable()
export class ReserveChunk {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly desk: BatchDesk,
    private readonly numbers: NumberAllocator,
    private readonly register: CertificateRegister,
    private readonly moves: CertificateMoves,
    private readonly reservations: VoidReservations,
    private readonly audit: AuditTrail,
  ) {}

  /** Runs inside the unit that holds the batch. Gives how many items it took; 0 when none waits any more. */
  async execute(batch: BatchRow, size: number): Promise<number> {
    const waiting = await this.db.rows<{ application_id: string }>(
      `SELECT application_id FROM certificate_batch_items WHERE batch_id = ? AND status = 'WAITING' ORDER BY application_id LIMIT ?`,
      [batch.id, size],
    );
    if (waiting.length === 0) return 0;
    const chunk = await this.desk.assemble(waiting.map(({ application_id }) => application_id));
    const now = await this.clock.now();
    const rulings = await this.desk.judge(chunk, now);
    const sound = chunk.applications.filter(({ id }) => rulings.get(id)?.reasons.length === 0);
    const allotted = await this.numbers.take(await this.desk.asks(sound), legalDateOf(batch.createdAt) ?? '');
    const drafts = await this.drafts(batch, chunk, sound, rulings, allotted);
    const entered = await this.register.enter(drafts, 'RESERVED', now, batch.createdBy);
    const places = entered.map(({ id, draft }) => ({ certificate: { id, ...draft }, effectiveFrom: now }));
    await this.moves.record('reserve', places, now, null);
    await this.markReserved(
      batch.id,
      entered.map(({ id }) => id),
    );
    const refused = chunk.applications.flatMap(({ id }) => {
      const reasons = reasonsOf(rulings.get(id), allotted.get(id));
      return reasons.length === 0 ? [] : [{ applicationId: id, reasons }];
    });
    await this.reservations.refuse(batch.id, refused);
    this.audit.record(
      null,
      'certificate-batch.reserve',
      { type: 'certificate-batch', id: batch.id },
      { after: { numbers: drafts.map(({ number }) => number), refused } },
    );
    return chunk.applications.length;
  }

  private async drafts(
    batch: BatchRow,
    chunk: Assembled,
    sound: readonly LockedApplication[],
    rulings: ReadonlyMap<string, IssuanceRuling>,
    allotted: ReadonlyMap<string, Allotted>,
  ): Promise<CertificateDraft[]> {
    const bodies = await this.desk.bodiesOf([...sound.map(({ subjectId }) => subjectId), batch.ownerSubjectId]);
    return sound.flatMap((application) => {
      const allotment = allotted.get(application.id);
      const officer = chunk.officers.get(application.officerId);
      const body = bodies.get(application.subjectId);
      if (!allotment || !('number' in allotment) || !officer || !body) return [];
      const ruling = rulings.get(application.id);
      return [
        {
          type: application.certificateType,
          number: allotment.number,
          officerId: officer.id,
          holderName: officer.name,
          subjectId: body.id,
          subjectName: body.name,
          domains: application.domains,
          validFrom: batch.validFrom,
          validTo: batch.validTo,
          issuer: bodies.get(batch.ownerSubjectId)?.name ?? '',
          origin: 'ALLOCATED' as const,
          applicationId: application.id,
          batchId: batch.id,
          importId: null,
          previousCertificateId: ruling?.previousCertificateId ?? null,
          evidence: ruling?.evidence ?? null,
        },
      ];
    });
  }

  private async markReserved(batchId: string, certificateIds: readonly string[]): Promise<void> {
    if (certificateIds.length === 0) return;
    const marked = await this.db.execute(
      // Only the items of this chunk are touched: others may be marked at the same time.
      `UPDATE certificates c STRAIGHT_JOIN certificate_batch_items i ON i.application_id = c.application_id
       SET i.status = 'RESERVED', i.certificate_id = c.id WHERE i.batch_id = ? AND i.status = 'WAITING' AND c.id IN (${marks(certificateIds)})`,
      [batchId, ...certificateIds],
    );
    if (marked !== certificateIds.length)
      throw new Error(`${marked} of ${certificateIds.length} items could be marked`);
  }
}

function reasonsOf(ruling: IssuanceRuling | undefined, allotted: Allotted | undefined): readonly Reason[] {
  if (!ruling) return [{ code: 'APPLICATION_UNKNOWN', facts: {} }];
  if (ruling.reasons.length > 0) return ruling.reasons;
  return allotted && 'reason' in allotted ? [allotted.reason] : [];
}
