import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { HandlesTopic, Sweeps, type Sweeper, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { EventPlaces } from './event-places.queries.js';
import { TRIES } from './send-deliveries.js';
import type { EventRow } from './webhook-message.js';

const AT_ONCE = 500;
const DAY = 86_400_000;
/** An event is kept this long after it was spread and its deliveries have ended. */
const KEPT_DAYS = 90;

interface Subscriber {
  readonly id: string;
  readonly path: string;
  readonly event_types_json: string;
  readonly created_at: Date;
}

/** Makes one delivery per event and webhook that wants it and may know of it; also old events go here. */
@Sweeps({ everyMs: 5000 })
@HandlesTopic('events.waiting')
@Injectable()
export class SpreadEvents implements Sweeper, TopicHandler {
  readonly longRunning = true;

  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly places: EventPlaces,
  ) {}

  async handle(): Promise<void> {
    await this.spreadAll();
  }

  async sweep(): Promise<number> {
    return (await this.spreadAll()) + (await this.forget());
  }

  private async spreadAll(): Promise<number> {
    for (let total = 0; ;) {
      const spread = await this.uow.run(() => this.spread());
      total += spread;
      if (spread < AT_ONCE) return total;
    }
  }

  private async spread(): Promise<number> {
    const events = await this.db.rows<EventRow>(
      `SELECT id, type, object_type, object_id, effective_from, occurred_at FROM events
       WHERE spread_at IS NULL ORDER BY id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
    );
    if (events.length === 0) return 0;
    const webhooks = await this.db.rows<Subscriber>(
      `SELECT w.id, s.path, w.event_types_json, w.created_at FROM webhooks w JOIN subjects s ON s.id = w.subject_id
       WHERE w.state <> 'REMOVED' ORDER BY w.id`,
    );
    const now = new Date(await this.clock.now());
    if (webhooks.length > 0) {
      const paths = await this.places.pathsOf(events);
      const deliveries = events.flatMap((event) =>
        webhooks
          .filter((webhook) => concerns(webhook, event, paths.get(event.object_id)))
          .map((webhook) => ({
            id: newId(),
            webhook_id: webhook.id,
            event_id: event.id,
            state: 'WAITING',
            tries_left: TRIES,
            next_at: now,
            created_at: now,
          })),
      );
      await this.db.insert('webhook_deliveries', deliveries);
      if (deliveries.length > 0) await this.outbox.put('deliveries.waiting', {});
    }
    await this.db.execute(`UPDATE events SET spread_at = ? WHERE id IN (${marks(events)})`, [
      now,
      ...events.map(({ id }) => id),
    ]);
    return events.length;
  }

  /** A round of forgetting: what ended long ago, with its log. */
  private async forget(): Promise<number> {
    const before = new Date((await this.clock.now()) - KEPT_DAYS * DAY);
    const old = await this.db.rows<{ id: string }>(
      `SELECT e.id FROM events e WHERE e.spread_at < ? AND NOT EXISTS
         (SELECT 1 FROM webhook_deliveries d WHERE d.event_id = e.id AND d.state = 'WAITING') ORDER BY e.spread_at LIMIT ${AT_ONCE}`,
      [before],
    );
    if (old.length === 0) return 0;
    const ids = old.map(({ id }) => id);
    await this.uow.run(async () => {
      await this.db.execute(
        `DELETE FROM webhook_attempts WHERE delivery_id IN (SELECT id FROM webhook_deliveries WHERE event_id IN (${marks(ids)}))`,
        ids,
      );
      await this.db.execute(`DELETE FROM webhook_deliveries WHERE event_id IN (${marks(ids)})`, ids);
      await this.db.execute(`DELETE FROM events WHERE id IN (${marks(ids)})`, ids);
    });
    return ids.length;
  }
}

/** A test goes to its own webhook; everything else to who subscribed before it happened and whose body stands above its object. */
function concerns(webhook: Subscriber, event: EventRow, path: string | undefined): boolean {
  if (event.object_type === 'webhook') return event.object_id === webhook.id;
  return (
    path !== undefined &&
    path.startsWith(webhook.path) &&
    webhook.created_at.getTime() <= event.occurred_at.getTime() &&
    (JSON.parse(webhook.event_types_json) as string[]).includes(event.type)
  );
}
