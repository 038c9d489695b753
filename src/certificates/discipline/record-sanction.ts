import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { AuditTrail } from '../../audit/index.js';
import { Bars } from '../../qualification/index.js';
import { barOf } from '../../rules/disqualification.rules.js';
import type { RecordSanctionDto } from './discipline.dto.js';
import { SanctionEffects } from './sanction-effects.js';

/**
 * BR-21 to 23, 85, 118: records a sanction or a conviction from the competent organ, with what follows from it: the bar, the case for
 * each live card, and where it ends the qualification a suspension at once, so that nobody is cleared while the decision is made.
 */
@Injectable()
export class RecordSanction {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly settings: Settings,
    private readonly bars: Bars,
    private readonly effects: SanctionEffects,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives the id. @throws Problem 404 */
  execute(actor: Actor, officerId: string, given: RecordSanctionDto): Promise<string> {
    const { kind, organ, document, effectiveFrom, servedOn } = given;
    return this.uow.run(async () => {
      const held = await this.effects.lock(actor, officerId);
      const now = await this.effects.now();
      const id = newId();
      await this.db.insert('officer_sanctions', {
        id,
        officer_id: officerId,
        kind,
        organ,
        document,
        effective_from: effectiveFrom,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      const months = await this.settings.number(effectiveFrom, 'bar.afterSanctionMonths');
      const bar = barOf(kind, { from: effectiveFrom, servedOn: servedOn ?? null }, months);
      if (bar) await this.bars.impose(actor, [{ ...bar, officerId, source: { type: 'sanction', id } }]);
      await this.effects.onCards(actor, { id, officerId, kind, organ, document, effectiveFrom }, held, now);
      this.audit.record(
        actor,
        'sanction.record',
        { type: 'officer', id: officerId },
        { after: { sanctionId: id, kind, organ, document, effectiveFrom, barredTo: bar?.to ?? null } },
      );
      return id;
    });
  }
}
