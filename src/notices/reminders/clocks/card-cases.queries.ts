import { Injectable } from '@nestjs/common';
import { WorkingDays } from '../../../infrastructure/calendar/working-days.js';
import { Db } from '../../../infrastructure/database/db.js';
import { RunsClocks } from '../../../infrastructure/discovery/marks.js';
import { Settings } from '../../../infrastructure/settings/settings.js';
import type { ClockSource, RunningClock } from '../../../kernel/clock-source.js';
import { legalDateOf } from '../../../rules/calendar.js';
import { stageOfColour } from '../../../rules/reminder.rules.js';
import { clockUntil } from '../../../rules/working-days.js';

interface Row {
  readonly id: string;
  readonly subject_id: string;
  readonly officer_id: string;
  readonly opened_at: Date;
  readonly due_on: string;
}

/** BR-77, BR-78: cards that are to come back. Amber on the way, red and higher up when the day has passed. */
@RunsClocks()
@Injectable()
export class CardCaseClock implements ClockSource {
  readonly source = 'card-case.due';
  readonly targetType = 'card-case';
  readonly tellsOfficer = true;

  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
    private readonly workingDays: WorkingDays,
  ) {}

  async running(after: string, limit: number, now: number): Promise<readonly RunningClock[]> {
    const today = legalDateOf(now) ?? '';
    const amberPct = await this.settings.number(today, 'clock.amberPct');
    const calendar = await this.workingDays.calendar();
    const rows = await this.db.rows<Row>(
      `SELECT k.id, o.subject_id, k.officer_id, k.opened_at, k.due_on FROM card_cases k JOIN officers o ON o.id = k.officer_id
       WHERE k.id > ? AND k.closed_at IS NULL ORDER BY k.id LIMIT ?`,
      [after, limit],
    );
    return rows.map((row) => {
      const startedOn = legalDateOf(row.opened_at.getTime()) ?? today;
      const { colour } = clockUntil(calendar, { startedOn, dueOn: row.due_on, on: today }, amberPct);
      return {
        targetId: row.id,
        subjectId: row.subject_id,
        officerId: row.officer_id,
        deadline: row.due_on,
        ...stageOfColour(colour),
      };
    });
  }
}
