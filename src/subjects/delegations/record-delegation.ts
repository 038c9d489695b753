import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { judgeRecord } from '../../rules/body-register.rules.js';
import { legalDateOf } from '../../rules/calendar.js';
import { refuseUnlessAllowed, wrongState } from '../refused.js';
import { DelegationVerbs } from './delegation-verbs.js';
import type { DelegationRecordDto } from './delegations.dto.js';
import { DelegationQueries } from './delegations.queries.js';
import { recordView, type DelegationRecordView } from './delegations.view.js';

/** Enters what the delegator saw when it supervised (BR-13), or what the delegatee reports. Such records are never changed. */
@Injectable()
export class RecordDelegation {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly delegations: DelegationQueries,
    private readonly verbs: DelegationVerbs,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404 unless both parties are within the scope */
  supervision(actor: Actor, id: string, given: DelegationRecordDto): Promise<DelegationRecordView> {
    return this.enter(actor, id, 'SUPERVISION', given, () => this.delegations.lock(actor, id));
  }

  /** @throws Problem 404 unless the delegatee is within the scope */
  report(actor: Actor, id: string, given: DelegationRecordDto): Promise<DelegationRecordView> {
    return this.enter(actor, id, 'REPORT', given, () => this.delegations.fileOfDelegatee(actor, id));
  }

  private enter(
    actor: Actor,
    id: string,
    kind: 'SUPERVISION' | 'REPORT',
    given: DelegationRecordDto,
    lock: () => ReturnType<DelegationQueries['fileOfDelegatee']>,
  ): Promise<DelegationRecordView> {
    return this.uow.run(async () => {
      const { row } = await lock();
      const now = await this.clock.now();
      if (row.stage === 'DRAFT') throw wrongState('DELEGATION_STATE', row.stage);
      const today = legalDateOf(now) ?? '';
      const happenedOn = given.happenedOn ?? today;
      refuseUnlessAllowed(judgeRecord(happenedOn, today), 'What has not happened yet can not be recorded.');
      const record = {
        id: newId(),
        delegation_id: id,
        kind,
        happened_on: happenedOn,
        summary: given.summary,
        findings: given.findings ?? null,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      };
      await this.db.insert('delegation_records', record);
      await this.verbs.touch(id);
      this.audit.record(
        actor,
        kind === 'REPORT' ? 'delegation.report' : 'delegation.supervise',
        { type: 'delegation', id },
        { after: { recordId: record.id, happenedOn } },
      );
      return recordView(record);
    });
  }
}
