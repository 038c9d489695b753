import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { isId, newId } from '../../kernel/ids.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { AuditTrail } from '../../audit/index.js';
import type { ApplicationDecision, ApplicationState, ApplicationStep } from '../../rules/application.lifecycle.js';
import { decideStep } from '../../rules/certificate-desk.rules.js';
import { explain } from '../../rules/refusal-texts.js';
import { decideLevel, type StepActor } from '../../rules/separation-of-duties.rules.js';
import type { Reason } from '../../rules/verdict.js';
import { ApplicationLocks, type LockedApplication } from './application-locks.js';
import type { DecidedView } from './application.view.js';
import type { DecideApplicationsDto } from './applications.dto.js';
import { groupBy, inParts } from '../collections.js';

type Ruling =
  | { readonly application: LockedApplication; readonly step: ApplicationStep; readonly to: ApplicationState }
  | { readonly reasons: readonly Reason[] };

/** BR-58: the clerk checks, the head decides; nobody acts at two levels of one application. Each item by itself. */
@Injectable()
export class DecideApplications {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly applications: ApplicationLocks,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 when something is returned or rejected without saying why */
  async execute(actor: Actor, order: DecideApplicationsDto): Promise<DecidedView> {
    const opinion = (order.opinion ?? '').trim();
    if (order.decision !== 'APPROVE' && opinion === '') throw opinionMissing();
    return this.uow.run(async () => {
      const locked = await this.applications.lockWithin(actor.homeSubjectPath, order.applicationIds);
      const earlier = await this.stepsOf([...locked.keys()]);
      const now = await this.clock.now();
      const rulings = order.applicationIds.map((id) => ({
        id,
        ruling: rulingOn(actor, locked.get(id), earlier.get(id) ?? [], order.decision, id),
      }));
      const done = rulings.flatMap(({ ruling }) => ('application' in ruling ? [ruling] : []));
      for (const group of groupBy(done, ({ application, to }) => `${application.state}>${to}`).values()) {
        const first = group[0];
        if (!first) continue;
        const ids = group.map(({ application }) => application.id);
        await this.applications.moveTo(ids, [first.application.state], first.to);
      }
      await this.db.insert(
        'certificate_application_steps',
        done.map(({ application, step }) => ({
          id: newId(),
          application_id: application.id,
          step,
          decision: order.decision,
          opinion,
          actor_id: actor.accountId,
          decided_at: new Date(now),
        })),
      );
      for (const { id, ruling } of rulings) {
        this.audit.record(
          actor,
          'application.decide',
          { type: 'application', id: isId(id) ? id : 'unknown' },
          'application' in ruling
            ? { before: { state: ruling.application.state }, after: { state: ruling.to, step: ruling.step } }
            : { after: { status: 'REFUSED', decision: order.decision }, reasons: ruling.reasons },
        );
      }
      return {
        items: rulings.map(({ id, ruling }) =>
          'application' in ruling
            ? { applicationId: id, status: ruling.to, reasons: [] }
            : { applicationId: id, status: 'REFUSED', reasons: ruling.reasons.map(explain) },
        ),
      };
    });
  }

  private async stepsOf(ids: readonly string[]): Promise<ReadonlyMap<string, StepActor[]>> {
    const rows = await inParts(ids, (part) =>
      this.db.rows<{ application_id: string; step: string; actor_id: string }>(
        `SELECT application_id, step, actor_id FROM certificate_application_steps WHERE application_id IN (${marks(part)})`,
        part,
      ),
    );
    const steps = new Map<string, StepActor[]>();
    for (const { application_id, step, actor_id } of rows) {
      steps.set(application_id, [...(steps.get(application_id) ?? []), { step, accountId: actor_id }]);
    }
    return steps;
  }
}

function rulingOn(
  actor: Actor,
  application: LockedApplication | undefined,
  earlier: readonly StepActor[],
  decision: ApplicationDecision,
  asked: string,
): Ruling {
  if (!application) return { reasons: [{ code: 'APPLICATION_UNKNOWN', facts: { asked: isId(asked) ? asked : null } }] };
  const ruling = decideStep(application.state, actor.roles, decision);
  if (!ruling.ok) return { reasons: [ruling.reason] };
  const verdict = decideLevel({ step: ruling.step, actor, earlier, concerns: [application.officerId] });
  return verdict.allowed ? { application, step: ruling.step, to: ruling.to } : { reasons: verdict.reasons };
}

const opinionMissing = () =>
  inputInvalid([
    { pointer: '/opinion', code: 'OPINION_MISSING', detail: 'say in opinion why it is returned or rejected' },
  ]);
