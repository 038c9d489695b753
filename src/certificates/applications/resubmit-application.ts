import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { canonicalJson } from '../../infrastructure/crypto/canonical.js';
import { Db } from '../../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { AuditTrail } from '../../audit/index.js';
import { OPEN_APPLICATION_STATES } from '../../rules/application.lifecycle.js';
import { liveSlot } from '../certificate.rows.js';
import { ApplicationInputs } from './application-inputs.js';
import { requireApplication, type LockedApplication } from './application-locks.js';
import type { ResubmitApplicationDto } from './applications.dto.js';
import { ResubmissionDesk } from './resubmission-desk.js';
import type { IssuanceRuling } from './issuance-desk.js';

/** BR-56 to 58: what was returned is handed in again, judged anew with the facts of today; the clock of the check starts again. */
@Injectable()
export class ResubmitApplication {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly inputs: ApplicationInputs,
    private readonly desk: ResubmissionDesk,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 unknown domain, 404, 409 with the state found, 422 with every reason */
  async execute(actor: Actor, id: string, order: ResubmitApplicationDto): Promise<void> {
    try {
      await this.uow.run(() => this.handIn(actor, id, order));
    } catch (error) {
      if (isDuplicateOf(error, 'uq_certificate_applications_open')) throw anotherOpen();
      throw error;
    }
  }

  private async handIn(actor: Actor, id: string, { note, domains }: ResubmitApplicationDto): Promise<void> {
    const { application, held } = await this.desk.lock(actor, id);
    const now = await this.clock.now();
    requireApplication(application, 'resubmit');
    if (domains) await this.inputs.requireDomains(domains, now);
    const wanted = { ...application, domains: domains ?? application.domains };
    const ruling = await this.desk.judge(wanted, held, await this.hasAnother(application), now);
    if (ruling.reasons.length > 0) {
      throw new Problem('refused', 'APPLICATION_REFUSED', 'Something is still missing; each reason is named.', {
        reasons: ruling.reasons,
      });
    }
    await this.write(wanted, ruling);
    await this.db.insert('certificate_application_steps', {
      id: newId(),
      application_id: id,
      step: 'SUBMISSION',
      decision: 'SUBMIT',
      opinion: note,
      actor_id: actor.accountId,
      decided_at: new Date(now),
    });
    this.audit.record(
      actor,
      'application.resubmit',
      { type: 'application', id },
      {
        before: { state: application.state, domains: application.domains },
        after: { state: 'SUBMITTED', domains: wanted.domains, note },
      },
    );
  }

  private async write(application: LockedApplication, ruling: IssuanceRuling): Promise<void> {
    await this.db.updateOne(
      `UPDATE certificate_applications SET state = 'SUBMITTED', open_slot = ?, domains_json = ?, facts_json = ?,
         previous_certificate_id = ?, version = version + 1 WHERE id = ? AND state = 'RETURNED'`,
      [
        liveSlot(application.officerId, application.certificateType),
        JSON.stringify(application.domains),
        canonicalJson(ruling.evidence ?? {}),
        ruling.previousCertificateId,
        application.id,
      ],
      () => {
        throw new Error('a locked application was changed');
      },
    );
  }

  private async hasAnother({ id, officerId, certificateType }: LockedApplication): Promise<boolean> {
    const other = await this.db.row(
      `SELECT id FROM certificate_applications WHERE officer_id = ? AND certificate_type = ? AND id <> ? AND state IN (?) LIMIT 1`,
      [officerId, certificateType, id, OPEN_APPLICATION_STATES],
    );
    return other !== null;
  }
}

const anotherOpen = (): Problem =>
  new Problem('conflict', 'OPEN_APPLICATION_EXISTS', 'Another application of this person was handed in meanwhile.', {
    extensions: { state: 'RETURNED' },
  });
