import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { AuditTrail } from '../../audit/index.js';
import { ApplicationLocks, requireApplication } from './application-locks.js';

/** The unit takes its application back, as long as the next level has not acted (BR-58). */
@Injectable()
export class WithdrawApplication {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly applications: ApplicationLocks,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 with the state found */
  async execute(actor: Actor, id: string, reason: string): Promise<void> {
    await this.uow.run(async () => {
      const application = await this.applications.one(actor.homeSubjectPath, id);
      const now = await this.clock.now();
      requireApplication(application, 'withdraw');
      await this.applications.move([id], 'withdraw');
      await this.db.insert('certificate_application_steps', {
        id: newId(),
        application_id: id,
        step: 'SUBMISSION',
        decision: 'WITHDRAW',
        opinion: reason,
        actor_id: actor.accountId,
        decided_at: new Date(now),
      });
      this.audit.record(
        actor,
        'application.withdraw',
        { type: 'application', id },
        { before: { state: application.state }, after: { state: 'WITHDRAWN', reason } },
      );
    });
  }
}
