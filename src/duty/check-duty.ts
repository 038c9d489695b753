import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import type { DutyRequest } from '../rules/duty-facts.js';
import type { DutyCheckDto } from './duty-question.dto.js';
import { decisionView, type DutyCheckView } from './duty.view.js';
import { Decide, type Decided } from './decide.js';
import { questionOf } from './question.js';
import { storeFacts } from './stored-facts.js';

/** Answers the question, and keeps the answer with the facts it rested on unless the asker wants only a look-up. */
@Injectable()
export class CheckDuty {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly db: Db,
    private readonly decide: Decide,
    private readonly audit: AuditTrail,
  ) {}

  async execute(actor: Actor, body: DutyCheckDto): Promise<DutyCheckView> {
    const request = questionOf(body);
    const ask = (): Promise<Decided> => {
      const visibility = { path: actor.homeSubjectPath };
      return body.knownAt === undefined
        ? this.decide.now('check', request, visibility)
        : this.decide.asKnownAt('check', request, visibility, Date.parse(body.knownAt));
    };
    if (body.record === false) return decisionView((await ask()).decision);
    return this.uow.run(async () => {
      const decided = await ask();
      const checkId = await this.keep(actor, request, decided);
      return { checkId, ...decisionView(decided.decision) };
    });
  }

  private async keep(actor: Actor, request: DutyRequest, { facts, decision }: Decided): Promise<string> {
    const id = newId();
    const stored = storeFacts(facts, request);
    await this.db.insert('duty_checks', {
      id,
      subject_id: request.subjectId,
      matter_code: request.matterCode,
      cleared: decision.cleared ? 1 : 0,
      request_json: JSON.stringify(request),
      facts_json: stored.json,
      facts_hash: stored.hash,
      decision_json: JSON.stringify(decision),
      rules_version: decision.rulesVersion,
      known_at: new Date(decision.knownAt),
      decided_at: new Date(decision.decidedAt),
      decided_by: actor.accountId,
    });
    this.audit.record(
      actor,
      'duty.check',
      { type: 'duty-check', id },
      {
        after: { subjectId: request.subjectId, cleared: decision.cleared, factsHash: stored.hash },
      },
    );
    return id;
  }
}
