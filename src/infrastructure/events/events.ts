import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { Db } from '../database/db.js';
import { Outbox } from '../outbox/outbox.js';

/** What other systems may be told, with what the id in it names. Ids and instants only: never a name, never an ID number. */
export const EVENT_TYPES = {
  'certificate.issued': 'certificate',
  'certificate.suspended': 'certificate',
  'certificate.lifted': 'certificate',
  'certificate.revoked': 'certificate',
  'certificate.cancelled': 'certificate',
  'certificate.lost': 'certificate',
  'certificate.replaced': 'certificate',
  'certificate.expired': 'certificate',
  'deployment.recalled': 'deployment',
  'import.completed': 'import',
  'webhook.test': 'webhook',
} as const;
export type EventType = keyof typeof EVENT_TYPES;

export interface Happening {
  readonly type: EventType;
  readonly objectId: string;
  /** When it takes legal effect, where that is not at once. */
  readonly effectiveFrom?: number;
}

/** Keeps what happened, in the transaction of what happened; the room `notices` spreads it to who subscribed. */
@Injectable()
export class Events {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
  ) {}

  /** Inside the open unit. */
  async tell(happenings: readonly Happening[], now: number): Promise<void> {
    if (happenings.length === 0) return;
    await this.db.insert(
      'events',
      happenings.map(({ type, objectId, effectiveFrom }) => ({
        id: newId(),
        type,
        object_type: EVENT_TYPES[type],
        object_id: objectId,
        effective_from: effectiveFrom === undefined ? null : new Date(effectiveFrom),
        occurred_at: new Date(now),
      })),
    );
    await this.outbox.put('events.waiting', {});
  }
}
