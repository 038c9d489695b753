import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { AuditTrail } from '../../audit/index.js';
import { Notifications } from '../../identity/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { OverdueCase, type DueCase } from './overdue-case.js';

/** BR-78: a card that is not back in time. The certificate is cancelled where the movement ends it, and the head is told. */
@Sweeps({ everyMs: 60_000 })
@Injectable()
export class EscalateCases implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly overdue: OverdueCase,
    private readonly notifications: Notifications,
    private readonly audit: AuditTrail,
  ) {}

  async sweep(): Promise<number> {
    const today = legalDateOf(await this.clock.now()) ?? '';
    const due = await this.db.rows<DueCase>(
      `SELECT id, officer_id, certificate_id, cause, required_act FROM card_cases
       WHERE closed_at IS NULL AND escalated_at IS NULL AND due_on < ? ORDER BY id LIMIT 200`,
      [today],
    );
    for (const one of due) await this.uow.run(() => this.escalate(one));
    return due.length;
  }

  private async escalate(one: DueCase): Promise<void> {
    const certificate = await this.overdue.lock(one);
    const now = await this.clock.now();
    const escalated = await this.db.execute(
      'UPDATE card_cases SET escalated_at = ? WHERE id = ? AND escalated_at IS NULL AND closed_at IS NULL',
      [new Date(now), one.id],
    );
    if (escalated === 0) return;
    const outcome = await this.overdue.act(one, certificate, now);
    this.audit.record(
      null,
      'card-case.escalate',
      { type: 'card-case', id: one.id },
      { after: { certificateId: one.certificate_id, cause: one.cause, outcome } },
    );
    const heads = await this.heads(one.officer_id);
    await this.notifications.tell(
      heads.map(({ id }) => ({
        accountId: id,
        kind: 'card-case.escalated',
        targetType: 'card-case',
        targetId: one.id,
        summary: `证件未按期处理（${certificate?.number ?? ''}），已升级 / a card was not dealt with in time`,
      })),
      now,
    );
  }

  /** The approvers above the officer. */
  private heads(officerId: string): Promise<{ id: string }[]> {
    return this.db.rows<{ id: string }>(
      `SELECT DISTINCT a.id FROM officers o JOIN subjects s ON s.id = o.subject_id JOIN subjects h ON s.path LIKE CONCAT(h.path, '%')
       JOIN accounts a ON a.home_subject_id = h.id AND a.status = 'ACTIVE' JOIN account_roles r ON r.account_id = a.id AND r.role = 'APPROVER'
       WHERE o.id = ? ORDER BY a.id`,
      [officerId],
    );
  }
}
