import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../infrastructure/discovery/clearance-changes.js';
import { effectiveInstant } from '../infrastructure/validation/effective.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import type { OrderOffPostDto } from './officer-verbs.dto.js';
import { OfficersLock } from './officers-lock.js';

/** 离岗: no acts until the officer is back on post (BR-38). */
@Injectable()
export class OrderOffPost {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly lock: OfficersLock,
    private readonly facts: OfficerServiceFacts,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 OFFICER_LEFT or OFFICER_OFF_POST */
  async execute(actor: Actor, id: string, dto: OrderOffPostDto): Promise<void> {
    await this.uow.run(async () => {
      const officer = await this.lock.lockOne(actor, id);
      const now = await this.clock.now();
      await this.facts.needInService(id, now);
      const from = effectiveInstant(dto.effectiveFrom, now);
      if ((await this.facts.ordersBeyond([id], from)).has(id)) {
        throw new Problem('conflict', 'OFFICER_OFF_POST', 'An off-post order is recorded for this time already.', {
          extensions: { state: await this.facts.stateAt(id, now) },
        });
      }
      await this.db.insert('officer_off_post_orders', {
        id: newId(),
        officer_id: id,
        cause: dto.cause,
        document: dto.document ?? null,
        effective_from: new Date(from),
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      await this.facts.touch(officer);
      await this.clearance.reduced({ whom: { officerIds: [id] }, cause: 'officer.off-post' });
      this.audit.record(
        actor,
        'officer.off-post',
        { type: 'officer', id },
        { after: { cause: dto.cause, document: dto.document, effectiveFrom: new Date(from).toISOString() } },
      );
    });
  }
}
