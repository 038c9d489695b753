import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { isId, newId } from '../../kernel/ids.js';
import { canonicalJson } from '../../infrastructure/crypto/canonical.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { AuditTrail } from '../../audit/index.js';
import { applicationLifecycle } from '../../rules/application.lifecycle.js';
import { legalDateOf } from '../../rules/calendar.js';
import { explain } from '../../rules/refusal-texts.js';
import { liveSlot } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { OfficerLocks } from '../officer-locks.js';
import { ApplicationInputs } from './application-inputs.js';
import type { SubmittedItemView, SubmittedView } from './application.view.js';
import type { SubmitApplicationsDto } from './applications.dto.js';
import { IssuanceDesk, unknownOfficer, type IssuanceRuling } from './issuance-desk.js';

/** BR-56, BR-57. Each officer by itself: submitted, or refused with every reason. */
@Injectable()
export class SubmitApplications {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly inputs: ApplicationInputs,
    private readonly officers: OfficerLocks,
    private readonly certificates: CertificateLocks,
    private readonly desk: IssuanceDesk,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 unknown domain, 404 no such body within the scope */
  async execute(actor: Actor, order: SubmitApplicationsDto): Promise<SubmittedView> {
    return this.uow.run(async () => {
      await this.inputs.requireSubject(actor, order.subjectId);
      const officers = await this.officers.lockWithin(actor.homeSubjectPath, order.officerIds);
      const held = await this.certificates.statesOfOfficers([...officers.keys()]);
      const open = await this.inputs.withOpenApplication([...officers.keys()], order.certificateType);
      const now = await this.clock.now();
      await this.inputs.requireDomains(order.domains, now);
      const asks = [...officers.keys()].map((officerId) => ({
        ...order,
        key: officerId,
        officerId,
        hasOpenApplication: open.has(officerId),
        ...(order.unitOpinion === undefined ? {} : { hasUnitOpinion: true }),
      }));
      const rulings = await this.desk.judge(asks, held, now);
      const answers = order.officerIds.map((id) => ({ officerId: id, ruling: rulings.get(id) ?? unknownOfficer(id) }));
      const items: SubmittedItemView[] = [];
      for (const { officerId, ruling } of answers) {
        items.push(
          ruling.reasons.length === 0
            ? { officerId, status: 'SUBMITTED', applicationId: newId(), reasons: [] }
            : { officerId, status: 'REFUSED', reasons: ruling.reasons.map(explain) },
        );
      }
      await this.keep(actor, order, items, rulings, now);
      for (const { officerId, applicationId, status } of items) {
        const reasons = rulings.get(officerId)?.reasons;
        this.audit.record(
          actor,
          applicationId ? 'application.submit' : 'application.refuse',
          applicationId
            ? { type: 'application', id: applicationId }
            : { type: 'officer', id: isId(officerId) ? officerId : 'unknown' },
          {
            after: { status, type: order.type, certificateType: order.certificateType, subjectId: order.subjectId },
            ...(reasons && reasons.length > 0 ? { reasons } : {}),
          },
        );
      }
      return { items };
    });
  }

  private async keep(
    actor: Actor,
    order: SubmitApplicationsDto,
    items: readonly SubmittedItemView[],
    rulings: ReadonlyMap<string, IssuanceRuling>,
    now: number,
  ): Promise<void> {
    const submitted = items.flatMap(({ officerId, applicationId }) =>
      applicationId ? [{ officerId, applicationId }] : [],
    );
    await this.db.insert(
      'certificate_applications',
      submitted.map(({ officerId, applicationId }) => ({
        id: applicationId,
        application_no: applicationNo(applicationId, now),
        type: order.type,
        certificate_type: order.certificateType,
        officer_id: officerId,
        subject_id: order.subjectId,
        domains_json: JSON.stringify(order.domains),
        state: applicationLifecycle.initial,
        open_slot: liveSlot(officerId, order.certificateType),
        previous_certificate_id: rulings.get(officerId)?.previousCertificateId ?? null,
        facts_json: canonicalJson(rulings.get(officerId)?.evidence ?? {}),
        submitted_by: actor.accountId,
        submitted_at: new Date(now),
      })),
    );
    await this.db.insert(
      'certificate_application_steps',
      submitted.map(({ applicationId }) => ({
        id: newId(),
        application_id: applicationId,
        step: 'SUBMISSION',
        decision: 'SUBMIT',
        opinion: order.unitOpinion ?? '',
        actor_id: actor.accountId,
        decided_at: new Date(now),
      })),
    );
  }
}

/** 受理号: the day and the end of the id. Never the number of a certificate. */
const applicationNo = (id: string, now: number): string =>
  `SL${(legalDateOf(now) ?? '').replaceAll('-', '')}-${id.slice(-12).toUpperCase()}`;
