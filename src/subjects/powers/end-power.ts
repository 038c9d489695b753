import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { judgePowerEnd } from '../../rules/body-register.rules.js';
import { SubjectQueries } from '../bodies/subjects.queries.js';
import { refuseUnlessAllowed, wrongState } from '../refused.js';
import type { EndPowerDto } from './powers.dto.js';
import { PowerQueries } from './powers.queries.js';
import type { PowerView } from './powers.view.js';

/** Gives a power an earlier end. The answer is the row that took the place of the old one, with an id of its own. */
@Injectable()
export class EndPower {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly subjects: SubjectQueries,
    private readonly powers: PowerQueries,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 SUPERSEDED, 422 */
  execute(actor: Actor, subjectId: string, powerId: string, { validTo, reason }: EndPowerDto): Promise<PowerView> {
    return this.uow.run(async () => {
      await this.subjects.lockOne(actor, subjectId);
      const power = await this.powers.row(actor, subjectId, powerId);
      const now = await this.clock.now();
      if (power.superseded_at !== null) throw wrongState('POWER_STATE', 'SUPERSEDED');
      refuseUnlessAllowed(
        judgePowerEnd({ validFrom: power.valid_from, validTo: power.valid_to }, validTo),
        'A power can only be given an earlier end.',
      );
      const id = newId();
      await this.db.supersede('subject_powers', power.id, now);
      await this.db.insert('subject_powers', {
        id,
        subject_id: subjectId,
        matter_code: power.matter_code,
        jurisdiction_code: power.jurisdiction_code,
        basis_title: power.basis_title,
        basis_article: power.basis_article,
        basis_rank: power.basis_rank,
        valid_from: power.valid_from,
        valid_to: validTo,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      await this.clearance.reduced({ whom: { subjectId }, cause: 'power.end' });
      this.audit.record(
        actor,
        'power.end',
        { type: 'subject', id: subjectId },
        { before: { powerId, validTo: power.valid_to }, after: { powerId: id, validTo, reason } },
      );
      return this.powers.read(actor, subjectId, id);
    });
  }
}
