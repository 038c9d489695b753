import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Db } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { isLive, type CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { OfficerLocks } from '../officer-locks.js';
import { WorkingDays } from '../../infrastructure/calendar/working-days.js';

export type CardCaseCause = 'LEFT_SERVICE' | 'TRANSFERRED';

/** BR-77: who leaves or moves to another body hands the card in; the case is open until it came back. */
@Injectable()
export class CardCases {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly officers: OfficerLocks,
    private readonly locks: CertificateLocks,
    private readonly workingDays: WorkingDays,
    private readonly audit: AuditTrail,
  ) {}

  /** Opens a case for each live certificate that `concerned` names; once for one cause. */
  async open(
    officerId: string,
    cause: CardCaseCause,
    since: Date,
    concerned: (certificate: CertificateRecord) => boolean,
  ): Promise<void> {
    await this.officers.lock([officerId]);
    const certificates = await this.locks.statesOfOfficers([officerId]);
    const now = await this.clock.now();
    const known = await this.db.rows<{ certificate_id: string }>(
      'SELECT certificate_id FROM card_cases WHERE officer_id = ? AND cause = ?',
      [officerId, cause],
    );
    const taken = new Set(known.map(({ certificate_id }) => certificate_id));
    const due = certificates.filter((one) => isLive(one, now) && !taken.has(one.id) && concerned(one));
    if (due.length === 0) return;
    const day = legalDateOf(since.getTime()) ?? '';
    const period = (await this.settings.on(day, ['cert.returnDays'])).get('cert.returnDays');
    const dueOn = await this.workingDays.lastDayOf(period, day);
    const cases = due.map((certificate) => ({
      id: newId(),
      officer_id: officerId,
      certificate_id: certificate.id,
      cause,
      due_on: dueOn,
      opened_at: new Date(now),
    }));
    await this.db.insert('card_cases', cases);
    for (const { id, certificate_id } of cases) {
      this.audit.record(
        null,
        'card-case.open',
        { type: 'card-case', id },
        { after: { certificateId: certificate_id, cause, dueOn } },
      );
    }
  }

  /** The card came back. */
  async close(certificateId: string, now: number): Promise<void> {
    await this.db.execute('UPDATE card_cases SET closed_at = ? WHERE certificate_id = ? AND closed_at IS NULL', [
      new Date(now),
      certificateId,
    ]);
  }
}
