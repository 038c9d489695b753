import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { legalDateOf } from '../rules/calendar.js';
import type { CreateTrainingPlanDto } from './training.dto.js';
import { TrainingQueries } from './training.queries.js';
import type { TrainingPlanView } from './training.view.js';

/** A plan of the actor's unit: a year, a kind of training, common law or the special law of one domain (BR-39). */
@Injectable()
export class CreateTrainingPlan {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly audit: AuditTrail,
    private readonly queries: TrainingQueries,
  ) {}

  /** @throws Problem 400 */
  async execute(actor: Actor, dto: CreateTrainingPlanDto): Promise<TrainingPlanView> {
    return this.uow.run(async () => {
      const now = await this.clock.now();
      await this.needDomain(dto, legalDateOf(now) ?? '');
      const id = newId();
      await this.db.insert('training_plans', {
        id,
        plan_year: dto.year,
        type: dto.type,
        title: dto.title,
        subject: dto.subject,
        domain: dto.domain ?? null,
        audience: dto.audience ?? null,
        hours: dto.hours,
        owner_subject_id: actor.homeSubjectId,
        created_at: new Date(now),
        created_by: actor.accountId,
      });
      this.audit.record(actor, 'training-plan.create', { type: 'training-plan', id }, { after: { ...dto } });
      return this.queries.plan(actor, id);
    });
  }

  private async needDomain({ subject, domain }: CreateTrainingPlanDto, today: string): Promise<void> {
    const refuse = (code: string, detail: string): never => {
      throw inputInvalid([{ pointer: '/domain', code, detail }]);
    };
    if (subject === 'COMMON_LAW') {
      if (domain !== undefined) refuse('DOMAIN_NOT_EXPECTED', 'Common law has no domain: leave it out.');
      return;
    }
    if (domain === undefined) return refuse('DOMAIN_REQUIRED', 'Special law is that of one domain: name it.');
    const known = await this.settings.dictionary(today, 'domains');
    if (!known.some(({ code }) => code === domain))
      refuse('DOMAIN_UNKNOWN', 'There is no such domain. Take a code of GET /dictionaries/domains.');
  }
}
