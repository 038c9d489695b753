import { Injectable } from '@nestjs/common';
import { below, Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import type { DeliveryDetailView, DeliveryPage, DeliveryView, WebhookPage, WebhookView } from './webhook.view.js';
import type { DeliveryListQuery, DeliveryState, WebhookListQuery, WebhookState } from './webhooks.dto.js';

export interface WebhookRow {
  readonly id: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly url: string;
  readonly description: string;
  readonly event_types_json: string;
  readonly secret_cipher: string;
  readonly previous_until: Date | null;
  readonly state: WebhookState;
  readonly version: number;
  readonly created_at: Date;
  readonly waiting: number;
  readonly dead: number;
}

interface DeliveryRow {
  readonly id: string;
  readonly event_id: string;
  readonly type: string;
  readonly object_id: string;
  readonly occurred_at: Date;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly next_at: Date;
  readonly finished_at: Date | null;
}

const count = (state: string): string =>
  `(SELECT COUNT(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = '${state}')`;
const SELECT = `SELECT w.id, w.subject_id, s.name AS subject_name, w.url, w.description, w.event_types_json, w.secret_cipher,
  w.previous_until, w.state, w.version, w.created_at, ${count('WAITING')} AS waiting, ${count('DEAD')} AS dead
  FROM webhooks w JOIN subjects s ON s.id = w.subject_id`;
const DELIVERIES = `SELECT d.id, d.event_id, e.type, e.object_id, e.occurred_at, d.state, d.attempts, d.last_status, d.last_error, d.next_at,
  d.finished_at FROM webhook_deliveries d JOIN events e ON e.id = d.event_id`;

/** Webhooks within the scope of who administers them, and the log of what was sent. */
@Injectable()
export class WebhookQueries {
  constructor(private readonly db: Db) {}

  async list(actor: Actor, query: WebhookListQuery): Promise<WebhookPage> {
    const state = query.state === undefined ? '' : 'AND w.state = ?';
    const rows = await this.db.rows<WebhookRow>(
      `${SELECT} WHERE s.path LIKE ? AND w.id > ? ${state} ORDER BY w.id LIMIT ?`,
      [
        below(actor.homeSubjectPath),
        query.after(),
        ...(query.state === undefined ? [] : [query.state]),
        query.limit + 1,
      ],
    );
    return pageOf(rows, query.limit, webhookView);
  }

  async one(actor: Actor, id: string): Promise<WebhookView> {
    return webhookView(await this.row(actor, id));
  }

  /** @throws Problem 404 when absent or outside the scope */
  async row(actor: Actor, id: string): Promise<WebhookRow> {
    const row = await this.db.row<WebhookRow>(`${SELECT} WHERE w.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('webhook');
    return row;
  }

  /** Locks a webhook within the scope and gives it as it is then. */
  async lock(actor: Actor, id: string): Promise<WebhookRow> {
    await this.row(actor, id);
    await this.db.row('SELECT id FROM webhooks WHERE id = ? FOR UPDATE', [id]);
    return this.row(actor, id);
  }

  async deliveries(actor: Actor, webhookId: string, query: DeliveryListQuery): Promise<DeliveryPage> {
    await this.row(actor, webhookId);
    const state = query.state === undefined ? '' : 'AND d.state = ?';
    const rows = await this.db.rows<DeliveryRow>(
      `${DELIVERIES} WHERE d.webhook_id = ? AND d.id > ? ${state} ORDER BY d.id LIMIT ?`,
      [webhookId, query.after(), ...(query.state === undefined ? [] : [query.state]), query.limit + 1],
    );
    return pageOf(rows, query.limit, deliveryView);
  }

  /** @throws Problem 404 when it is none of this webhook */
  async delivery(actor: Actor, webhookId: string, id: string): Promise<DeliveryDetailView> {
    await this.row(actor, webhookId);
    const row = await this.db.row<DeliveryRow>(`${DELIVERIES} WHERE d.id = ? AND d.webhook_id = ?`, [id, webhookId]);
    if (!row) throw notFound('delivery');
    const attempts = await this.db.rows<{
      begun_at: Date;
      milliseconds: number | null;
      status: number | null;
      error: string | null;
    }>('SELECT begun_at, milliseconds, status, error FROM webhook_attempts WHERE delivery_id = ? ORDER BY epoch', [id]);
    return {
      ...deliveryView(row),
      attemptLog: attempts.map(({ begun_at, ...rest }) => ({ begunAt: begun_at.toISOString(), ...rest })),
    };
  }
}

const VERBS: Readonly<Record<WebhookState, readonly string[]>> = {
  ACTIVE: ['change', 'pause', 'remove', 'rotate-secret', 'test', 'replay'],
  PAUSED: ['change', 'resume', 'remove', 'rotate-secret'],
  REMOVED: [],
};

export const webhookView = (row: WebhookRow): WebhookView => ({
  id: row.id,
  url: row.url,
  description: row.description,
  eventTypes: JSON.parse(row.event_types_json) as string[],
  state: row.state,
  subject: { id: row.subject_id, name: row.subject_name },
  waiting: Number(row.waiting),
  dead: Number(row.dead),
  previousSecretUntil: row.previous_until?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  allowedVerbs: [...VERBS[row.state]],
  version: row.version,
});

const deliveryView = (row: DeliveryRow): DeliveryView => ({
  id: row.id,
  webhookId: row.event_id,
  type: row.type,
  objectId: row.object_id,
  occurredAt: row.occurred_at.toISOString(),
  state: row.state,
  attempts: row.attempts,
  lastStatus: row.last_status,
  lastError: row.last_error,
  nextAt: row.state === 'WAITING' ? row.next_at.toISOString() : null,
  finishedAt: row.finished_at?.toISOString() ?? null,
});
