import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import { CertificateLocks } from '../certificate-locks.js';
import { CertificateMoves, notFrom } from './certificate-moves.js';
import type { SuspendDto } from './moves.dto.js';
import { SuspensionTerms } from './suspension-terms.js';

/** BR-80, BR-81. A suspension is a row of its own; it ends by an explicit lift only. */
@Injectable()
export class SuspendCertificate {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly locks: CertificateLocks,
    private readonly moves: CertificateMoves,
    private readonly terms: SuspensionTerms,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 unknown ground, 404, 409 with the state found, 422 planned end out of bounds */
  async execute(actor: Actor, id: string, { ground, document, effectiveFrom, plannedTo }: SuspendDto): Promise<void> {
    await this.uow.run(async () => {
      const certificate = await this.locks.one(actor, id);
      const now = await this.clock.now();
      const { from, planned } = await this.terms.agree(ground, effectiveFrom, plannedTo, now);
      this.moves.requirePossible(certificate, 'suspend', now);
      // One may have been entered that begins later.
      if (certificate.suspensions.some(({ to }) => to === null)) throw notFrom('SUSPENDED', 'suspend');
      const suspensionId = newId();
      await this.moves.touch(certificate, 'suspend', from, now);
      await this.db.insert('certificate_suspensions', {
        id: suspensionId,
        certificate_id: id,
        ground,
        document,
        effective_from: new Date(from),
        planned_to: new Date(planned),
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      await this.clearance.reduced({ whom: { officerIds: [certificate.officerId] }, cause: 'certificate.suspend' });
      this.audit.record(
        actor,
        'certificate.suspend',
        { type: 'certificate', id },
        { after: { suspensionId, ground, document, effectiveFrom: new Date(from), plannedTo: new Date(planned) } },
      );
    });
  }
}
