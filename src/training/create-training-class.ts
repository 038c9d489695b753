import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { trainingClassLifecycle } from '../rules/training-class.lifecycle.js';
import type { CreateTrainingClassDto } from './training.dto.js';
import { TrainingQueries } from './training.queries.js';
import type { TrainingClassView } from './training.view.js';

/** A class of a plan; it belongs to the unit of the plan, whoever enters it. */
@Injectable()
export class CreateTrainingClass {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly queries: TrainingQueries,
  ) {}

  /** @throws Problem 400, 404 for the plan */
  async execute(actor: Actor, planId: string, dto: CreateTrainingClassDto): Promise<TrainingClassView> {
    return this.uow.run(async () => {
      const plan = await this.queries.plan(actor, planId);
      const now = await this.clock.now();
      if (dto.endsOn < dto.startsOn) {
        const detail = 'The last day lies before the first.';
        throw inputInvalid([{ pointer: '/endsOn', code: 'SPAN_REVERSED', detail }]);
      }
      const id = newId();
      await this.db.insert('training_classes', {
        id,
        plan_id: plan.id,
        title: dto.title,
        starts_on: dto.startsOn,
        ends_on: dto.endsOn,
        place: dto.place,
        capacity: dto.capacity ?? null,
        hours: dto.hours,
        status: trainingClassLifecycle.initial,
        owner_subject_id: plan.ownerSubjectId,
        created_at: new Date(now),
        created_by: actor.accountId,
      });
      this.audit.record(
        actor,
        'training-class.create',
        { type: 'training-class', id },
        { after: { planId: plan.id, ...dto } },
      );
      return this.queries.class(actor, id);
    });
  }
}
