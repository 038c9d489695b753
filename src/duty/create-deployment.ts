import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import type { DutyFacts, DutyRequest } from '../rules/duty-facts.js';
import type { DutyDecision } from '../rules/duty-reasons.js';
import { Decide } from './decide.js';
import { DeploymentRecords } from './deployment-records.js';
import { DutyLocks } from './duty-locks.js';
import type { CreateDeploymentDto } from './duty-question.dto.js';
import { decisionView } from './duty.view.js';
import { questionOf } from './question.js';

/** The refusal that carries the whole decision. */
export const notCleared = (decision: DutyDecision, state?: string): Problem =>
  new Problem('refused', 'NOT_CLEARED', 'This team is not cleared. The decision names every reason.', {
    reasons: [
      ...decision.subjectReasons,
      ...decision.teamReasons,
      ...decision.members.flatMap(({ reasons }) => reasons),
    ],
    extensions: { decision: decisionView(decision), ...(state === undefined ? {} : { state }) },
  });

/** Plans a deployment: only a cleared team gets one, decided behind the locks (guarantee 1). */
@Injectable()
export class CreateDeployment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly db: Db,
    private readonly locks: DutyLocks,
    private readonly decide: Decide,
    private readonly records: DeploymentRecords,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns the new id. @throws Problem 422 NOT_CLEARED with the decision */
  async execute(actor: Actor, body: CreateDeploymentDto): Promise<string> {
    const asked = questionOf(body);
    return this.uow.run(async () => {
      const locked = await this.locks.take(asked);
      const decided = await this.decide.now('deployment', asked, { path: actor.homeSubjectPath });
      this.locks.refuseUnlocked(decided.facts, locked);
      const { facts, decision } = decided;
      if (!decision.cleared || decision.via === null) throw notCleared(decision);
      const id = newId();
      // From here on people are known by their ids: a number may be reported lost, its holder stays.
      const request = byOfficer(asked, facts);
      const known = { facts: { ...facts, officers: officersById(facts) }, decision };
      await this.db.insert('deployments', {
        id,
        title: body.title,
        subject_id: asked.subjectId,
        matter_code: asked.matterCode,
        division_code: asked.divisionCode,
        span_from: new Date(asked.from),
        span_to: new Date(asked.to),
        status: 'PLANNED',
        via_kind: decision.via.kind,
        via_id: decision.via.id,
        via_delegator_id:
          facts.delegations.find((delegation) => delegation.id === decision.via?.id)?.delegator.id ?? null,
        owner_id: actor.accountId,
        created_at: new Date(decision.decidedAt),
      });
      await this.db.insert(
        'deployment_members',
        decision.members.map(({ officerId, certificateNo }) => ({
          deployment_id: id,
          officer_id: officerId,
          certificate_id: certificateIdOf(facts, officerId, certificateNo),
        })),
      );
      await this.records.keep(id, 'CREATE', request, known, { accountId: actor.accountId });
      this.audit.record(
        actor,
        'deployment.create',
        { type: 'deployment', id },
        {
          after: {
            subjectId: asked.subjectId,
            matterCode: asked.matterCode,
            members: decision.members.length,
            via: decision.via,
          },
        },
      );
      return id;
    });
  }
}

function byOfficer(request: DutyRequest, facts: DutyFacts): DutyRequest {
  const members = request.members.map(({ key }) => {
    const officerId = facts.officers.get(key)?.id ?? '';
    return { key: `id:${officerId}`, officerId };
  });
  return { ...request, members };
}

const officersById = (facts: DutyFacts): DutyFacts['officers'] =>
  new Map([...facts.officers.values()].map((officer) => [`id:${officer.id}`, officer]));

function certificateIdOf(facts: DutyFacts, officerId: string | null, number: string | null): string | null {
  const officer = [...facts.officers.values()].find(({ id }) => id === officerId);
  return officer?.certificates.find((certificate) => certificate.number === number)?.id ?? null;
}
