import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { staleVersion } from '../../infrastructure/http/if-match.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { CalendarDayDto, SetCalendarDto } from './calendar.dto.js';
import { CalendarQueries, versionOf, yearIn, type CalendarRow } from './calendar.queries.js';

/** Enters the holidays of a year (domain.md 8.4). Days that stay as they are keep their row; the others are superseded. */
@Injectable()
export class SetCalendar {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly queries: CalendarQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 a day of another year, 404 no such year, 412 */
  async execute(actor: Actor, text: string, ifMatch: number, { days, reason }: SetCalendarDto): Promise<void> {
    const year = yearIn(text);
    requireYear(year, days);
    await this.uow.run(async () => {
      const rows = await this.queries.rows(year, 'FOR UPDATE');
      const now = new Date(await this.clock.now());
      const version = versionOf(rows);
      if (version !== ifMatch) throw staleVersion(version);
      const current = rows.filter((row) => row.superseded_at === null);
      const wanted = new Map(days.map((day) => [day.day, day]));
      const gone = current.filter((row) => !isAlike(row, wanted.get(row.day)));
      const kept = new Set(current.filter((row) => !gone.includes(row)).map(({ day }) => day));
      for (const { id } of gone) {
        await this.db.execute(
          'UPDATE calendar_days SET superseded_at = ?, current_day = NULL WHERE id = ? AND superseded_at IS NULL',
          [now, id],
        );
      }
      const fresh = days.filter(({ day }) => !kept.has(day));
      await this.db.insert(
        'calendar_days',
        fresh.map(({ day, isWorkday, name }) => ({
          id: newId(),
          day,
          is_workday: isWorkday,
          name,
          basis: reason,
          current_day: day,
          recorded_at: now,
          recorded_by: actor.accountId,
        })),
      );
      this.audit.record(
        actor,
        'calendar.set',
        { type: 'calendar', id: String(year) },
        {
          before: gone.map(({ day, is_workday, name }) => ({ day, isWorkday: is_workday === 1, name })),
          after: { days: fresh, reason },
        },
      );
    });
  }
}

const isAlike = (row: CalendarRow, wanted: CalendarDayDto | undefined): boolean =>
  wanted !== undefined && wanted.isWorkday === (row.is_workday === 1) && wanted.name === row.name;

function requireYear(year: number, days: readonly CalendarDayDto[]): void {
  const strangers = days.flatMap(({ day }, place) => (day.startsWith(`${year}-`) ? [] : [place]));
  if (strangers.length === 0) return;
  throw inputInvalid(
    strangers.map((place) => ({
      pointer: `/days/${place}/day`,
      code: 'DAY_OF_ANOTHER_YEAR',
      detail: 'every day must lie in the year of the address',
    })),
  );
}
