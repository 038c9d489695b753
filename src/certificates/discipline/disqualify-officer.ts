import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import { AuditTrail } from '../../audit/index.js';
import { Bars } from '../../qualification/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { barOfDisqualification } from '../../rules/disqualification.rules.js';
import { Grounds } from '../moves/grounds.js';
import type { DisqualifyDto } from './discipline.dto.js';
import { DisqualificationEffects } from './disqualification-effects.js';

/** BR-82, BR-83: 取消执法资格. All the person's cards are revoked, and a ban begins. Nothing leads out of the revocations. */
@Injectable()
export class DisqualifyOfficer {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly settings: Settings,
    private readonly grounds: Grounds,
    private readonly bars: Bars,
    private readonly effects: DisqualificationEffects,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives the id. @throws Problem 400 unknown ground, 404, 409 a ban stands already */
  execute(actor: Actor, officerId: string, given: DisqualifyDto): Promise<string> {
    const { ground, document } = given;
    const decidedBy = given.decidedBy ?? actor.homeSubjectName;
    return this.uow.run(async () => {
      const held = await this.effects.lock(actor, officerId);
      const now = await this.effects.now();
      await this.grounds.require(ground, now);
      const from = effectiveInstant(given.effectiveFrom, now);
      const day = legalDateOf(from) ?? '';
      await this.requireNone(officerId, day);
      const years = given.banYears ?? (await this.settings.number(day, 'disqualify.banYears'));
      const bar = barOfDisqualification(day, given.permanent === true ? null : years);
      const id = newId();
      await this.db.insert('officer_disqualifications', {
        id,
        officer_id: officerId,
        ground,
        decided_by: decidedBy,
        document,
        effective_from: new Date(from),
        barred_from: bar.from,
        barred_to: bar.to,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      const source = { type: 'disqualification', id };
      await this.bars.impose(actor, [{ ...bar, officerId, source }]);
      const revoked = await this.effects.revokeAll(actor, officerId, held, {
        ground,
        document,
        decidedBy,
        from,
        source,
        now,
      });
      this.audit.record(
        actor,
        'officer.disqualify',
        { type: 'officer', id: officerId },
        {
          after: {
            disqualificationId: id,
            ground,
            document,
            decidedBy,
            barredFrom: bar.from,
            barredTo: bar.to,
            revoked,
          },
        },
      );
      return id;
    });
  }

  private async requireNone(officerId: string, day: string): Promise<void> {
    const standing = await this.db.row(
      'SELECT id FROM officer_disqualifications WHERE officer_id = ? AND (barred_to IS NULL OR barred_to >= ?) LIMIT 1',
      [officerId, day],
    );
    if (standing) {
      throw new Problem('conflict', 'OFFICER_DISQUALIFIED', 'This officer is disqualified for that day already.', {
        extensions: { state: 'DISQUALIFIED' },
      });
    }
  }
}
