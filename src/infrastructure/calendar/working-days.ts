import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../rules/calendar.js';
import { lastDayOf, type WorkingCalendar } from '../../rules/working-days.js';
import { Db } from '../database/db.js';

/** The holiday table (domain.md 8.4): what an administrator has entered counts at once, so it is read anew for each answer. */
@Injectable()
export class WorkingDays {
  constructor(private readonly db: Db) {}

  async calendar(): Promise<WorkingCalendar> {
    const rows = await this.db.rows<{ day: string; is_workday: number }>(
      'SELECT day, is_workday FROM calendar_days WHERE superseded_at IS NULL',
    );
    return { departures: new Map(rows.map(({ day, is_workday }) => [day, is_workday === 1])) };
  }

  /** The last day of a period as settings write it: '10wd' are working days, a number is calendar days. @throws Error otherwise */
  async lastDayOf(period: unknown, from: LegalDate): Promise<LegalDate> {
    return lastDayOf(await this.calendar(), period, from);
  }
}
