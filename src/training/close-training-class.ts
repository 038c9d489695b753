import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Problem } from '../kernel/problem.js';
import { legalDateOf } from '../rules/calendar.js';
import { creditOf } from '../rules/training-credit.rules.js';
import { judgeClose } from '../rules/training-enrolment.rules.js';
import { needOpen, TrainingClasses, type LockedClass } from './training-classes.js';
import { TrainingQueries } from './training.queries.js';
import type { TrainingClassView } from './training.view.js';

/** Confirms the hours of a class, once: from then on they count, and the class takes nothing more. */
@Injectable()
export class CloseTrainingClass {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly classes: TrainingClasses,
    private readonly audit: AuditTrail,
    private readonly queries: TrainingQueries,
  ) {}

  /** @throws Problem 404, 409 CLASS_CLOSED, 422 CLASS_NOT_OVER */
  async execute(actor: Actor, classId: string): Promise<TrainingClassView> {
    return this.uow.run(async () => {
      const training = await this.classes.lock(actor, classId);
      needOpen(training);
      const now = await this.clock.now();
      const { allowed, reasons } = judgeClose(training.title, training.ends_on, legalDateOf(now) ?? '');
      if (!allowed) {
        throw new Problem('refused', 'CLASS_NOT_OVER', 'The class is not over yet.', { reasons });
      }
      const people = await this.confirm(training, now);
      await this.db.updateOne(
        `UPDATE training_classes SET status = 'CLOSED', closed_at = ?, version = version + 1 WHERE id = ? AND status = 'OPEN'`,
        [new Date(now), classId],
        () => needOpen({ ...training, status: 'CLOSED' }) as never,
      );
      const after = { status: 'CLOSED', people };
      this.audit.record(actor, 'training-class.close', { type: 'training-class', id: classId }, { after });
      return this.queries.class(actor, classId);
    });
  }

  /** One statement for all who were there equally long; who has no attendance gets none. Gives the number of people. */
  private async confirm({ id, hours }: LockedClass, now: number): Promise<number> {
    const lengths = await this.db.rows<{ attended: string | null }>(
      'SELECT DISTINCT hours_attended AS attended FROM training_enrolments WHERE class_id = ?',
      [id],
    );
    let people = 0;
    for (const { attended } of lengths) {
      const confirmed = creditOf(Number(hours), Number(attended ?? 0));
      people += await this.db.execute(
        'UPDATE training_enrolments SET hours_confirmed = ?, confirmed_at = ? WHERE class_id = ? AND hours_attended <=> ?',
        [confirmed, new Date(now), id, attended],
      );
    }
    return people;
  }
}
