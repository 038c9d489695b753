import { Injectable } from '@nestjs/common';
import { Notifications } from '../../identity/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { HandlesTopic, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { Clock } from '../../kernel/clock.js';
import { instantText } from '../../rules/calendar.js';
import type { CardVerdict } from '../../rules/card-usability.rules.js';
import type { CheckChannel } from './card-checks.js';
import { SupervisorQueries } from './supervisors.queries.js';
import { VERDICTS } from './verdict-words.js';

const HOW: Readonly<Record<CheckChannel, string>> = {
  QR: '公众扫码',
  NUMBER: '公众按证号查询',
  LIVE: '亮证码',
  STAFF: '监督人员核验',
};

interface AlertRow {
  readonly certificate_id: string;
  readonly subject_id: string;
  readonly number: string;
  readonly channel: CheckChannel;
  readonly verdict: CardVerdict;
  readonly place: string | null;
  readonly checked_at: Date;
}

/** Tells the supervisors that somebody showed a card that may not be used any more. */
@HandlesTopic('certificate.unusable-shown')
@Injectable()
export class UnusableShownHandler implements TopicHandler {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly supervisors: SupervisorQueries,
    private readonly notifications: Notifications,
  ) {}

  async handle({ alertId }: { readonly alertId: string }): Promise<void> {
    const alert = await this.db.row<AlertRow>(
      `SELECT a.certificate_id, c.subject_id, c.number, k.channel, k.verdict, k.place, k.checked_at
       FROM scan_alerts a JOIN certificate_checks k ON k.id = a.check_id JOIN certificates c ON c.id = a.certificate_id
       WHERE a.id = ?`,
      [alertId],
    );
    if (!alert) return;
    const where = alert.place === null ? '' : `，地点：${alert.place}`;
    const time = (instantText(alert.checked_at.getTime()) ?? '').slice(0, 16).replace('T', ' ');
    const summary = `${VERDICTS[alert.verdict].zh}的证件 ${alert.number} 于 ${time} 被出示（${HOW[alert.channel]}${where}）`;
    const told = await this.supervisors.of(alert.subject_id);
    await this.notifications.tell(
      told.map((accountId) => ({
        accountId,
        kind: 'certificate.unusable-shown',
        targetType: 'certificate',
        targetId: alert.certificate_id,
        facts: {
          standing: VERDICTS[alert.verdict].zh,
          state: alert.verdict,
          certificateNo: alert.number,
          at: time,
          how: HOW[alert.channel],
          place: alert.place,
        },
        summary: [...summary].slice(0, 300).join(''),
      })),
      await this.clock.now(),
    );
  }
}
