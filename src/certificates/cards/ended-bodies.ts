import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { legalDateOf } from '../../rules/calendar.js';
import { MovementCases } from './movement-cases.js';

interface Due {
  readonly certificate_id: string;
  readonly officer_id: string;
  readonly cause: 'SUBJECT_ABOLISHED' | 'DELEGATION_ENDED';
  readonly since: Date | string | null;
}

const AT_ONCE = 200;

/**
 * BR-06, BR-77: opens the cases of cards whose body was abolished, or has no delegation left. It looks at the state by itself, so that
 * an end by date and one by decision are found alike. The duty decision refuses these bodies without it.
 */
@Sweeps({ everyMs: 60_000 })
@Injectable()
export class EndedBodies implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: MovementCases,
  ) {}

  async sweep(): Promise<number> {
    const now = await this.clock.now();
    const due = [...(await this.abolished(now)), ...(await this.undelegated(now))];
    for (const { certificate_id, officer_id, cause, since } of due) {
      const from = since instanceof Date ? since.getTime() : now;
      await this.uow.run(() => this.cases.open(officer_id, { cause, since: from }, ({ id }) => id === certificate_id));
    }
    return due.length;
  }

  private abolished(now: number): Promise<Due[]> {
    return this.db.rows<Due>(
      `SELECT c.id AS certificate_id, c.officer_id, 'SUBJECT_ABOLISHED' AS cause, p.effective_from AS since
       FROM subject_status_periods p JOIN certificates c ON c.subject_id = p.subject_id
       JOIN certificate_states st ON st.certificate_id = c.id
       WHERE p.status = 'ABOLISHED' AND p.superseded_at IS NULL AND p.effective_from <= ? AND st.status = 'VALID' AND c.valid_to >= ?
         AND NOT EXISTS (SELECT 1 FROM card_cases k WHERE k.certificate_id = c.id AND k.cause = 'SUBJECT_ABOLISHED')
       LIMIT ${AT_ONCE}`,
      [new Date(now), legalDateOf(now) ?? ''],
    );
  }

  /** Entrusted bodies all of whose delegations have ended, by date or by revocation; a suspended one is still there. */
  private undelegated(now: number): Promise<Due[]> {
    const today = legalDateOf(now) ?? '';
    return this.db.rows<Due>(
      `SELECT c.id AS certificate_id, c.officer_id, 'DELEGATION_ENDED' AS cause, NULL AS since
       FROM subjects s JOIN certificates c ON c.subject_id = s.id JOIN certificate_states st ON st.certificate_id = c.id
       WHERE s.kind IN ('DELEGATED_ORG','DELEGATED_ORGAN') AND st.status = 'VALID' AND c.valid_to >= ?
         AND EXISTS (SELECT 1 FROM delegations e WHERE e.delegatee_id = s.id AND e.stage <> 'DRAFT')
         AND NOT EXISTS (SELECT 1 FROM delegations d WHERE d.delegatee_id = s.id AND d.stage <> 'DRAFT' AND d.valid_to >= ?
           AND NOT EXISTS (SELECT 1 FROM delegation_revocations r WHERE r.delegation_id = d.id AND r.effective_from <= ?))
         AND NOT EXISTS (SELECT 1 FROM card_cases k WHERE k.certificate_id = c.id AND k.cause = 'DELEGATION_ENDED')
       LIMIT ${AT_ONCE}`,
      [today, today, new Date(now)],
    );
  }
}
