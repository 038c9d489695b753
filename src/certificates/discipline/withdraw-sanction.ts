import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { notFound, Problem } from '../../kernel/problem.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { AuditTrail } from '../../audit/index.js';
import { Bars } from '../../qualification/index.js';
import { CardCases } from '../cards/card-cases.js';
import { SanctionEffects } from './sanction-effects.js';

/** A sanction was annulled, or entered in error: its bar and its cases end. A suspension is lifted by its own verb only (BR-80). */
@Injectable()
export class WithdrawSanction {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly bars: Bars,
    private readonly cases: CardCases,
    private readonly effects: SanctionEffects,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 withdrawn already */
  async execute(actor: Actor, officerId: string, id: string, document: string, reason: string): Promise<void> {
    await this.uow.run(async () => {
      await this.effects.lock(actor, officerId);
      const sanction = await this.db.row<{ effective_from: string; kind: string; superseded_at: Date | null }>(
        'SELECT effective_from, kind, superseded_at FROM officer_sanctions WHERE id = ? AND officer_id = ?',
        [id, officerId],
      );
      if (!sanction) throw notFound('sanction');
      const now = await this.effects.now();
      if (sanction.superseded_at !== null || !(await this.db.supersede('officer_sanctions', id, now))) {
        throw new Problem('conflict', 'SANCTION_WITHDRAWN', 'This sanction was withdrawn already.', {
          extensions: { state: 'WITHDRAWN' },
        });
      }
      const bar = await this.db.row(
        `SELECT id FROM qualification_bars WHERE officer_id = ? AND source_type = 'sanction' AND source_id = ? AND superseded_at IS NULL`,
        [officerId, id],
      );
      const source = { type: 'sanction', id };
      if (bar) await this.bars.lift(actor, { officerId, source, on: sanction.effective_from, reason: document });
      await this.cases.withdraw(id, `${document}：${reason}`.slice(0, 500), now, actor);
      this.audit.record(
        actor,
        'sanction.withdraw',
        { type: 'officer', id: officerId },
        { before: { sanctionId: id, kind: sanction.kind }, after: { document, reason } },
      );
    });
  }
}
