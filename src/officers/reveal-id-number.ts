import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { notFound } from '../kernel/problem.js';
import { OfficerIdentity } from './officer-identity.js';
import { officerScope } from './officer-scope.js';
import { RevealsQueries } from './reveals.queries.js';

/** The one place that shows a whole ID number: with a reason, in the audit trail together with how many were shown lately. */
@Injectable()
export class RevealIdNumber {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly identity: OfficerIdentity,
    private readonly reveals: RevealsQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 when the reason quotes a number itself, 404 */
  async execute(actor: Actor, id: string, reason: string): Promise<string> {
    if (/\d{15}/.test(reason.normalize('NFKC').replace(/[\s-]/g, ''))) {
      const detail = 'Give the reason without the number itself: it is kept in the audit trail.';
      throw inputInvalid([{ pointer: '/reason', code: 'ID_NUMBER_IN_TEXT', detail }]);
    }
    return this.uow.run(async () => {
      const scope = officerScope(actor);
      const row = await this.db.row<{ id: string; id_number_cipher: string }>(
        `SELECT o.id, o.id_number_cipher FROM officers o WHERE o.id = ? AND ${scope.sql}`,
        [id, ...scope.parameters],
      );
      if (!row) throw notFound('officer');
      const now = await this.clock.now();
      const shownInLastHour = 1 + (await this.reveals.since(actor.accountId, now - 3_600_000));
      this.audit.record(
        actor,
        'officer.reveal-id-number',
        { type: 'officer', id },
        { after: { reason, shownInLastHour } },
      );
      return this.identity.openIdNumber(row.id, row.id_number_cipher);
    });
  }
}
