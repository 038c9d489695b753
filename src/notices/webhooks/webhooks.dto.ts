import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { EVENT_TYPES, type EventType } from '../../infrastructure/events/events.js';
import { IsInstantOrDate, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';

/** A test goes to its webhook whatever it subscribed to. */
export const SUBSCRIBABLE = (Object.keys(EVENT_TYPES) as EventType[]).filter((type) => type !== 'webhook.test');

export const WEBHOOK_STATES = ['ACTIVE', 'PAUSED', 'REMOVED'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];
export const DELIVERY_STATES = ['WAITING', 'DELIVERED', 'DEAD', 'DROPPED'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export class RegisterWebhookDto {
  /** @example https://receiver.example.org/chizheng */
  @IsPlainText(500)
  url: string;

  @IsPlainText(200)
  description: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @ArrayUnique()
  @IsIn(SUBSCRIBABLE, { each: true })
  eventTypes: EventType[];
}

export class ChangeWebhookDto {
  @MayBeAbsent()
  @IsPlainText(500)
  url?: string;

  @MayBeAbsent()
  @IsPlainText(200)
  description?: string;

  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @ArrayUnique()
  @IsIn(SUBSCRIBABLE, { each: true })
  eventTypes?: EventType[];
}

export class ReplayDto {
  /** Deliveries of events since then that are DEAD; left out: all that are DEAD. */
  @MayBeAbsent()
  @IsInstantOrDate()
  since?: string;
}

export class WebhookListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(WEBHOOK_STATES)
  state?: WebhookState;
}

export class DeliveryListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;
}
