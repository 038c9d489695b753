import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { refuseUnless } from './change-webhook.js';
import { TRIES } from './send-deliveries.js';
import type { DeliveryDetailView } from './webhook.view.js';
import { WebhookQueries } from './webhooks.queries.js';

const AT_MOST = 10_000;

/** Sends again what was given up, or once more what had arrived: with the same webhook-id, so that the receiver can tell. */
@Injectable()
export class ReplayDeliveries {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly queries: WebhookQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 when the webhook is not active or the delivery still waits */
  one(actor: Actor, webhookId: string, id: string): Promise<DeliveryDetailView> {
    return this.uow.run(async () => {
      const webhook = await this.queries.lock(actor, webhookId);
      const delivery = await this.queries.delivery(actor, webhookId, id);
      refuseUnless(webhook, ['ACTIVE']);
      const now = new Date(await this.clock.now());
      await this.db.updateOne(
        `UPDATE webhook_deliveries SET state = 'WAITING', tries_left = ?, next_at = ?, lease_until = NULL, finished_at = NULL
         WHERE id = ? AND webhook_id = ? AND state <> 'WAITING'`,
        [TRIES, now, id, webhookId],
        () => {
          throw new Problem('conflict', 'DELIVERY_STATE', 'This delivery waits to be sent already.', {
            extensions: { state: delivery.state },
          });
        },
      );
      await this.outbox.put('deliveries.waiting', {});
      this.audit.record(actor, 'webhook.replay', { type: 'webhook', id: webhookId }, { after: { deliveryId: id } });
      return this.queries.delivery(actor, webhookId, id);
    });
  }

  /** Everything that was given up, at most 10,000. @throws Problem 404, 409 */
  dead(actor: Actor, webhookId: string, since: string | undefined): Promise<number> {
    return this.uow.run(async () => {
      refuseUnless(await this.queries.lock(actor, webhookId), ['ACTIVE']);
      const now = await this.clock.now();
      const from = new Date(since === undefined ? 0 : effectiveInstant(since, now));
      const replayed = await this.db.execute(
        `UPDATE webhook_deliveries SET state = 'WAITING', tries_left = ?, next_at = ?, lease_until = NULL, finished_at = NULL
         WHERE webhook_id = ? AND state = 'DEAD' AND created_at >= ? ORDER BY id LIMIT ${AT_MOST}`,
        [TRIES, new Date(now), webhookId, from],
      );
      await this.outbox.put('deliveries.waiting', {});
      this.audit.record(
        actor,
        'webhook.replay',
        { type: 'webhook', id: webhookId },
        { after: { replayed, since: from } },
      );
      return replayed;
    });
  }
}
