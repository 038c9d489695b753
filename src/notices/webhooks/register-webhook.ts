import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import type { Problem } from '../../kernel/problem.js';
import { WebhookClient } from './webhook-client.js';
import type { WebhookWithSecretView } from './webhook.view.js';
import { WebhookSecrets } from './webhook-secrets.js';
import type { RegisterWebhookDto } from './webhooks.dto.js';
import { WebhookQueries } from './webhooks.queries.js';

const URL_FAULTS: Readonly<Record<string, string>> = {
  URL_MALFORMED: 'url must be a whole address, e.g. https://receiver.example.org/chizheng',
  URL_NOT_HTTPS: 'url must begin with https://',
  URL_WITH_PASSWORD: 'url must not hold a user name or a password; the signature is the proof',
  URL_PRIVATE_ADDRESS:
    'url must not lead into a private network; the operator can allow that (WEBHOOK_PRIVATE_ADDRESSES)',
};

/** @throws Problem 400 that says what is wrong with the address of a receiver */
export const urlRefused = (fault: string): Problem =>
  inputInvalid([{ pointer: '/url', code: fault, detail: URL_FAULTS[fault] ?? 'url can not be used' }]);

/** Enters a receiver. It is told of events of the home body and below that happen from now on. The secret leaves once. */
@Injectable()
export class RegisterWebhook {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly client: WebhookClient,
    private readonly secrets: WebhookSecrets,
    private readonly queries: WebhookQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 for an address that no webhook goes to */
  async execute(actor: Actor, given: RegisterWebhookDto): Promise<WebhookWithSecretView> {
    const fault = this.client.faultOf(given.url);
    if (fault !== null) throw urlRefused(fault);
    const [id, secret] = [newId(), this.secrets.create()];
    return this.uow.run(async () => {
      await this.db.insert('webhooks', {
        id,
        subject_id: actor.homeSubjectId,
        url: given.url,
        description: given.description,
        event_types_json: JSON.stringify(given.eventTypes),
        secret_cipher: this.secrets.lock(secret, id),
        state: 'ACTIVE',
        created_by: actor.accountId,
        created_at: new Date(await this.clock.now()),
      });
      this.audit.record(
        actor,
        'webhook.register',
        { type: 'webhook', id },
        { after: { host: new URL(given.url).host, eventTypes: given.eventTypes } },
      );
      return { ...(await this.queries.one(actor, id)), secret };
    });
  }
}
