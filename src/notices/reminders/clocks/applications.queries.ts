import { Injectable } from '@nestjs/common';
import { WorkingDays } from '../../../infrastructure/calendar/working-days.js';
import { Db } from '../../../infrastructure/database/db.js';
import { RunsClocks } from '../../../infrastructure/discovery/marks.js';
import { Settings } from '../../../infrastructure/settings/settings.js';
import type { ClockSource, RunningClock } from '../../../kernel/clock-source.js';
import type { Role } from '../../../kernel/permissions.js';
import { legalDateOf } from '../../../rules/calendar.js';
import { stageOfColour } from '../../../rules/reminder.rules.js';
import { readClock } from '../../../rules/working-days.js';

interface Row {
  readonly id: string;
  readonly subject_id: string;
  readonly officer_id: string;
  readonly state: string;
  readonly since: Date;
}

/** Who has to act in each state. */
const WAITS_FOR: Readonly<Record<string, Role>> = { SUBMITTED: 'REVIEWER', DISTRICT_REVIEWED: 'APPROVER' };

/** BR-59: applications that wait for a step of the district. When the day has passed, head and supervisors hear of it too. */
@RunsClocks()
@Injectable()
export class ApplicationClock implements ClockSource {
  readonly source = 'application.clock';
  readonly targetType = 'application';
  readonly tellsOfficer = false;

  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
    private readonly workingDays: WorkingDays,
  ) {}

  async running(after: string, limit: number, now: number): Promise<readonly RunningClock[]> {
    const today = legalDateOf(now) ?? '';
    const rows = await this.db.rows<Row>(
      `SELECT a.id, a.subject_id, a.officer_id, a.state, COALESCE((SELECT MAX(t.decided_at) FROM certificate_application_steps t
         WHERE t.application_id = a.id), a.submitted_at) AS since
       FROM certificate_applications a WHERE a.id > ? AND a.state IN ('SUBMITTED','DISTRICT_REVIEWED') ORDER BY a.id LIMIT ?`,
      [after, limit],
    );
    if (rows.length === 0) return [];
    const settings = await this.settings.on(today, ['clock.check', 'clock.amberPct']);
    const calendar = await this.workingDays.calendar();
    return rows.map((row) => {
      const startedOn = legalDateOf(row.since.getTime()) ?? today;
      const facts = { startedOn, period: settings.get('clock.check'), on: today };
      const { colour, dueOn } = readClock(calendar, facts, Number(settings.get('clock.amberPct')));
      const stage = stageOfColour(colour);
      const first = WAITS_FOR[row.state] ?? 'REVIEWER';
      return {
        targetId: row.id,
        subjectId: row.subject_id,
        officerId: row.officer_id,
        deadline: dueOn,
        ...stage,
        // The step stands in the stage: the next one has a clock of its own, also where it ends on the same day.
        stage: stage.stage === null ? null : `${stage.stage}-${row.state === 'SUBMITTED' ? '1' : '2'}`,
        roles: stage.level === 3 ? [first, 'APPROVER', 'SUPERVISOR'] : [first],
      };
    });
  }
}
