import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Events } from '../../infrastructure/events/events.js';
import { staleVersion } from '../../infrastructure/http/if-match.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { urlRefused } from './register-webhook.js';
import { WebhookClient } from './webhook-client.js';
import { WebhookSecrets } from './webhook-secrets.js';
import type { WebhookView, WebhookWithSecretView } from './webhook.view.js';
import type { ChangeWebhookDto, WebhookState } from './webhooks.dto.js';
import { WebhookQueries, type WebhookRow } from './webhooks.queries.js';

/** The receiver has this long to take up a new secret. */
const OVERLAP_MS = 24 * 3_600_000;

/** What an administrator does with a webhook that is there. */
@Injectable()
export class ChangeWebhook {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly client: WebhookClient,
    private readonly secrets: WebhookSecrets,
    private readonly queries: WebhookQueries,
    private readonly events: Events,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 the address, 404, 409 removed, 412 */
  change(actor: Actor, id: string, version: number, given: ChangeWebhookDto): Promise<WebhookView> {
    const fault = given.url === undefined ? null : this.client.faultOf(given.url);
    return this.uow.run(async () => {
      const row = await this.queries.lock(actor, id);
      if (fault !== null) throw urlRefused(fault);
      if (row.version !== version) throw staleVersion(row.version);
      refuseUnless(row, ['ACTIVE', 'PAUSED']);
      const types = given.eventTypes === undefined ? row.event_types_json : JSON.stringify(given.eventTypes);
      await this.db.execute(
        'UPDATE webhooks SET url = ?, description = ?, event_types_json = ?, version = version + 1 WHERE id = ?',
        [given.url ?? row.url, given.description ?? row.description, types, id],
      );
      const host = new URL(given.url ?? row.url).host;
      this.audit.record(actor, 'webhook.change', { type: 'webhook', id }, { after: { host, eventTypes: types } });
      return this.queries.one(actor, id);
    });
  }

  /** PAUSED holds back what waits; REMOVED gives it up and is final. @throws Problem 404, 409 */
  move(actor: Actor, id: string, verb: 'pause' | 'resume' | 'remove'): Promise<WebhookView> {
    const MOVES = {
      pause: [['ACTIVE'], 'PAUSED'],
      resume: [['PAUSED'], 'ACTIVE'],
      remove: [['ACTIVE', 'PAUSED'], 'REMOVED'],
    } as const;
    const [from, to] = MOVES[verb];
    return this.uow.run(async () => {
      const row = await this.queries.lock(actor, id);
      refuseUnless(row, from);
      await this.db.execute('UPDATE webhooks SET state = ?, version = version + 1 WHERE id = ?', [to, id]);
      if (to === 'REMOVED') {
        await this.db.execute(
          `UPDATE webhook_deliveries SET state = 'DROPPED', finished_at = ? WHERE webhook_id = ? AND state = 'WAITING'`,
          [new Date(await this.clock.now()), id],
        );
      }
      this.audit.record(
        actor,
        `webhook.${verb}`,
        { type: 'webhook', id },
        { before: { state: row.state }, after: { state: to } },
      );
      return this.queries.one(actor, id);
    });
  }

  /** The secret before signs too for a day. @throws Problem 404, 409 */
  rotateSecret(actor: Actor, id: string): Promise<WebhookWithSecretView> {
    const secret = this.secrets.create();
    return this.uow.run(async () => {
      const row = await this.queries.lock(actor, id);
      refuseUnless(row, ['ACTIVE', 'PAUSED']);
      const until = new Date((await this.clock.now()) + OVERLAP_MS);
      await this.db.execute(
        'UPDATE webhooks SET secret_cipher = ?, previous_secret_cipher = ?, previous_until = ?, version = version + 1 WHERE id = ?',
        [this.secrets.lock(secret, id), row.secret_cipher, until, id],
      );
      this.audit.record(actor, 'webhook.rotate-secret', { type: 'webhook', id }, { after: { previousUntil: until } });
      return { ...(await this.queries.one(actor, id)), secret };
    });
  }

  /** Sends webhook.test to this one. @throws Problem 404, 409 */
  test(actor: Actor, id: string): Promise<WebhookView> {
    return this.uow.run(async () => {
      refuseUnless(await this.queries.lock(actor, id), ['ACTIVE']);
      await this.events.tell([{ type: 'webhook.test', objectId: id }], await this.clock.now());
      this.audit.record(actor, 'webhook.test', { type: 'webhook', id });
      return this.queries.one(actor, id);
    });
  }
}

/** @throws Problem 409 with the state found */
export function refuseUnless(row: WebhookRow, states: readonly WebhookState[]): void {
  if (states.includes(row.state)) return;
  throw new Problem('conflict', 'WEBHOOK_STATE', `This can't be done while the webhook is ${row.state}.`, {
    extensions: { state: row.state },
  });
}
