import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { delegationLifecycle } from '../../rules/delegation.lifecycle.js';
import { wrongState } from '../refused.js';
import { DelegationRulings, letterOf } from './delegation-rulings.js';
import { DelegationVerbs } from './delegation-verbs.js';
import type { SignDelegationDto } from './delegations.dto.js';
import type { DelegationDetailView } from './delegations.view.js';

/** Signs a draft: from now on it is a fact of the duty decision, so it is judged once more as it is today. */
@Injectable()
export class SignDelegation {
  constructor(
    private readonly db: Db,
    private readonly verbs: DelegationVerbs,
    private readonly rulings: DelegationRulings,
  ) {}

  execute(actor: Actor, id: string, { signedOn }: SignDelegationDto): Promise<DelegationDetailView> {
    return this.verbs.perform(actor, id, 'sign', async ({ file, now }) => {
      const { stage } = file.row;
      if (!delegationLifecycle.allows(stage, 'sign')) throw wrongState('DELEGATION_STATE', stage);
      await this.rulings.judge(letterOf(file), 'SIGN', now);
      await this.db.updateOne(
        `UPDATE delegations SET stage = 'SIGNED', signed_on = ?, signed_recorded_at = ? WHERE id = ? AND stage = 'DRAFT'`,
        [signedOn, new Date(now), id],
        () => {
          throw wrongState('DELEGATION_STATE', stage);
        },
      );
      return { stage: 'SIGNED', signedOn };
    });
  }
}
