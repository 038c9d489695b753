import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { notFound } from '../../kernel/problem.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import { startOfDay } from '../../rules/calendar.js';
import { caseOfSanction, isEndingSanction, type SanctionKind } from '../../rules/card-case.lifecycle.js';
import { CardCases } from '../cards/card-cases.js';
import type { CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { Suspensions } from '../moves/suspensions.js';
import { OfficerLocks } from '../officer-locks.js';

export interface RecordedSanction {
  readonly id: string;
  readonly officerId: string;
  readonly kind: SanctionKind;
  readonly organ: string;
  readonly document: string;
  readonly effectiveFrom: string;
}

/** What a sanction does to the cards of its officer, in the unit that records it. */
@Injectable()
export class SanctionEffects {
  constructor(
    private readonly clock: Clock,
    private readonly officers: OfficerLocks,
    private readonly locks: CertificateLocks,
    private readonly cases: CardCases,
    private readonly suspensions: Suspensions,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** The officer's certificates, everything locked. @throws Problem 404 outside the scope */
  async lock(actor: Actor, officerId: string): Promise<readonly CertificateRecord[]> {
    const locked = await this.officers.lockWithin(actor.homeSubjectPath, [officerId]);
    if (locked.size === 0) throw notFound('officer');
    return this.locks.statesOfOfficers([officerId]);
  }

  now(): Promise<number> {
    return this.clock.now();
  }

  async onCards(
    actor: Actor,
    sanction: RecordedSanction,
    held: readonly CertificateRecord[],
    now: number,
  ): Promise<void> {
    const cause = caseOfSanction(sanction.kind);
    if (cause === null) return;
    // The clock runs from the day on which it is known; BR-85: the same day.
    await this.cases.openForLive(held, { cause, since: now, sourceId: sanction.id }, now, actor);
    if (!isEndingSanction(sanction.kind)) return;
    const from = startOfDay(sanction.effectiveFrom) ?? now;
    for (const certificate of held.filter((one) => this.suspensions.isPossible(one, now))) {
      const order = {
        ground: sanction.kind,
        document: sanction.document,
        decidedBy: sanction.organ,
        from,
        planned: null,
      };
      const suspensionId = await this.suspensions.begin(certificate, order, now, actor);
      this.audit.record(
        actor,
        'certificate.suspend',
        { type: 'certificate', id: certificate.id },
        {
          after: {
            suspensionId,
            ground: sanction.kind,
            document: sanction.document,
            effectiveFrom: sanction.effectiveFrom,
          },
        },
      );
    }
    await this.clearance.reduced({ whom: { officerIds: [sanction.officerId] }, cause: 'sanction.record' });
  }
}
