import { Injectable } from '@nestjs/common';
import { Db } from '../../../infrastructure/database/db.js';
import { RunsClocks } from '../../../infrastructure/discovery/marks.js';
import type { ClockSource, RunningClock } from '../../../kernel/clock-source.js';
import { legalDateOf } from '../../../rules/calendar.js';
import { clockStage, NOT_YET } from '../../../rules/reminder.rules.js';

interface Row {
  readonly id: string;
  readonly subject_id: string;
  readonly officer_id: string;
  readonly amber_on: string;
  readonly target_on: string;
}

/** BR-93: officers who are to be published. */
@RunsClocks()
@Injectable()
export class PublicationClock implements ClockSource {
  readonly source = 'publication.due';
  readonly targetType = 'publication';
  readonly tellsOfficer = false;

  constructor(private readonly db: Db) {}

  async running(after: string, limit: number, now: number): Promise<readonly RunningClock[]> {
    const today = legalDateOf(now) ?? '';
    const rows = await this.db.rows<Row>(
      `SELECT id, subject_id, officer_id, amber_on, target_on FROM publications
       WHERE id > ? AND state IN ('DUE','PREPARED') AND amber_on <= ? ORDER BY id LIMIT ?`,
      [after, today, limit],
    );
    return rows.map((row) => {
      const stage = clockStage(row.amber_on, row.target_on, today) ?? NOT_YET;
      return {
        targetId: row.id,
        subjectId: row.subject_id,
        officerId: row.officer_id,
        deadline: row.target_on,
        ...stage,
        roles: stage.level === 3 ? ['HR', 'REVIEWER', 'APPROVER'] : ['HR', 'REVIEWER'],
      };
    });
  }
}
