import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { notFound, Problem } from '../kernel/problem.js';
import { OfficersLock } from '../officers/index.js';
import type { BarFact } from '../rules/bars.rules.js';
import { addDays, type LegalDate } from '../rules/calendar.js';

/** What a bar rests on: the exam, the decision. One source bars a person once. */
export interface BarSource {
  readonly type: string;
  readonly id: string;
}

export interface NewBar extends BarFact {
  readonly officerId: string;
  readonly source: BarSource;
}

interface Row {
  readonly id: string;
  readonly officer_id: string;
  readonly ground: string;
  readonly source_type: string;
  readonly source_id: string;
  readonly barred_from: string;
  readonly barred_to: string | null;
}

const COLUMNS = 'id, officer_id, ground, source_type, source_id, barred_from, barred_to';

/**
 * Periods in which a person may not be registered, examined or certified. In the open unit of work; the rows are facts: a change
 * supersedes one and enters another. A bar decides applications, not the duty of somebody who is certified.
 */
@Injectable()
export class Bars {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly officers: OfficersLock,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Imposes those bars that do not stand yet and gives their number. Scope is the caller's business.
   * @param actor null for what the system does by itself
   */
  async impose(actor: Actor | null, bars: readonly NewBar[]): Promise<number> {
    if (bars.length === 0) return 0;
    const locked = await this.officers.lock(bars.map(({ officerId }) => officerId));
    const standing = new Set((await this.current([...locked.keys()])).map(keyOf));
    const now = await this.clock.now();
    const fresh = bars.filter((bar) => {
      const key = [bar.officerId, bar.ground, bar.source.type, bar.source.id].join('|');
      if (!locked.has(bar.officerId) || standing.has(key)) return false;
      standing.add(key);
      return true;
    });
    await this.db.insert(
      'qualification_bars',
      fresh.map(({ officerId, ground, source, from, to }) => ({
        id: newId(),
        officer_id: officerId,
        ground,
        source_type: source.type,
        source_id: source.id,
        barred_from: from,
        barred_to: to,
        recorded_at: new Date(now),
        recorded_by: actor?.accountId ?? null,
      })),
    );
    for (const { officerId, ground, source, from, to } of fresh) {
      this.audit.record(
        actor,
        'bar.impose',
        { type: 'officer', id: officerId },
        { after: { ground, source, from, to } },
      );
    }
    return fresh.length;
  }

  /**
   * Ends a bar with the day before `on`; one that would not have begun by then is taken away altogether.
   * @throws Problem 404 no such bar of this officer, 409 it has ended by then
   */
  async lift(
    actor: Actor | null,
    { officerId, source, on, reason }: { officerId: string; source: BarSource; on: LegalDate; reason: string },
  ): Promise<void> {
    await this.officers.lock([officerId]);
    const bar = (await this.current([officerId])).find(
      ({ source_type, source_id }) => source_type === source.type && source_id === source.id,
    );
    if (!bar) throw notFound('bar');
    if (bar.barred_to !== null && bar.barred_to < on) {
      throw new Problem('conflict', 'BAR_ENDED', 'This bar has ended by that day.', {
        extensions: { state: 'ENDED' },
      });
    }
    const now = await this.clock.now();
    if (!(await this.db.supersede('qualification_bars', bar.id, now)))
      throw new Error('a bar was changed without the lock');
    if (bar.barred_from < on) {
      await this.db.insert('qualification_bars', {
        ...bar,
        id: newId(),
        barred_to: addDays(on, -1),
        recorded_at: new Date(now),
        recorded_by: actor?.accountId ?? null,
      });
    }
    this.audit.record(
      actor,
      'bar.lift',
      { type: 'officer', id: officerId },
      { before: { ground: bar.ground, source, from: bar.barred_from, to: bar.barred_to }, after: { on, reason } },
    );
  }

  private current(officerIds: readonly string[]): Promise<Row[]> {
    return this.db.rows<Row>(
      `SELECT ${COLUMNS} FROM qualification_bars WHERE officer_id IN (${marks(officerIds)}) AND superseded_at IS NULL`,
      officerIds,
    );
  }
}

const keyOf = ({ officer_id, ground, source_type, source_id }: Row): string =>
  [officer_id, ground, source_type, source_id].join('|');
