import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { below, Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../infrastructure/discovery/clearance-changes.js';
import { Outbox } from '../infrastructure/outbox/outbox.js';
import { effectiveInstant } from '../infrastructure/validation/effective.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { notFound, Problem } from '../kernel/problem.js';
import { AUXILIARY, judgeTransfer } from '../rules/officer-service.rules.js';
import { refuseAuxiliary } from './officer-input.js';
import type { AssignmentRow } from './officer-rows.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import type { TransferOfficerDto } from './officer-verbs.dto.js';
import { OfficersLock, type LockedOfficer } from './officers-lock.js';

/** Ends the running assignment and begins the next, in the same district. The record of the person stays one (BR-16). */
@Injectable()
export class TransferOfficer {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly lock: OfficersLock,
    private readonly facts: OfficerServiceFacts,
    private readonly clearance: ClearanceChanges,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 OFFICER_LEFT or ALREADY_ASSIGNED, 422 TRANSFER_BEFORE_ASSIGNMENT or AUXILIARY_NOT_AN_OFFICER */
  async execute(actor: Actor, id: string, dto: TransferOfficerDto): Promise<void> {
    await this.uow.run(async () => {
      const officer = await this.lock.lockOne(actor, id);
      await this.needTarget(actor, dto.subjectId);
      const running = (await this.facts.running([id])).get(id);
      const now = await this.clock.now();
      await this.facts.needInService(id, now);
      if (dto.staffCategory === AUXILIARY) throw refuseAuxiliary(dto.staffCategory);
      const category = dto.staffCategory ?? officer.staff_category;
      if (
        running?.subject_id === dto.subjectId &&
        running.post_title === dto.postTitle &&
        running.staff_category === category
      ) {
        throw new Problem('conflict', 'ALREADY_ASSIGNED', 'The officer holds this post at this unit already.', {
          extensions: { state: await this.facts.stateAt(id, now) },
        });
      }
      const from = effectiveInstant(dto.effectiveFrom, now);
      if (running) await this.end(running, from, now, actor);
      await this.begin(officer, { ...dto, staffCategory: category }, from, now, actor);
      await this.clearance.reduced({ whom: { officerIds: [id] }, cause: 'officer.transfer' });
      await this.outbox.put('officer.transferred', { officerId: id });
      this.audit.record(
        actor,
        'officer.transfer',
        { type: 'officer', id },
        {
          before: {
            subjectId: officer.subject_id,
            postTitle: officer.post_title,
            staffCategory: officer.staff_category,
          },
          after: {
            subjectId: dto.subjectId,
            postTitle: dto.postTitle,
            staffCategory: category,
            effectiveFrom: new Date(from).toISOString(),
          },
        },
      );
    });
  }

  /** Any unit under the district that the actor's home belongs to. */
  private async needTarget(actor: Actor, subjectId: string): Promise<void> {
    const district = `/${actor.homeSubjectPath.split('/')[1] ?? ''}/`;
    const found = await this.db.row('SELECT id FROM subjects WHERE id = ? AND path LIKE ?', [
      subjectId,
      below(district),
    ]);
    if (!found) throw notFound('subject');
  }

  private async end(running: AssignmentRow, from: number, now: number, actor: Actor): Promise<void> {
    const { allowed, reasons } = judgeTransfer(running.effective_from.getTime(), from);
    if (!allowed) {
      const detail = 'The transfer lies before the beginning of the running assignment.';
      throw new Problem('refused', 'TRANSFER_BEFORE_ASSIGNMENT', detail, { reasons });
    }
    await this.facts.correctAssignments(
      [{ row: running, change: { effective_to: new Date(from) } }],
      now,
      actor.accountId,
    );
  }

  private async begin(
    officer: LockedOfficer,
    next: { subjectId: string; postTitle: string; staffCategory: LockedOfficer['staff_category'] },
    from: number,
    now: number,
    actor: Actor,
  ): Promise<void> {
    await this.db.insert('officer_assignments', {
      id: newId(),
      officer_id: officer.id,
      subject_id: next.subjectId,
      post_title: next.postTitle,
      staff_category: next.staffCategory,
      on_establishment: officer.on_establishment,
      effective_from: new Date(from),
      recorded_at: new Date(now),
      recorded_by: actor.accountId,
    });
    await this.db.updateOne(
      `UPDATE officers SET subject_id = ?, post_title = ?, staff_category = ?, version = version + 1 WHERE id = ? AND version = ?`,
      [next.subjectId, next.postTitle, next.staffCategory, officer.id, officer.version],
      () => {
        throw new Error('the officer was changed without the lock');
      },
    );
  }
}
