import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { notFound } from '../../kernel/problem.js';
import type { CalendarYearView } from './calendar.view.js';

export interface CalendarRow {
  readonly id: string;
  readonly day: string;
  readonly is_workday: number;
  readonly name: string;
  readonly basis: string;
  readonly recorded_at: Date;
  readonly superseded_at: Date | null;
}

const COLUMNS = 'id, day, is_workday, name, basis, recorded_at, superseded_at';
const UNANNOUNCED = {
  zh: '该年度节假日安排尚未录入：期限只扣除周六、周日。请在国务院办公厅通知发布后录入。',
  en: 'The holidays of this year are not entered yet: deadlines leave out Saturdays and Sundays only. Enter them when the notice is published.',
} as const;

@Injectable()
export class CalendarQueries {
  constructor(private readonly db: Db) {}

  /** @throws Problem 404 for what is no year */
  async year(text: string): Promise<CalendarYearView> {
    return viewOf(yearIn(text), await this.rows(yearIn(text), ''));
  }

  /** Every row of the year that ever was; the current ones have no `superseded_at`. */
  rows(year: number, locking: 'FOR UPDATE' | ''): Promise<CalendarRow[]> {
    return this.db.rows<CalendarRow>(
      `SELECT ${COLUMNS} FROM calendar_days WHERE day BETWEEN ? AND ? ORDER BY day, recorded_at ${locking}`,
      [`${year}-01-01`, `${year}-12-31`],
    );
  }
}

/** @throws Problem 404 */
export function yearIn(text: string): number {
  if (!/^(19|2\d)\d{2}$/.test(text)) throw notFound('calendar year');
  return Number(text);
}

/** Grows with every change, so that it is the version of the year. */
export const versionOf = (rows: readonly CalendarRow[]): number =>
  1 + rows.length + rows.filter((row) => row.superseded_at !== null).length;

function viewOf(year: number, rows: readonly CalendarRow[]): CalendarYearView {
  const current = rows.filter((row) => row.superseded_at === null);
  return {
    year,
    announced: current.length > 0,
    days: current.map(({ day, is_workday, name, basis, recorded_at }) => ({
      day,
      isWorkday: is_workday === 1,
      name,
      basis,
      recordedAt: recorded_at.toISOString(),
    })),
    warning: current.length > 0 ? null : UNANNOUNCED,
    version: versionOf(rows),
  };
}
