import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Notifications } from '../../identity/index.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { RunsClocks, Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import type { ClockSource, RunningClock } from '../../kernel/clock-source.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { daysBetween, legalDateOf } from '../../rules/calendar.js';
import { noticeText } from '../../rules/texts/notice.texts.js';
import { Recipients } from './recipients.queries.js';

const AT_ONCE = 100;

interface Known {
  readonly target_id: string;
  readonly deadline: string;
  readonly stage: string;
}

const keyOf = (targetId: string, deadline: string, stage = ''): string => `${targetId}|${deadline}|${stage}`;

/**
 * Looks at every clock and reminds once per thing, deadline and stage. The row of the reminder, its recipients and their lines in the
 * inbox are one transaction, and the key of the row makes a second one impossible: killed anywhere, the next round does what is missing.
 */
@Sweeps({ everyMs: 60_000, atStart: true })
@Injectable()
export class RaiseReminders implements Sweeper, OnApplicationBootstrap {
  private sources: readonly ClockSource[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly recipients: Recipients,
    private readonly notifications: Notifications,
  ) {}

  /** @throws Error when two providers run the same clock. */
  onApplicationBootstrap(): void {
    this.sources = this.discovery
      .getProviders({ metadataKey: RunsClocks.KEY })
      .map(({ instance }) => instance as ClockSource);
    const names = this.sources.map(({ source }) => source);
    const twice = names.find((name, place) => names.indexOf(name) !== place);
    if (twice !== undefined) throw new Error(`two providers run the clock ${twice}`);
  }

  /** Gives how many reminders were raised or closed. */
  async sweep(): Promise<number> {
    let moved = 0;
    for (const source of this.sources) moved += await this.look(source);
    return moved;
  }

  private async look(source: ClockSource): Promise<number> {
    const begun = await this.clock.now();
    const running = new Set<string>();
    let moved = 0;
    for (let after = ''; ;) {
      const clocks = await source.running(after, AT_ONCE, begun);
      for (const { targetId, deadline } of clocks) running.add(keyOf(targetId, deadline));
      moved += await this.raise(source, clocks);
      const last = clocks.at(-1);
      if (!last || clocks.length < AT_ONCE) break;
      after = last.targetId;
    }
    return moved + (await this.close(source, running, begun));
  }

  private async raise(source: ClockSource, clocks: readonly RunningClock[]): Promise<number> {
    const due = clocks.filter(({ stage }) => stage !== null);
    if (due.length === 0 || (await this.unknown(source, due)).length === 0) return 0;
    return this.uow.run(async () => {
      const now = await this.clock.now();
      // Two workers at once take turns: the second finds the rows of the first.
      await this.db.execute(
        'INSERT INTO reminder_sources (source, last_run_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE last_run_at = ?',
        [source.source, new Date(now), new Date(now)],
      );
      const fresh = await this.unknown(source, due);
      if (fresh.length === 0) return 0;
      const told = await this.recipients.of(fresh, source.tellsOfficer);
      const reminders = fresh.map((one, place) => ({ ...one, id: newId(), accounts: told[place] ?? [] }));
      await this.closeEarlierStages(source, reminders, now);
      await this.db.insert(
        'reminders',
        reminders.map((one) => ({
          id: one.id,
          source: source.source,
          target_type: source.targetType,
          target_id: one.targetId,
          subject_id: one.subjectId,
          officer_id: one.officerId,
          stage: one.stage,
          level: one.level,
          deadline: one.deadline,
          raised_at: new Date(now),
        })),
      );
      const today = legalDateOf(now) ?? '';
      const notices = reminders.flatMap((one) =>
        one.accounts.map((accountId) => {
          const facts = { deadline: one.deadline, daysLeft: daysBetween(today, one.deadline), stage: one.stage };
          return {
            id: newId(),
            reminderId: one.id,
            accountId,
            kind: source.source,
            targetType: source.targetType,
            targetId: one.targetId,
            summary: noticeText(source.source, facts)?.zh ?? '',
            facts,
          };
        }),
      );
      await this.notifications.tell(notices, now);
      await this.db.insert(
        'reminder_recipients',
        notices.map(({ id, reminderId, accountId }) => ({
          reminder_id: reminderId,
          account_id: accountId,
          notification_id: id,
        })),
      );
      return reminders.length;
    });
  }

  private async unknown(source: ClockSource, due: readonly RunningClock[]): Promise<readonly RunningClock[]> {
    const ids = due.map(({ targetId }) => targetId);
    const known = await this.db.rows<Known>(
      `SELECT target_id, deadline, stage FROM reminders WHERE source = ? AND target_id IN (${marks(ids)})`,
      [source.source, ...ids],
    );
    const keys = new Set(known.map((row) => keyOf(row.target_id, row.deadline, row.stage)));
    return due.filter(({ targetId, deadline, stage }) => !keys.has(keyOf(targetId, deadline, stage ?? '')));
  }

  private async closeEarlierStages(
    source: ClockSource,
    raised: readonly { readonly targetId: string }[],
    now: number,
  ): Promise<void> {
    const ids = raised.map(({ targetId }) => targetId);
    await this.db.execute(
      `UPDATE reminders SET closed_at = ? WHERE source = ? AND closed_at IS NULL AND target_id IN (${marks(ids)})`,
      [new Date(now), source.source, ...ids],
    );
  }

  /** What no longer runs, or runs to another day, need not be reminded of. */
  private async close(source: ClockSource, running: ReadonlySet<string>, begun: number): Promise<number> {
    let closed = 0;
    for (let after = ''; ;) {
      const open = await this.db.rows<{ id: string; target_id: string; deadline: string }>(
        `SELECT id, target_id, deadline FROM reminders WHERE source = ? AND closed_at IS NULL AND raised_at <= ? AND id > ?
         ORDER BY id LIMIT 1000`,
        [source.source, new Date(begun), after],
      );
      const over = open.filter((row) => !running.has(keyOf(row.target_id, row.deadline))).map(({ id }) => id);
      if (over.length > 0) {
        closed += await this.uow.run(async () =>
          this.db.execute(`UPDATE reminders SET closed_at = ? WHERE id IN (${marks(over)}) AND closed_at IS NULL`, [
            new Date(await this.clock.now()),
            ...over,
          ]),
        );
      }
      const last = open.at(-1);
      if (!last || open.length < 1000) return closed;
      after = last.id;
    }
  }
}
