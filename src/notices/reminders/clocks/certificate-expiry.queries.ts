import { Injectable } from '@nestjs/common';
import { Db } from '../../../infrastructure/database/db.js';
import { RunsClocks } from '../../../infrastructure/discovery/marks.js';
import { Settings } from '../../../infrastructure/settings/settings.js';
import type { ClockSource, RunningClock } from '../../../kernel/clock-source.js';
import { addDays, legalDateOf } from '../../../rules/calendar.js';
import { expiryStage, NOT_YET } from '../../../rules/reminder.rules.js';

interface Row {
  readonly id: string;
  readonly subject_id: string;
  readonly officer_id: string;
  readonly valid_to: string;
}

/**
 * BR-69: certificates that end soon. Where an application is under way its own clock reminds; only the last stage reminds all the same.
 * Whoever has left is not reminded of: his card is asked back.
 */
@RunsClocks()
@Injectable()
export class CertificateExpiryClock implements ClockSource {
  readonly source = 'certificate.expiry';
  readonly targetType = 'certificate';
  readonly tellsOfficer = true;

  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  async running(after: string, limit: number, now: number): Promise<readonly RunningClock[]> {
    const today = legalDateOf(now) ?? '';
    const set = (await this.settings.on(today, ['cert.remindDays'])).get('cert.remindDays');
    const days = Array.isArray(set) ? set.filter((day): day is number => typeof day === 'number') : [];
    if (days.length === 0) return [];
    const [first, last] = [Math.max(...days), Math.min(...days)];
    const rows = await this.db.rows<Row>(
      `SELECT c.id, o.subject_id, c.officer_id, c.valid_to FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
       JOIN officers o ON o.id = c.officer_id
       WHERE c.id > ? AND st.status = 'VALID' AND c.valid_to BETWEEN ? AND ? AND c.valid_from <= ?
         AND NOT EXISTS (SELECT 1 FROM officer_departures l WHERE l.officer_id = o.id AND l.superseded_at IS NULL AND l.effective_from <= ?)
         AND (c.valid_to <= ? OR NOT EXISTS (SELECT 1 FROM certificate_applications a WHERE a.officer_id = c.officer_id
           AND a.certificate_type = c.type AND a.open_slot IS NOT NULL))
       ORDER BY c.id LIMIT ?`,
      [after, today, addDays(today, first), today, new Date(now), addDays(today, last), limit],
    );
    return rows.map((row) => ({
      targetId: row.id,
      subjectId: row.subject_id,
      officerId: row.officer_id,
      deadline: row.valid_to,
      ...(expiryStage(row.valid_to, today, days) ?? NOT_YET),
    }));
  }
}
