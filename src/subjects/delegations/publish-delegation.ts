import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { delegationLifecycle } from '../../rules/delegation.lifecycle.js';
import { wrongState } from '../refused.js';
import { DelegationVerbs } from './delegation-verbs.js';
import type { PublishDelegationDto } from './delegations.dto.js';
import type { DelegationDetailView } from './delegations.view.js';

/** Records that both sides made the delegation public (BR-05). */
@Injectable()
export class PublishDelegation {
  constructor(
    private readonly db: Db,
    private readonly verbs: DelegationVerbs,
  ) {}

  execute(actor: Actor, id: string, given: PublishDelegationDto): Promise<DelegationDetailView> {
    return this.verbs.perform(actor, id, 'publish', async ({ file, now }) => {
      const { stage } = file.row;
      if (!delegationLifecycle.allows(stage, 'publish')) throw wrongState('DELEGATION_STATE', stage);
      const recorded = { recorded_at: new Date(now), recorded_by: actor.accountId };
      const sides = [
        { side: 'DELEGATOR', ...given.delegatorPublication },
        { side: 'DELEGATEE', ...given.delegateePublication },
      ];
      await this.db.insert(
        'delegation_publications',
        sides.map(({ side, reference, publishedOn }) => ({
          id: newId(),
          delegation_id: id,
          side,
          reference,
          published_on: publishedOn,
          ...recorded,
        })),
      );
      await this.db.execute(`UPDATE delegations SET stage = 'PUBLISHED' WHERE id = ? AND stage = 'SIGNED'`, [id]);
      return { stage: 'PUBLISHED', ...given };
    });
  }
}
