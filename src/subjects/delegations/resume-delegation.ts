import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { judgeResumption } from '../../rules/body-register.rules.js';
import { refuseUnlessAllowed, wrongState } from '../refused.js';
import { standingOf } from './delegation-reader.js';
import { DelegationVerbs, openSuspension } from './delegation-verbs.js';
import type { ResumeDelegationDto } from './delegations.dto.js';
import type { DelegationDetailView } from './delegations.view.js';

/** Ends the suspension that runs: the row without an end gives way to one with an end, and both stay readable. */
@Injectable()
export class ResumeDelegation {
  constructor(
    private readonly db: Db,
    private readonly verbs: DelegationVerbs,
  ) {}

  execute(actor: Actor, id: string, { effectiveFrom }: ResumeDelegationDto): Promise<DelegationDetailView> {
    return this.verbs.perform(actor, id, 'resume', async ({ file, now }) => {
      const { stage } = file.row;
      if (stage === 'DRAFT' || stage === 'REVOKED') throw wrongState('DELEGATION_STATE', stage);
      const open = openSuspension(file);
      if (!open) throw wrongState('DELEGATION_STATE', standingOf(file, now));
      const end = effectiveInstant(effectiveFrom, now);
      refuseUnlessAllowed(
        judgeResumption(open.effective_from.getTime(), end),
        'A delegation can not be resumed before its suspension began.',
      );
      await this.db.supersede('delegation_suspensions', open.id, now);
      await this.db.insert('delegation_suspensions', {
        id: newId(),
        delegation_id: id,
        reason: open.reason,
        effective_from: open.effective_from,
        effective_to: new Date(end),
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      return { suspended: false, effectiveFrom: new Date(end) };
    });
  }
}
