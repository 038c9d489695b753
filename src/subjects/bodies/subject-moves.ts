import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { judgeRestoration } from '../../rules/body-register.rules.js';
import type { SubjectStatus } from '../../rules/duty-facts.js';
import { subjectLifecycle, type SubjectCommand } from '../../rules/subject.lifecycle.js';
import { decideConfirmation } from '../../rules/subject.rules.js';
import type { Verdict } from '../../rules/verdict.js';
import { refuseUnlessAllowed, wrongState } from '../refused.js';
import { SubjectQueries } from './subjects.queries.js';
import type { PeriodRow } from './subjects.rows.js';
import { newestPeriod, newestState, type SubjectDetailView } from './subjects.view.js';

/** What stands on the paper of a move; all of it goes into the new period. */
export interface MovePaper {
  readonly document: string;
  readonly announcementReference?: string;
  readonly announcedOn?: string;
  readonly reason?: string;
}

/**
 * The one place where the status of a body changes. A body has one status at a time: the new one holds from its legal beginning
 * for ever and takes the place of everything that was known to hold from then on. What was known before stays readable.
 */
@Injectable()
export class SubjectMoves {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly subjects: SubjectQueries,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 with the state found, 422 */
  make(
    actor: Actor,
    id: string,
    command: SubjectCommand,
    paper: MovePaper,
    effectiveFrom: string | undefined,
  ): Promise<SubjectDetailView> {
    return this.uow.run(async () => {
      const body = await this.subjects.lockOne(actor, id);
      const current = await this.subjects.currentPeriods(id);
      const now = await this.clock.now();
      const from = effectiveInstant(effectiveFrom, now);
      const state = newestState(current);
      if (!subjectLifecycle.allows(state, command)) {
        throw wrongState('SUBJECT_STATE', state);
      }
      refuseUnlessAllowed(
        this.verdict(command, body.name, paper, current, from),
        'The law book refuses this; see the reasons.',
      );
      const status = subjectLifecycle.move(command).to as SubjectStatus;
      await this.begin(actor, id, status, paper, from, now, current);
      await this.db.execute(
        `UPDATE subjects SET version = version + 1, active_uscc = IF(? = 'ABOLISHED', NULL, active_uscc) WHERE id = ?`,
        [status, id],
      );
      // Also where it widens: a date in the past or in the future may replace a confirmed period.
      await this.clearance.reduced({ whom: { subjectId: id }, cause: `subject.${command}` });
      this.audit.record(
        actor,
        `subject.${command}`,
        { type: 'subject', id },
        { before: { state }, after: { state: status, effectiveFrom: new Date(from), ...paper } },
      );
      return this.subjects.read(actor, id, now);
    });
  }

  private verdict(
    command: SubjectCommand,
    subject: string,
    paper: MovePaper,
    current: readonly PeriodRow[],
    from: number,
  ): Verdict {
    switch (command) {
      case 'confirm':
        return decideConfirmation({
          subject,
          announcementReference: paper.announcementReference ?? null,
          announcedOn: paper.announcedOn ?? null,
        });
      case 'restore':
        return judgeRestoration(newestPeriod(current)?.effective_from.getTime() ?? Number.NaN, from);
      case 'suspend':
      case 'abolish':
        return { allowed: true, reasons: [] };
    }
  }

  private async begin(
    actor: Actor,
    subjectId: string,
    status: SubjectStatus,
    paper: MovePaper,
    from: number,
    now: number,
    current: readonly PeriodRow[],
  ): Promise<void> {
    const recorded = { recorded_at: new Date(now), recorded_by: actor.accountId };
    for (const period of current) {
      if (period.effective_to !== null && period.effective_to.getTime() <= from) continue;
      await this.db.supersede('subject_status_periods', period.id, now);
      if (period.effective_from.getTime() >= from) continue;
      await this.db.insert('subject_status_periods', {
        id: newId(),
        subject_id: subjectId,
        status: period.status,
        effective_from: period.effective_from,
        effective_to: new Date(from),
        document: period.document,
        announcement_reference: period.announcement_reference,
        announced_on: period.announced_on,
        reason: period.reason,
        ...recorded,
      });
    }
    await this.db.insert('subject_status_periods', {
      id: newId(),
      subject_id: subjectId,
      status,
      effective_from: new Date(from),
      effective_to: null,
      document: paper.document,
      announcement_reference: paper.announcementReference ?? null,
      announced_on: paper.announcedOn ?? null,
      reason: paper.reason ?? null,
      ...recorded,
    });
  }
}
