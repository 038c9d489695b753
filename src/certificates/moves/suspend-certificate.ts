import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import { CertificateLocks } from '../certificate-locks.js';
import type { SuspendDto } from './moves.dto.js';
import { SuspensionTerms } from './suspension-terms.js';
import { Suspensions } from './suspensions.js';

/** BR-80, BR-81. A suspension is a row of its own; it ends by an explicit lift only. */
@Injectable()
export class SuspendCertificate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly locks: CertificateLocks,
    private readonly suspensions: Suspensions,
    private readonly terms: SuspensionTerms,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 unknown ground, 404, 409 with the state found, 422 planned end out of bounds */
  async execute(actor: Actor, id: string, given: SuspendDto): Promise<void> {
    const { ground, document, effectiveFrom, plannedTo } = given;
    const decidedBy = given.decidedBy ?? actor.homeSubjectName;
    await this.uow.run(async () => {
      const certificate = await this.locks.one(actor, id);
      const now = await this.clock.now();
      const { from, planned } = await this.terms.agree(ground, effectiveFrom, plannedTo, now);
      const order = { ground, document, decidedBy, from, planned };
      const suspensionId = await this.suspensions.begin(certificate, order, now, actor);
      await this.clearance.reduced({ whom: { officerIds: [certificate.officerId] }, cause: 'certificate.suspend' });
      const told = { effectiveFrom: new Date(from), plannedTo: new Date(planned) };
      this.audit.record(
        actor,
        'certificate.suspend',
        { type: 'certificate', id },
        { after: { suspensionId, ground, document, decidedBy, ...told } },
      );
    });
  }
}
