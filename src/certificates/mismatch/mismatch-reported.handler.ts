import { Injectable } from '@nestjs/common';
import { Notifications } from '../../identity/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { HandlesTopic, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { Clock } from '../../kernel/clock.js';
import { SupervisorQueries } from '../verification/supervisors.queries.js';
import type { MismatchKind } from './mismatch.dto.js';

const WHAT: Readonly<Record<MismatchKind, string>> = {
  NOT_THE_PERSON: '持证人与照片不是同一人',
  DATA_DIFFER: '证面内容与查询结果不一致',
  CARD_LOOKS_FORGED: '证件疑似伪造',
  NOT_FOUND: '出示的证件查无记录',
  OTHER: '其他问题',
};

/** Tells the supervisors of the district what the public reported; the words of the report stand behind the link. */
@HandlesTopic('mismatch.reported')
@Injectable()
export class MismatchReportedHandler implements TopicHandler {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly supervisors: SupervisorQueries,
    private readonly notifications: Notifications,
  ) {}

  async handle({ reportId }: { readonly reportId: string }): Promise<void> {
    const report = await this.db.row<{ kind: MismatchKind; subject_id: string | null; number: string | null }>(
      `SELECT r.kind, r.subject_id, c.number FROM mismatch_reports r LEFT JOIN certificates c ON c.id = r.certificate_id
       WHERE r.id = ?`,
      [reportId],
    );
    if (!report) return;
    const about = report.number === null ? '' : `（证号 ${report.number}）`;
    const told = await this.supervisors.of(report.subject_id);
    await this.notifications.tell(
      told.map((accountId) => ({
        accountId,
        kind: 'mismatch.reported',
        targetType: 'mismatch-report',
        targetId: reportId,
        facts: { what: WHAT[report.kind], kind: report.kind, certificateNo: report.number },
        summary: `公众反映：${WHAT[report.kind]}${about}`,
      })),
      await this.clock.now(),
    );
  }
}
