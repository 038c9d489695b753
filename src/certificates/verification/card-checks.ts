import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { CardVerdict } from '../../rules/card-usability.rules.js';
import { VERDICTS } from './verdict-words.js';

export type CheckChannel = 'QR' | 'NUMBER' | 'LIVE' | 'STAFF';

export interface CardCheck {
  readonly certificateId: string;
  readonly channel: CheckChannel;
  readonly verdict: CardVerdict;
  /** As the checker gave it. */
  readonly place?: string | undefined;
  /** Null for the public: who it was is not kept. */
  readonly accountId: string | null;
}

/**
 * Keeps that a card was checked: when, how, and how it answered. A card that may not be shown any more raises an alarm for the
 * supervisors of its district, one in each window however often it is scanned.
 */
@Injectable()
export class CardChecks {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly outbox: Outbox,
  ) {}

  record(check: CardCheck): Promise<void> {
    return this.uow.run(async () => {
      const isAlarming = VERDICTS[check.verdict].isAlarming;
      // Two scans at once come one after another, so that only the first raises the alarm.
      if (isAlarming)
        await this.db.row('SELECT certificate_id FROM certificate_states WHERE certificate_id = ? FOR UPDATE', [
          check.certificateId,
        ]);
      const now = await this.clock.now();
      const id = newId();
      await this.db.insert('certificate_checks', {
        id,
        certificate_id: check.certificateId,
        channel: check.channel,
        verdict: check.verdict,
        place: check.place ?? null,
        checked_at: new Date(now),
        checked_by: check.accountId,
      });
      if (isAlarming) await this.alarm(check.certificateId, id, now);
    });
  }

  private async alarm(certificateId: string, checkId: string, now: number): Promise<void> {
    const minutes = await this.settings.number(legalDateOf(now) ?? '', 'scan.alertWindowMinutes');
    const since = new Date(now - minutes * 60_000);
    const raised = await this.db.row(
      'SELECT id FROM scan_alerts WHERE certificate_id = ? AND window_start > ? LIMIT 1',
      [certificateId, since],
    );
    if (raised) return;
    const alertId = newId();
    await this.db.insert('scan_alerts', {
      id: alertId,
      certificate_id: certificateId,
      window_start: new Date(now),
      check_id: checkId,
    });
    await this.outbox.put('certificate.unusable-shown', { alertId });
  }
}
