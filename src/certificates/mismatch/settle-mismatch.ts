import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { MismatchReportQueries } from './mismatch-reports.queries.js';
import type { SettleMismatchDto } from './mismatch.dto.js';
import type { MismatchReportView } from './mismatch.view.js';

@Injectable()
export class SettleMismatch {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly queries: MismatchReportQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404; 409 when it is settled already */
  execute(actor: Actor, id: string, { outcome, note }: SettleMismatchDto): Promise<MismatchReportView> {
    return this.uow.run(async () => {
      const before = await this.queries.one(actor, id);
      const now = new Date(await this.clock.now());
      await this.db.updateOne(
        `UPDATE mismatch_reports SET status = 'SETTLED', outcome = ?, note = ?, settled_at = ?, settled_by = ?, version = version + 1
         WHERE id = ? AND status = 'OPEN'`,
        [outcome, note, now, actor.accountId, id],
        () => {
          throw new Problem('conflict', 'REPORT_STATE', 'This report is settled already.', {
            extensions: { state: 'SETTLED' },
          });
        },
      );
      const target = { type: 'mismatch-report', id };
      this.audit.record(actor, 'mismatch.settle', target, {
        before: { status: before.status },
        after: { outcome, note },
      });
      return this.queries.one(actor, id);
    });
  }
}
