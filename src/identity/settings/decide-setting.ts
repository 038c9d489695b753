import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import { judgeProposalDecision, judgeSettingDate } from '../../rules/setting.rules.js';
import type { Reason } from '../../rules/verdict.js';
import { Notifications } from '../notifications.js';
import { SettingPeriods } from './setting-periods.js';
import { SettingQueries } from './settings.queries.js';
import type { SettingRow } from './settings.rows.js';
import { isProposed, versionOf, type SettingDetailView } from './settings.view.js';

/** The second person decides on a value that moves a legal threshold. */
@Injectable()
export class DecideSetting {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: SettingQueries,
    private readonly periods: SettingPeriods,
    private readonly notifications: Notifications,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 nothing waits, 422 own proposal or a day that has passed */
  approve(actor: Actor, key: string, opinion: string | undefined): Promise<SettingDetailView> {
    return this.decide(actor, key, 'setting.approve', opinion, async (rows, proposal, now, today) => {
      this.refuse(judgeSettingDate(proposal.effective_from, today).reasons);
      await this.db.supersede('settings', proposal.id, now);
      await this.periods.begin(
        {
          key,
          json: proposal.value_json,
          effectiveFrom: proposal.effective_from,
          basis: proposal.basis,
          reason: proposal.reason,
          createdBy: proposal.created_by,
          approvedBy: actor.accountId,
        },
        rows,
        now,
      );
    });
  }

  /** @throws Problem 404, 409 nothing waits, 422 own proposal */
  refuseProposal(actor: Actor, key: string, reason: string): Promise<SettingDetailView> {
    return this.decide(actor, key, 'setting.refuse', reason, async (rows, proposal) => {
      await this.db.execute(
        `UPDATE settings SET approved_state = 'REFUSED', approved_by = ?, version = ? WHERE id = ? AND approved_state = 'PROPOSED'`,
        [actor.accountId, versionOf(rows) + 1, proposal.id],
      );
    });
  }

  private decide(
    actor: Actor,
    key: string,
    verb: string,
    opinion: string | undefined,
    work: (rows: readonly SettingRow[], proposal: SettingRow, now: number, today: string) => Promise<void>,
  ): Promise<SettingDetailView> {
    return this.uow.run(async () => {
      const rows = await this.settings.lock(key);
      const now = await this.clock.now();
      const today = legalDateOf(now) ?? '';
      const proposal = rows.find(isProposed);
      if (!proposal) {
        throw new Problem('conflict', 'SETTING_NOT_PROPOSED', 'No proposal for this setting waits.', {
          extensions: { state: 'IN_FORCE' },
        });
      }
      this.refuse(judgeProposalDecision(actor.accountId, proposal.created_by).reasons);
      await work(rows, proposal, now, today);
      const after = {
        value: JSON.parse(proposal.value_json) as unknown,
        effectiveFrom: proposal.effective_from,
        ...(opinion === undefined ? {} : { opinion }),
      };
      this.audit.record(actor, verb, { type: 'setting', id: key }, { after });
      if (proposal.created_by !== null) {
        await this.notifications.tell(
          [
            {
              accountId: proposal.created_by,
              kind: verb,
              targetType: 'setting',
              targetId: proposal.id,
              summary: `${key}：${verb === 'setting.approve' ? '已批准' : '未批准'}`,
            },
          ],
          now,
        );
      }
      return this.settings.read(key, today);
    });
  }

  private refuse(reasons: readonly Reason[]): void {
    if (reasons.length === 0) return;
    throw new Problem('refused', 'SETTING_REFUSED', 'This proposal can not be decided like this; see the reasons.', {
      reasons,
    });
  }
}
