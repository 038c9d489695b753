import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { notFound, Problem } from '../../kernel/problem.js';
import { below, Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { cardCaseLifecycle, mayKeep, type CardCaseCause, type RequiredAct } from '../../rules/card-case.lifecycle.js';
import { CertificateLocks } from '../certificate-locks.js';
import { CardCases } from './card-cases.js';
import { caseState } from './card-case-state.js';

/** The decision that a sanctioned officer keeps the certificate; other causes leave no choice. */
@Injectable()
export class KeepCertificate {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly locks: CertificateLocks,
    private readonly cases: CardCases,
  ) {}

  /** @throws Problem 404, 409 closed already, 422 the cause leaves no choice */
  async execute(actor: Actor, id: string, document: string, reason: string): Promise<void> {
    await this.uow.run(async () => {
      const found = await this.db.row<{ certificate_id: string }>(
        `SELECT k.certificate_id FROM card_cases k JOIN officers o ON o.id = k.officer_id JOIN subjects s ON s.id = o.subject_id
         WHERE k.id = ? AND s.path LIKE ?`,
        [id, below(actor.homeSubjectPath)],
      );
      if (!found) throw notFound('card case');
      await this.locks.one(actor, found.certificate_id);
      const row = await this.db.row<{
        cause: CardCaseCause;
        required_act: RequiredAct;
        closed_at: Date | null;
        escalated_at: Date | null;
      }>('SELECT cause, required_act, closed_at, escalated_at FROM card_cases WHERE id = ? FOR UPDATE', [id]);
      if (!row) throw notFound('card case');
      const now = await this.clock.now();
      const state = caseState(row);
      if (!cardCaseLifecycle.allows(state, 'keep')) {
        throw new Problem('conflict', 'CARD_CASE_STATE', 'This case is closed already.', { extensions: { state } });
      }
      if (!mayKeep(row.required_act)) {
        throw new Problem('refused', 'CASE_LEAVES_NO_CHOICE', 'This case leaves no choice.', {
          reasons: [{ code: 'CASE_LEAVES_NO_CHOICE', facts: { cause: row.cause } }],
        });
      }
      await this.cases.close(id, 'KEPT', `${document}：${reason}`.slice(0, 500), now, actor);
    });
  }
}
