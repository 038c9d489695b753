import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../infrastructure/discovery/clearance-changes.js';
import { staleVersion } from '../infrastructure/http/if-match.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { AUXILIARY } from '../rules/officer-service.rules.js';
import { OfficerInput, refuseAuxiliary } from './officer-input.js';
import { OfficerRecords, type OfficerChange } from './officer-records.js';
import type { ChangeOfficerDto } from './officers.dto.js';
import { OfficersLock } from './officers-lock.js';
import { OfficersQueries } from './officers.queries.js';
import type { OfficerView } from './officer.view.js';

/** Changes what is registered of a person. Category, establishment and post correct the running assignment. */
@Injectable()
export class ChangeOfficer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly lock: OfficersLock,
    private readonly input: OfficerInput,
    private readonly records: OfficerRecords,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
    private readonly queries: OfficersQueries,
  ) {}

  /** @throws Problem 400, 404, 412, 422 AUXILIARY_NOT_AN_OFFICER */
  async execute(actor: Actor, id: string, version: number, dto: ChangeOfficerDto): Promise<OfficerView> {
    return this.uow.run(async () => {
      const officer = await this.lock.lockOne(actor, id);
      const now = await this.clock.now();
      if (officer.version !== version) throw staleVersion(officer.version);
      await this.input.checkChange(dto, now);
      const { staffCategory, ...others } = dto;
      if (staffCategory === AUXILIARY) throw refuseAuxiliary(staffCategory);
      const change: OfficerChange = staffCategory === undefined ? others : { ...others, staffCategory };
      const done = await this.records.change(officer, change, now, actor.accountId);
      if (done.changed) {
        if (done.assignmentCorrected)
          await this.clearance.reduced({ whom: { officerIds: [id] }, cause: 'officer.change' });
        this.audit.record(actor, 'officer.change', { type: 'officer', id }, { before: done.before, after: done.after });
      }
      return this.queries.afterVerb(id);
    });
  }
}
