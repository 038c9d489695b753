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
import { judgeReturn } from '../rules/officer-service.rules.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import type { ReturnToPostDto } from './officer-verbs.dto.js';
import { OfficersLock } from './officers-lock.js';

/** Ends the off-post order, now or at another time. The order as it was known stays on record. */
@Injectable()
export class ReturnToPost {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly lock: OfficersLock,
    private readonly facts: OfficerServiceFacts,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 OFFICER_LEFT or NOT_OFF_POST, 422 RETURN_BEFORE_ORDER */
  async execute(actor: Actor, id: string, dto: ReturnToPostDto): Promise<void> {
    await this.uow.run(async () => {
      const officer = await this.lock.lockOne(actor, id);
      const now = await this.clock.now();
      await this.facts.needInService(id, now);
      const order = (await this.facts.ordersBeyond([id], now)).get(id);
      if (!order) {
        throw new Problem('conflict', 'NOT_OFF_POST', 'There is no off-post order to end.', {
          extensions: { state: await this.facts.stateAt(id, now) },
        });
      }
      const from = effectiveInstant(dto.effectiveFrom, now);
      const { allowed, reasons } = judgeReturn(order.effective_from.getTime(), from);
      if (!allowed) {
        const detail = 'The return lies before the beginning of the off-post order.';
        throw new Problem('refused', 'RETURN_BEFORE_ORDER', detail, { reasons });
      }
      if (!(await this.db.supersede('officer_off_post_orders', order.id, now)))
        throw new Error('the order was changed without the lock');
      await this.db.insert('officer_off_post_orders', {
        id: newId(),
        officer_id: id,
        cause: order.cause,
        document: order.document,
        return_document: dto.document ?? null,
        effective_from: order.effective_from,
        effective_to: new Date(from),
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      await this.facts.touch(officer);
      await this.clearance.reduced({ whom: { officerIds: [id] }, cause: 'officer.back-on-post' });
      this.audit.record(
        actor,
        'officer.back-on-post',
        { type: 'officer', id },
        {
          before: { cause: order.cause, effectiveFrom: order.effective_from.toISOString() },
          after: { document: dto.document, effectiveFrom: new Date(from).toISOString() },
        },
      );
    });
  }
}
