import { Injectable } from '@nestjs/common';
import { WorkingDays } from '../../infrastructure/calendar/working-days.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import {
  CLOCKED_LEVELS,
  levelOf,
  type ApplicationState,
  type ClockedLevel,
} from '../../rules/application.lifecycle.js';
import { legalDateOf } from '../../rules/calendar.js';
import { readClock } from '../../rules/working-days.js';
import { clockView, type ClockView } from '../clock.view.js';
import { inParts } from '../collections.js';

interface Times {
  readonly id: string;
  readonly submitted: Date | null;
  readonly approved: Date | null;
  readonly batched: Date | null;
  readonly issued: Date | null;
  readonly collected: Date | null;
}

const LEVELS = Object.keys(CLOCKED_LEVELS) as ClockedLevel[];

/** BR-59: the clock of each level of the chain, by the settings of the day on which it started. */
@Injectable()
export class ApplicationClocks {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
    private readonly workingDays: WorkingDays,
  ) {}

  /** Every level that has begun, in the order of the chain, by application; who was returned or closed stops the clock. */
  async of(
    applications: readonly { readonly id: string; readonly state: ApplicationState }[],
    now: number,
  ): Promise<ReadonlyMap<string, readonly ClockView[]>> {
    const times = await this.times(applications.map(({ id }) => id));
    const settingOn = await this.settings.ever([...Object.values(CLOCKED_LEVELS), 'clock.amberPct']);
    const calendar = await this.workingDays.calendar();
    const today = legalDateOf(now) ?? '';
    return new Map(
      applications.map(({ id, state }) => {
        const bounds = boundsOf(times.get(id));
        const running = levelOf(state);
        // Returned, rejected or withdrawn: no clock runs, and the one that ran says nothing more.
        const begun = running === null ? [] : LEVELS.slice(0, LEVELS.indexOf(running) + 1);
        const clocks = begun.flatMap((level, place) => {
          const started = bounds[place];
          if (!started) return [];
          const startedOn = day(started);
          const isOver = level !== running || level === 'COLLECTION';
          const stopped = isOver ? (bounds[place + 1] ?? null) : null;
          const stoppedOn = stopped === null ? null : day(stopped);
          const period = settingOn(startedOn, CLOCKED_LEVELS[level]);
          const amber = Number(settingOn(startedOn, 'clock.amberPct'));
          const reading = readClock(calendar, { startedOn, period, on: stoppedOn ?? today }, amber);
          return [clockView(level, reading, stoppedOn)];
        });
        return [id, clocks];
      }),
    );
  }

  private async times(ids: readonly string[]): Promise<ReadonlyMap<string, Times>> {
    const rows = await inParts(ids, (part) =>
      this.db.rows<Times>(
        `SELECT a.id,
           (SELECT MAX(t.decided_at) FROM certificate_application_steps t WHERE t.application_id = a.id AND t.decision = 'SUBMIT') AS submitted,
           (SELECT MAX(t.decided_at) FROM certificate_application_steps t WHERE t.application_id = a.id
              AND t.step = 'DISTRICT_APPROVAL' AND t.decision = 'APPROVE') AS approved,
           (SELECT MAX(b.created_at) FROM certificate_batch_items i JOIN certificate_batches b ON b.id = i.batch_id
              WHERE i.application_id = a.id AND i.status <> 'REFUSED') AS batched,
           (SELECT MAX(c.recorded_at) FROM certificates c JOIN certificate_batch_items i ON i.certificate_id = c.id
              WHERE i.application_id = a.id AND i.status = 'ISSUED') AS issued,
           (SELECT MIN(m.recorded_at) FROM card_custody_moves m JOIN certificate_batch_items i ON i.certificate_id = m.certificate_id
              WHERE i.application_id = a.id AND i.status = 'ISSUED' AND m.command = 'handOut') AS collected
         FROM certificate_applications a WHERE a.id IN (${marks(part)})`,
        part,
      ),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const day = (instant: Date): string => legalDateOf(instant.getTime()) ?? '';

/** The beginning of each level, and after the last the end of it. */
const boundsOf = (times: Times | undefined): readonly (Date | null)[] =>
  times ? [times.submitted, times.approved, times.batched, times.issued, times.collected] : [];
