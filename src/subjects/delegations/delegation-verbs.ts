import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { DelegationVerb } from '../../rules/delegation.lifecycle.js';
import { DelegationReader } from './delegation-reader.js';
import { DelegationQueries } from './delegations.queries.js';
import type { DelegationFile } from './delegations.rows.js';
import type { DelegationDetailView } from './delegations.view.js';

/** What a verb of a delegation finds when it may begin: everything locked, and the time read after that. */
export interface DelegationMoment {
  readonly file: DelegationFile;
  readonly now: number;
}

/** The frame around every verb of a delegation: bodies, then the delegation; at the end announced, recorded and shown. */
@Injectable()
export class DelegationVerbs {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly delegations: DelegationQueries,
    private readonly reader: DelegationReader,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @param work refuses or writes; gives what the audit notes of it
   * @throws Problem 404 unless both parties are within the scope
   */
  perform(
    actor: Actor,
    id: string,
    verb: DelegationVerb,
    work: (moment: DelegationMoment) => Promise<object>,
  ): Promise<DelegationDetailView> {
    return this.uow.run(async () => {
      const file = await this.delegations.lock(actor, id);
      const now = await this.clock.now();
      const after = await work({ file, now });
      await this.touch(id);
      // Whatever was entered may be late or early, so it may take a right away whichever verb it was.
      await this.clearance.reduced({ whom: { delegationId: id }, cause: `delegation.${verb}` });
      this.audit.record(
        actor,
        `delegation.${verb}`,
        { type: 'delegation', id },
        { before: { stage: file.row.stage }, after },
      );
      return this.reader.read(actor, id, now);
    });
  }

  async touch(id: string): Promise<void> {
    await this.db.execute('UPDATE delegations SET version = version + 1 WHERE id = ?', [id]);
  }
}

/** The suspension that nobody has ended yet. */
export const openSuspension = (file: DelegationFile) =>
  file.suspensions.find(({ superseded_at, effective_to }) => superseded_at === null && effective_to === null) ?? null;
