import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { wrongState } from '../refused.js';
import { DelegationVerbs, openSuspension } from './delegation-verbs.js';
import type { SuspendDelegationDto } from './delegations.dto.js';
import type { DelegationDetailView } from './delegations.view.js';

/** Suspends a delegation until it is resumed. */
@Injectable()
export class SuspendDelegation {
  constructor(
    private readonly db: Db,
    private readonly verbs: DelegationVerbs,
  ) {}

  execute(actor: Actor, id: string, given: SuspendDelegationDto): Promise<DelegationDetailView> {
    return this.verbs.perform(actor, id, 'suspend', async ({ file, now }) => {
      const { stage } = file.row;
      if (stage === 'DRAFT' || stage === 'REVOKED') throw wrongState('DELEGATION_STATE', stage);
      if (openSuspension(file)) throw wrongState('DELEGATION_STATE', 'SUSPENDED');
      const from = new Date(effectiveInstant(given.effectiveFrom, now));
      await this.db.insert('delegation_suspensions', {
        id: newId(),
        delegation_id: id,
        reason: given.reason,
        effective_from: from,
        effective_to: null,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      return { suspended: true, reason: given.reason, effectiveFrom: from };
    });
  }
}
