import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import { AuditTrail } from '../../audit/index.js';
import { certificateLifecycle, type CertificateCommand } from '../../rules/certificate.lifecycle.js';
import { neverBegun, type CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { CertificateMoves, type MoveDetail } from './certificate-moves.js';

export interface Ending extends MoveDetail {
  readonly command: Extract<CertificateCommand, 'revoke' | 'reportLoss' | 'cancel'>;
  /** Name of the verb in the audit and in `recall.cause`. */
  readonly verb: string;
  readonly effectiveFrom: string | undefined;
  /** What else has to be right, asked when everything is locked and the time is known. */
  readonly check?: (now: number) => Promise<void>;
  /** What else happens in the same unit. */
  readonly then?: (certificate: CertificateRecord, now: number) => Promise<void>;
}

/** What the three acts that end a certificate have in common. */
@Injectable()
export class EndCertificate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly locks: CertificateLocks,
    private readonly moves: CertificateMoves,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 with the state found */
  async execute(actor: Actor, id: string, ending: Ending): Promise<void> {
    await this.uow.run(async () => {
      const certificate = await this.locks.one(actor, id);
      const now = await this.clock.now();
      const effectiveFrom =
        certificate.state === 'RESERVED' ? neverBegun(certificate) : effectiveInstant(ending.effectiveFrom, now);
      await ending.check?.(now);
      this.moves.requirePossible(certificate, ending.command, now);
      await this.moves.move(certificate, ending.command, effectiveFrom, now, actor, ending);
      await ending.then?.(certificate, now);
      await this.clearance.reduced({ whom: { officerIds: [certificate.officerId] }, cause: ending.verb });
      this.audit.record(
        actor,
        ending.verb,
        { type: 'certificate', id },
        {
          before: { state: certificate.state },
          after: {
            state: certificateLifecycle.move(ending.command).to,
            effectiveFrom: new Date(effectiveFrom),
            ground: ending.ground,
            document: ending.document,
            cardReturned: ending.cardReturned,
          },
        },
      );
    });
  }
}
