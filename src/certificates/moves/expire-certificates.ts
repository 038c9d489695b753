import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { AuditTrail } from '../../audit/index.js';
import { endOfDay, legalDateOf } from '../../rules/calendar.js';
import { standingAt } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { OfficerLocks } from '../officer-locks.js';
import { CertificateMoves } from './certificate-moves.js';

const AT_ONCE = 500;

/**
 * BR-70: writes down that a validity has passed. Nothing rests on it running in time: every reader derives EXPIRED from the
 * dates, so it changes nobody's clearance.
 */
@Sweeps({ everyMs: 300_000 })
@Injectable()
export class ExpireCertificates implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly officers: OfficerLocks,
    private readonly locks: CertificateLocks,
    private readonly moves: CertificateMoves,
    private readonly audit: AuditTrail,
  ) {}

  async sweep(): Promise<number> {
    let total = 0;
    for (;;) {
      const moved = await this.uow.run(() => this.someOfThem());
      total += moved;
      if (moved === 0) return total;
    }
  }

  private async someOfThem(): Promise<number> {
    const today = legalDateOf(await this.clock.now()) ?? '';
    const due = await this.db.rows<{ id: string; officer_id: string }>(
      `SELECT c.id, c.officer_id FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
       WHERE c.valid_to < ? AND st.status = 'VALID' LIMIT ${AT_ONCE}`,
      [today],
    );
    if (due.length === 0) return 0;
    await this.officers.lock(due.map(({ officer_id }) => officer_id));
    const locked = await this.locks.states(due.map(({ id }) => id));
    const now = await this.clock.now();
    const expired = locked.filter((one) => one.state === 'VALID' && standingAt(one, now) === 'EXPIRED');
    const places = expired.map((certificate) => ({ certificate, effectiveFrom: endOfDay(certificate.validTo) ?? now }));
    await this.moves.moveAll('expire', places, now, null);
    const first = expired[0];
    if (first) {
      this.audit.record(
        null,
        'certificate.expire',
        { type: 'certificate', id: first.id },
        { after: { state: 'EXPIRED', certificates: expired.map(({ id }) => id) } },
      );
    }
    return expired.length;
  }
}
