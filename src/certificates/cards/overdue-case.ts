import { Injectable } from '@nestjs/common';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import type { CardCaseCause, RequiredAct } from '../../rules/card-case.lifecycle.js';
import { isLive, type CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { CustodyDesk } from '../custody/custody-desk.js';
import { CertificateMoves } from '../moves/certificate-moves.js';
import { OfficerLocks } from '../officer-locks.js';

export interface DueCase {
  readonly id: string;
  readonly officer_id: string;
  readonly certificate_id: string;
  readonly cause: CardCaseCause;
  readonly required_act: RequiredAct;
}

const CANCEL_CAUSE: Partial<Readonly<Record<CardCaseCause, string>>> = {
  LEFT_SERVICE: 'LEFT_POST',
  TRANSFERRED: 'TRANSFERRED',
  SUBJECT_ABOLISHED: 'SUBJECT_ABOLISHED',
  DELEGATION_ENDED: 'DELEGATION_ENDED',
};

/** What the system itself does about a card that is overdue: what a movement ends is cancelled, and the card counts as missing. */
@Injectable()
export class OverdueCase {
  constructor(
    private readonly officers: OfficerLocks,
    private readonly locks: CertificateLocks,
    private readonly moves: CertificateMoves,
    private readonly custody: CustodyDesk,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  async lock(one: DueCase): Promise<CertificateRecord | null> {
    await this.officers.lock([one.officer_id]);
    return (await this.locks.states([one.certificate_id]))[0] ?? null;
  }

  /** Gives what was done. Revoking and weighing a sanction are people's decisions: there it is only told. */
  async act(
    one: DueCase,
    certificate: CertificateRecord | null,
    now: number,
  ): Promise<'CANCELLED' | 'MISSING' | 'TOLD'> {
    if (certificate === null || one.required_act === 'DECIDE' || one.required_act === 'REVOKE') return 'TOLD';
    await this.custody.moveIfPossible(certificate, 'miss', now, null, { note: '逾期未交回' });
    if (one.required_act !== 'CANCEL' || certificate.state !== 'VALID' || !isLive(certificate, now)) return 'MISSING';
    const ground = CANCEL_CAUSE[one.cause] ?? 'OTHER';
    await this.moves.move(certificate, 'cancel', now, now, null, { ground, cardReturned: false });
    await this.clearance.reduced({ whom: { officerIds: [one.officer_id] }, cause: 'certificate.cancel' });
    this.audit.record(
      null,
      'certificate.cancel',
      { type: 'certificate', id: certificate.id },
      {
        before: { state: certificate.state },
        after: { state: 'CANCELLED', ground, cardReturned: false, caseId: one.id },
      },
    );
    return 'CANCELLED';
  }
}
