import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { decidePower } from '../../rules/subject.rules.js';
import { SubjectQueries } from '../bodies/subjects.queries.js';
import { MatterQueries } from '../matters/matters.queries.js';
import { refuseUnlessAllowed } from '../refused.js';
import type { GrantPowerDto } from './powers.dto.js';
import { PowerQueries } from './powers.queries.js';
import type { PowerView } from './powers.view.js';

/** Enters a power of the body's own, with the law it rests on. */
@Injectable()
export class GrantPower {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly subjects: SubjectQueries,
    private readonly matters: MatterQueries,
    private readonly powers: PowerQueries,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404 body or matter, 422 */
  execute(actor: Actor, subjectId: string, given: GrantPowerDto): Promise<PowerView> {
    return this.uow.run(async () => {
      const holder = await this.subjects.lockOne(actor, subjectId);
      const matter = await this.matters.read(given.matterCode);
      const now = await this.clock.now();
      const { verdict } = decidePower({
        holder,
        matter,
        jurisdictionCode: given.jurisdictionCode,
        basisRank: given.legalBasis.rank,
        validFrom: given.validFrom,
        validTo: given.validTo ?? null,
      });
      refuseUnlessAllowed(verdict, 'This power can not be entered; each reason is named.');
      const id = newId();
      await this.db.insert('subject_powers', {
        id,
        subject_id: subjectId,
        matter_code: matter.code,
        jurisdiction_code: given.jurisdictionCode,
        basis_title: given.legalBasis.title,
        basis_article: given.legalBasis.article,
        basis_rank: given.legalBasis.rank,
        valid_from: given.validFrom,
        valid_to: given.validTo ?? null,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      await this.clearance.reduced({ whom: { subjectId }, cause: 'power.grant' });
      this.audit.record(actor, 'power.grant', { type: 'subject', id: subjectId }, { after: { powerId: id, ...given } });
      return this.powers.read(actor, subjectId, id);
    });
  }
}
