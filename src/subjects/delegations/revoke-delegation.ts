import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { delegationLifecycle } from '../../rules/delegation.lifecycle.js';
import { wrongState } from '../refused.js';
import { DelegationVerbs } from './delegation-verbs.js';
import type { RevokeDelegationDto } from './delegations.dto.js';
import type { DelegationDetailView } from './delegations.view.js';

/** Revokes a delegation, once and for all (BR-06). */
@Injectable()
export class RevokeDelegation {
  constructor(
    private readonly db: Db,
    private readonly verbs: DelegationVerbs,
  ) {}

  execute(actor: Actor, id: string, given: RevokeDelegationDto): Promise<DelegationDetailView> {
    return this.verbs.perform(actor, id, 'revoke', async ({ file, now }) => {
      const { stage } = file.row;
      if (!delegationLifecycle.allows(stage, 'revoke')) throw wrongState('DELEGATION_STATE', stage);
      const from = new Date(effectiveInstant(given.effectiveFrom, now));
      await this.db.insert('delegation_revocations', {
        id: newId(),
        delegation_id: id,
        reason: given.reason,
        effective_from: from,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      await this.db.execute(`UPDATE delegations SET stage = 'REVOKED' WHERE id = ?`, [id]);
      return { stage: 'REVOKED', reason: given.reason, effectiveFrom: from };
    });
  }
}
