import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../infrastructure/discovery/clearance-changes.js';
import { Outbox } from '../infrastructure/outbox/outbox.js';
import { effectiveInstant } from '../infrastructure/validation/effective.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import type { LeaveServiceDto } from './officer-verbs.dto.js';
import { OfficersLock } from './officers-lock.js';

/** Records that somebody left service. Assignments and certificate stay as they are: LEFT_SERVICE stands for itself. */
@Injectable()
export class LeaveService {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly lock: OfficersLock,
    private readonly facts: OfficerServiceFacts,
    private readonly clearance: ClearanceChanges,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 OFFICER_LEFT or DEPARTURE_RECORDED */
  async execute(actor: Actor, id: string, dto: LeaveServiceDto): Promise<void> {
    await this.uow.run(async () => {
      const officer = await this.lock.lockOne(actor, id);
      const known = (await this.facts.departures([id])).get(id);
      const now = await this.clock.now();
      await this.facts.needInService(id, now);
      if (known) {
        throw new Problem('conflict', 'DEPARTURE_RECORDED', 'A coming departure of this officer is recorded already.', {
          extensions: { state: await this.facts.stateAt(id, now) },
        });
      }
      const from = effectiveInstant(dto.effectiveFrom, now);
      await this.db.insert('officer_departures', {
        id: newId(),
        officer_id: id,
        cause: dto.cause,
        effective_from: new Date(from),
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      await this.facts.touch(officer);
      await this.clearance.reduced({ whom: { officerIds: [id] }, cause: 'officer.leave' });
      await this.outbox.put('officer.left-service', { officerId: id });
      this.audit.record(
        actor,
        'officer.leave',
        { type: 'officer', id },
        { after: { cause: dto.cause, effectiveFrom: new Date(from).toISOString() } },
      );
    });
  }
}
