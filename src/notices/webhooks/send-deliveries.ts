import { Injectable } from '@nestjs/common';
import { Notifications } from '../../identity/index.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { HandlesTopic, Sweeps, type Sweeper, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { WebhookClient, type Outcome } from './webhook-client.js';
import { bodyOf, type EventRow } from './webhook-message.js';
import { WebhookSecrets, type SecretRow } from './webhook-secrets.js';

/** Pauses between attempts: a day and a half in all, then it is given up. */
const PAUSES_S = [5, 60, 300, 1800, 7200, 18_000, 36_000, 57_600] as const;
export const TRIES = PAUSES_S.length + 1;
/** Longer than an attempt may take: nobody else takes a delivery up meanwhile. */
const LEASE_MS = 20_000;
const AT_ONCE = 40;
/** Of one webhook: a receiver that does not answer must not hold up the others. */
const PER_WEBHOOK = 8;

interface Claimed extends Omit<EventRow, 'id'>, SecretRow {
  readonly event_id: string;
  readonly delivery_id: string;
  readonly epoch: number;
  readonly tries_left: number;
  readonly url: string;
  readonly created_by: string;
}

/**
 * At least once: an attempt is entered and committed before it is made, its outcome after. A process that dies between the two leaves
 * an attempt without outcome, and after the lease the message goes again, with the same webhook-id.
 */
@Sweeps({ everyMs: 2000 })
@HandlesTopic('deliveries.waiting')
@Injectable()
export class SendDeliveries implements Sweeper, TopicHandler {
  readonly longRunning = true;
  private stopping = false;

  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly client: WebhookClient,
    private readonly secrets: WebhookSecrets,
    private readonly notifications: Notifications,
  ) {}

  async handle(): Promise<void> {
    await this.sweep();
  }

  stop(): void {
    this.stopping = true;
  }

  async sweep(): Promise<number> {
    for (let total = 0; ;) {
      const claimed = this.stopping ? [] : await this.claim();
      if (claimed.length === 0) return total;
      await Promise.all(claimed.map((one) => this.attempt(one)));
      total += claimed.length;
    }
  }

  private async claim(): Promise<Claimed[]> {
    const now = new Date(await this.clock.now());
    const due = `d.state = 'WAITING' AND d.next_at <= ? AND (d.lease_until IS NULL OR d.lease_until <= ?)`;
    const found = await this.db.rows<{ id: string }>(
      `SELECT q.id FROM (SELECT d.id, ROW_NUMBER() OVER (PARTITION BY d.webhook_id ORDER BY d.next_at, d.id) AS place
         FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE w.state = 'ACTIVE' AND ${due}) q
       WHERE q.place <= ${PER_WEBHOOK} ORDER BY q.place, q.id LIMIT ${AT_ONCE}`,
      [now, now],
    );
    if (found.length === 0) return [];
    return this.uow.run(async () => {
      const locked = await this.db.rows<{ id: string }>(
        `SELECT d.id FROM webhook_deliveries d WHERE d.id IN (${marks(found)}) AND ${due} ORDER BY d.id FOR UPDATE SKIP LOCKED`,
        [...found.map(({ id }) => id), now, now],
      );
      if (locked.length === 0) return [];
      const ids = locked.map(({ id }) => id);
      const begun = await this.clock.now();
      await this.db.execute(
        `UPDATE webhook_deliveries SET epoch = epoch + 1, attempts = attempts + 1, tries_left = tries_left - 1, lease_until = ?
         WHERE id IN (${marks(ids)})`,
        [new Date(begun + LEASE_MS), ...ids],
      );
      const claimed = await this.db.rows<Claimed>(
        `SELECT d.id AS delivery_id, d.epoch, d.tries_left, w.id, w.url, w.created_by, w.secret_cipher, w.previous_secret_cipher,
           w.previous_until, e.id AS event_id, e.type, e.object_type, e.object_id, e.effective_from, e.occurred_at
         FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id JOIN events e ON e.id = d.event_id
         WHERE d.id IN (${marks(ids)})`,
        ids,
      );
      await this.db.insert(
        'webhook_attempts',
        claimed.map(({ delivery_id, epoch }) => ({ id: newId(), delivery_id, epoch, begun_at: new Date(begun) })),
      );
      return claimed;
    });
  }

  private async attempt(claimed: Claimed): Promise<void> {
    const now = await this.clock.now();
    const begun = performance.now();
    const message = { id: claimed.event_id, at: now, body: bodyOf(claimed) };
    const outcome = await this.client.send(claimed.url, this.secrets.of(claimed, now), message);
    const milliseconds = Math.round(performance.now() - begun);
    await this.uow.run(() => this.conclude(claimed, outcome, milliseconds));
  }

  /** Under the epoch of the attempt: whoever was thought dead and comes late changes nothing but its own log line. */
  private async conclude(claimed: Claimed, { status, error }: Outcome, milliseconds: number): Promise<void> {
    const now = await this.clock.now();
    const arrived = status !== null && status >= 200 && status < 300;
    // 410: the receiver says that it wants no more.
    const isOver = !arrived && (claimed.tries_left <= 0 || status === 410);
    const state = arrived ? 'DELIVERED' : isOver ? 'DEAD' : 'WAITING';
    const pause = (PAUSES_S[TRIES - 1 - claimed.tries_left] ?? PAUSES_S.at(-1) ?? 0) * 1000;
    const moved = await this.db.execute(
      `UPDATE webhook_deliveries SET state = ?, lease_until = NULL, next_at = ?, last_status = ?, last_error = ?, finished_at = ?
       WHERE id = ? AND epoch = ? AND state = 'WAITING'`,
      [
        state,
        new Date(now + pause),
        status,
        error,
        state === 'WAITING' ? null : new Date(now),
        claimed.delivery_id,
        claimed.epoch,
      ],
    );
    await this.db.execute(
      'UPDATE webhook_attempts SET milliseconds = ?, status = ?, error = ? WHERE delivery_id = ? AND epoch = ?',
      [milliseconds, status, error, claimed.delivery_id, claimed.epoch],
    );
    if (moved === 1 && state === 'DEAD') await this.tellOwner(claimed, now);
  }

  /** Once until it was read: a receiver that is down for days would fill the inbox. */
  private async tellOwner({ id, created_by }: Claimed, now: number): Promise<void> {
    const told = await this.db.row(
      `SELECT id FROM notifications WHERE account_id = ? AND kind = 'webhook.dead' AND target_id = ? AND read_at IS NULL LIMIT 1`,
      [created_by, id],
    );
    if (told) return;
    await this.notifications.tell(
      [
        {
          accountId: created_by,
          kind: 'webhook.dead',
          targetType: 'webhook',
          targetId: id,
          summary: '推送多次失败，已停止重试',
          facts: {},
        },
      ],
      now,
    );
  }
}
