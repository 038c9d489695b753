import { ApiProperty } from '@nestjs/swagger';
import { SUBSCRIBABLE, WEBHOOK_STATES, DELIVERY_STATES } from './webhooks.dto.js';

export class WebhookSubjectView {
  id: string;
  name: string;
}

export class WebhookView {
  id: string;
  url: string;
  description: string;
  @ApiProperty({ enum: SUBSCRIBABLE, isArray: true })
  eventTypes: string[];
  @ApiProperty({ enum: WEBHOOK_STATES })
  state: string;
  /** Events of this body and of those below it are told. */
  subject: WebhookSubjectView;
  /** Deliveries that wait, and that were given up. */
  waiting: number;
  dead: number;
  /** The secret before the last change signs too until then. */
  previousSecretUntil: string | null;
  createdAt: string;
  /** change, pause, resume, remove, rotate-secret, test, replay. */
  allowedVerbs: string[];
  version: number;
}

export class WebhookWithSecretView extends WebhookView {
  /** Shown this once. `whsec_…`, as the libraries of Standard Webhooks take it. */
  secret: string;
}

export class WebhookPage {
  @ApiProperty({ type: [WebhookView] })
  items: readonly WebhookView[];
  nextCursor: string | null;
}

export class DeliveryView {
  id: string;
  /** The header webhook-id: the same at every attempt and replay, so that the receiver can tell that it has it already. */
  webhookId: string;
  type: string;
  objectId: string;
  occurredAt: string;
  @ApiProperty({ enum: DELIVERY_STATES })
  state: string;
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  /** The next attempt, while it waits. */
  nextAt: string | null;
  finishedAt: string | null;
}

export class AttemptView {
  begunAt: string;
  /** Null: nobody saw how it ended (the process was killed); the message may have arrived. */
  milliseconds: number | null;
  status: number | null;
  error: string | null;
}

export class DeliveryDetailView extends DeliveryView {
  attemptLog: AttemptView[];
}

export class DeliveryPage {
  @ApiProperty({ type: [DeliveryView] })
  items: readonly DeliveryView[];
  nextCursor: string | null;
}

export class ReplayedView {
  /** How many deliveries wait again. */
  replayed: number;
}

export class EventTypeView {
  type: string;
  /** What `data` names: certificateId, deploymentId or importId. */
  names: string;
}

export class EventTypesView {
  items: EventTypeView[];
}
