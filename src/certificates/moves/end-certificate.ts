import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import { AuditTrail } from '../../audit/index.js';
import { certificateLifecycle, type CertificateCommand } from '../../rules/certificate.lifecycle.js';
import { CardCases } from '../cards/card-cases.js';
import { CustodyDesk } from '../custody/custody-desk.js';
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
    private readonly custody: CustodyDesk,
    private readonly cases: CardCases,
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
      if (certificate.state !== 'RESERVED') await this.follow(certificate, ending, now, actor);
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
            decidedBy: ending.decidedBy,
            cardReturned: ending.cardReturned,
          },
        },
      );
    });
  }

  /** Where the card is now, and what is still to be done with it. */
  private async follow(certificate: CertificateRecord, ending: Ending, now: number, actor: Actor): Promise<void> {
    const ended = { ...certificate, state: certificateLifecycle.move(ending.command).to };
    if (ending.cardReturned === true) await this.custody.moveIfPossible(ended, 'takeBack', now, actor);
    if (ending.command === 'reportLoss') await this.custody.moveIfPossible(ended, 'miss', now, actor);
    if (ending.cardReturned === false && (await this.custody.one(ended)).state === 'AT_DESK') {
      await this.custody.move(ended, 'miss', now, actor);
    }
    if (ending.command === 'revoke') await this.cases.askBack([ended], { cause: 'REVOKED', since: now }, now, actor);
    if (ending.command === 'cancel') await this.cases.askBack([ended], { cause: 'CANCELLED', since: now }, now, actor);
    await this.cases.settle([ended], now, actor);
  }
}
