import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import type { CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { OfficerLocks } from '../officer-locks.js';
import { CardCases, type CaseOrder } from './card-cases.js';

/** Opens the cases of a person who moved: officer first, then the certificates, then the clock. */
@Injectable()
export class MovementCases {
  constructor(
    private readonly clock: Clock,
    private readonly officers: OfficerLocks,
    private readonly locks: CertificateLocks,
    private readonly cases: CardCases,
  ) {}

  async open(
    officerId: string,
    order: CaseOrder,
    concerned: (certificate: CertificateRecord) => boolean,
  ): Promise<void> {
    await this.officers.lock([officerId]);
    const certificates = await this.locks.statesOfOfficers([officerId]);
    const now = await this.clock.now();
    await this.cases.openForLive(certificates.filter(concerned), order, now, null);
  }
}
