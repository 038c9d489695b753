import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { AuditTrail } from '../../audit/index.js';
import { CertificateLocks } from '../certificate-locks.js';
import { VoidReservations } from '../numbers/void-reservations.js';
import { OfficerLocks } from '../officer-locks.js';
import { BatchLease } from './batch-lease.js';
import { BatchWorker } from './batch-worker.js';

/** A reservation outside a running batch that is older than this is given up. */
const FORGOTTEN_MS = 60_000;

/** The reconciler of issuing (R12): takes up batches that nobody works on, and gives up reservations that nobody will finish. */
@Sweeps({ everyMs: 5_000 })
@Injectable()
export class BatchSweeper implements Sweeper {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly lease: BatchLease,
    private readonly worker: BatchWorker,
    private readonly officers: OfficerLocks,
    private readonly certificates: CertificateLocks,
    private readonly reservations: VoidReservations,
    private readonly audit: AuditTrail,
  ) {}

  async sweep(): Promise<number> {
    let moved = 0;
    for (const id of await this.lease.abandoned()) if (await this.worker.advance(id)) moved += 1;
    return moved + (await this.giveUpForgotten());
  }

  private async giveUpForgotten(): Promise<number> {
    return this.uow.run(async () => {
      const due = await this.reservations.forgotten((await this.clock.now()) - FORGOTTEN_MS);
      if (due.length === 0) return 0;
      await this.officers.lock(due.map(({ officerId }) => officerId));
      const locked = await this.certificates.states(due.map(({ id }) => id));
      const now = await this.clock.now();
      const orders = locked
        .filter(({ state }) => state === 'RESERVED')
        .map((certificate) => ({ certificate, reasons: [{ code: 'ISSUE_INTERRUPTED', facts: {} }] }));
      await this.reservations.void(orders, now);
      for (const { certificate, reasons } of orders) {
        this.audit.record(null, 'certificate.void', { type: 'certificate', id: certificate.id }, { reasons });
      }
      return orders.length;
    });
  }
}
