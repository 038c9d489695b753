import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import { AuditTrail } from '../../audit/index.js';
import { decideLift } from '../../rules/certificate-desk.rules.js';
import { standingAt } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { CertificateMoves, notFrom } from './certificate-moves.js';
import type { LiftDto } from './moves.dto.js';

interface OpenSuspension {
  readonly id: string;
  readonly ground: string;
  readonly document: string;
  readonly effective_from: Date;
  readonly planned_to: Date | null;
  readonly decided_by: string | null;
  readonly recorded_by: string | null;
}

/** BR-80: the only way out of a suspension. What was known before stays readable: the row is superseded, not changed. */
@Injectable()
export class LiftSuspension {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly locks: CertificateLocks,
    private readonly moves: CertificateMoves,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 when nothing is there to lift, 422 when the lift is dated before the suspension */
  async execute(actor: Actor, id: string, { document, effectiveFrom }: LiftDto): Promise<void> {
    await this.uow.run(async () => {
      const certificate = await this.locks.one(actor, id);
      const open = await this.open(id);
      const now = await this.clock.now();
      const standing = standingAt(certificate, now);
      if (certificate.state !== 'VALID') throw notFrom(certificate.state, 'lift');
      if (!open || standing === 'EXPIRED') throw notFrom(standing, 'lift');
      const to = effectiveInstant(effectiveFrom, now);
      const verdict = decideLift(open.effective_from.getTime(), to);
      if (!verdict.allowed)
        throw new Problem(
          'refused',
          'LIFT_BEFORE_SUSPENSION',
          'Date the lift after the beginning of the suspension.',
          verdict,
        );
      await this.moves.touch(certificate, 'lift', to, now);
      await this.db.supersede('certificate_suspensions', open.id, now);
      await this.db.insert('certificate_suspensions', {
        id: newId(),
        certificate_id: id,
        ground: open.ground,
        document: open.document,
        decided_by: open.decided_by,
        lift_document: document,
        effective_from: open.effective_from,
        effective_to: new Date(to),
        planned_to: open.planned_to,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      await this.clearance.reduced({ whom: { officerIds: [certificate.officerId] }, cause: 'certificate.lift' });
      this.audit.record(
        actor,
        'certificate.lift',
        { type: 'certificate', id },
        {
          before: { suspensionId: open.id, effectiveFrom: open.effective_from },
          after: { document, effectiveFrom: new Date(to) },
        },
      );
    });
  }

  private open(certificateId: string): Promise<OpenSuspension | null> {
    return this.db.row<OpenSuspension>(
      `SELECT id, ground, document, effective_from, planned_to, decided_by, recorded_by FROM certificate_suspensions
       WHERE certificate_id = ? AND superseded_at IS NULL AND effective_to IS NULL ORDER BY effective_from DESC, id DESC LIMIT 1`,
      [certificateId],
    );
  }
}
