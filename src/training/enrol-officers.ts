import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { OfficerDirectory } from '../officers/index.js';
import { explain } from '../rules/refusal-texts.js';
import { judgeEnrolment } from '../rules/training-enrolment.rules.js';
import type { Reason } from '../rules/verdict.js';
import { needOpen, TrainingClasses } from './training-classes.js';
import type { EnrolmentOutcomesView, EnrolmentOutcomeView } from './training.view.js';

/** Enters officers for a class, each by itself. Who is enrolled already stays so. */
@Injectable()
export class EnrolOfficers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly classes: TrainingClasses,
    private readonly directory: OfficerDirectory,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 CLASS_CLOSED */
  async execute(actor: Actor, classId: string, officerIds: readonly string[]): Promise<EnrolmentOutcomesView> {
    return this.uow.run(async () => {
      const training = await this.classes.lock(actor, classId);
      needOpen(training);
      const asked = [...new Set(officerIds)];
      const known = await this.directory.byIds(actor, asked);
      const already = await this.classes.enrolments(classId, asked);
      let seatsLeft = await this.classes.seatsLeft(training);
      const now = await this.clock.now();
      const outcomes = new Map<string, EnrolmentOutcomeView>();
      const entering: string[] = [];
      for (const officerId of asked) {
        const officer = known.get(officerId);
        if (!officer) {
          outcomes.set(officerId, refused(officerId, [{ code: 'OFFICER_UNKNOWN', facts: { asked: officerId } }]));
          continue;
        }
        if (already.has(officerId)) {
          outcomes.set(officerId, enrolled(officerId));
          continue;
        }
        const { title, starts_on: startsOn, capacity } = training;
        const verdict = judgeEnrolment({ title, startsOn, capacity, seatsLeft, leftFrom: officer.leftFrom });
        outcomes.set(officerId, verdict.allowed ? enrolled(officerId) : refused(officerId, verdict.reasons));
        if (!verdict.allowed) continue;
        entering.push(officerId);
        if (seatsLeft !== null) seatsLeft -= 1;
      }
      await this.enter(actor, classId, entering, asked.length, now);
      return { items: officerIds.flatMap((officerId) => outcomes.get(officerId) ?? []) };
    });
  }

  private async enter(actor: Actor, classId: string, entering: string[], asked: number, now: number): Promise<void> {
    if (entering.length > 0) {
      const entries = entering.map((officerId) => ({ officerId, attended: null, importId: null }));
      await this.classes.enrol(classId, entries, now);
      await this.classes.raiseVersion(classId);
    }
    const after = { asked, enrolled: entering };
    this.audit.record(actor, 'training-class.enrol', { type: 'training-class', id: classId }, { after });
  }
}

const enrolled = (officerId: string): EnrolmentOutcomeView => ({ officerId, status: 'ENROLLED', reasons: [] });

const refused = (officerId: string, reasons: readonly Reason[]): EnrolmentOutcomeView => ({
  officerId,
  status: 'REFUSED',
  reasons: reasons.map((reason) => ({ ...explain(reason) })),
});
