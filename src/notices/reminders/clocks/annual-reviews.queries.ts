import { Injectable } from '@nestjs/common';
import { Db } from '../../../infrastructure/database/db.js';
import { RunsClocks } from '../../../infrastructure/discovery/marks.js';
import { Settings } from '../../../infrastructure/settings/settings.js';
import type { ClockSource, RunningClock } from '../../../kernel/clock-source.js';
import { legalDateOf } from '../../../rules/calendar.js';
import { clockUntil } from '../../../rules/working-days.js';
import { stageOfColour } from '../../../rules/reminder.rules.js';
import { WorkingDays } from '../../../infrastructure/calendar/working-days.js';

interface Row {
  readonly id: string;
  readonly owner_subject_id: string;
  readonly period_from: string;
  readonly period_to: string;
}

/** BR-74: an annual review in which somebody is not decided yet. Who is not reviewed by its end may not act. */
@RunsClocks()
@Injectable()
export class AnnualReviewClock implements ClockSource {
  readonly source = 'annual-review.due';
  readonly targetType = 'review-campaign';
  readonly tellsOfficer = false;

  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
    private readonly workingDays: WorkingDays,
  ) {}

  async running(after: string, limit: number, now: number): Promise<readonly RunningClock[]> {
    const today = legalDateOf(now) ?? '';
    const rows = await this.db.rows<Row>(
      `SELECT k.id, k.owner_subject_id, k.period_from, k.period_to FROM review_campaigns k
       WHERE k.id > ? AND k.state <> 'CLOSED' AND k.period_from <= ? AND (k.state = 'PREPARING' OR EXISTS (
         SELECT 1 FROM review_files f WHERE f.campaign_id = k.id AND f.state IN ('AWAITING_EXPLANATION','READY','CHECKED')))
       ORDER BY k.id LIMIT ?`,
      [after, today, limit],
    );
    if (rows.length === 0) return [];
    const amberPct = await this.settings.number(today, 'clock.amberPct');
    const calendar = await this.workingDays.calendar();
    return rows.map((row) => {
      const days = { startedOn: row.period_from, dueOn: row.period_to, on: today };
      const stage = stageOfColour(clockUntil(calendar, days, amberPct).colour);
      return {
        targetId: row.id,
        subjectId: row.owner_subject_id,
        officerId: null,
        deadline: row.period_to,
        ...stage,
        roles: stage.level === 3 ? ['HR', 'REVIEWER', 'APPROVER', 'SUPERVISOR'] : ['HR', 'REVIEWER'],
      };
    });
  }
}
