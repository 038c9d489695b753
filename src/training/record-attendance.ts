import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { OfficerDirectory } from '../officers/index.js';
import { explain } from '../rules/refusal-texts.js';
import { judgeAttendance } from '../rules/training-enrolment.rules.js';
import type { Reason } from '../rules/verdict.js';
import { needOpen, TrainingClasses } from './training-classes.js';
import type { AttendanceRecordDto } from './training.dto.js';
import type { AttendanceOutcomesView, AttendanceOutcomeView } from './training.view.js';

/** Records how many hours the enrolled were there. It may be repeated until the class is closed. */
@Injectable()
export class RecordAttendance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly classes: TrainingClasses,
    private readonly directory: OfficerDirectory,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 CLASS_CLOSED */
  async execute(
    actor: Actor,
    classId: string,
    records: readonly AttendanceRecordDto[],
  ): Promise<AttendanceOutcomesView> {
    return this.uow.run(async () => {
      const training = await this.classes.lock(actor, classId);
      needOpen(training);
      const ids = records.map(({ officerId }) => officerId);
      const known = await this.directory.byIds(actor, ids);
      const enrolled = await this.classes.enrolments(classId, ids);
      const items = records.map(({ officerId }): AttendanceOutcomeView => {
        if (!known.has(officerId))
          return refused(officerId, [{ code: 'OFFICER_UNKNOWN', facts: { asked: officerId } }]);
        const verdict = judgeAttendance(training.title, enrolled.has(officerId));
        return verdict.allowed ? { officerId, status: 'RECORDED', reasons: [] } : refused(officerId, verdict.reasons);
      });
      const done = records.filter((_record, i) => items[i]?.status === 'RECORDED');
      await this.classes.setAttended(classId, done);
      if (done.length > 0) await this.classes.raiseVersion(classId);
      this.audit.record(
        actor,
        'training-class.attend',
        { type: 'training-class', id: classId },
        { after: { records: done.map(({ officerId, hours }) => ({ officerId, hours })) } },
      );
      return { items };
    });
  }
}

const refused = (officerId: string, reasons: readonly Reason[]): AttendanceOutcomeView => ({
  officerId,
  status: 'REFUSED',
  reasons: reasons.map((reason) => ({ ...explain(reason) })),
});
