import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import { PassVoids } from '../../exams/index.js';
import { CardCases } from '../cards/card-cases.js';
import { isLive, type CertificateRecord } from '../certificate.rows.js';
import { CertificateMoves } from '../moves/certificate-moves.js';
import { FRAUD } from '../moves/grounds.js';
import { VoidReservations } from '../numbers/void-reservations.js';
import { SanctionEffects } from './sanction-effects.js';

export interface Disqualification {
  readonly ground: string;
  readonly document: string;
  readonly decidedBy: string;
  readonly from: number;
  readonly source: { readonly type: string; readonly id: string };
  readonly now: number;
}

/** What a disqualification does to the person's cards, reservations and passes. */
@Injectable()
export class DisqualificationEffects {
  constructor(
    private readonly sanctions: SanctionEffects,
    private readonly moves: CertificateMoves,
    private readonly reservations: VoidReservations,
    private readonly passes: PassVoids,
    private readonly cases: CardCases,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** The officer's certificates, everything locked. @throws Problem 404 outside the scope */
  lock(actor: Actor, officerId: string): Promise<readonly CertificateRecord[]> {
    return this.sanctions.lock(actor, officerId);
  }

  now(): Promise<number> {
    return this.sanctions.now();
  }

  /** Gives the numbers of the certificates that were revoked. */
  async revokeAll(
    actor: Actor,
    officerId: string,
    held: readonly CertificateRecord[],
    { ground, document, decidedBy, from, source, now }: Disqualification,
  ): Promise<readonly string[]> {
    const live = held.filter((one) => one.state === 'VALID' && isLive(one, now));
    const places = live.map((certificate) => ({ certificate, effectiveFrom: from }));
    await this.moves.moveAll('revoke', places, now, actor, { ground, document, decidedBy });
    for (const { id } of live) {
      this.audit.record(
        actor,
        'certificate.revoke',
        { type: 'certificate', id },
        { before: { state: 'VALID' }, after: { state: 'REVOKED', ground, document, decidedBy, source: source.id } },
      );
    }
    const reserved = held.filter(({ state }) => state === 'RESERVED');
    await this.reservations.void(
      reserved.map((certificate) => ({ certificate, reasons: [{ code: 'CANCELLED_BY_HAND', facts: {} }] })),
      now,
    );
    if (ground === FRAUD) await this.passes.all(actor, officerId, source, now);
    const ended = live.map((one) => ({ ...one, state: 'REVOKED' as const }));
    await this.cases.settle(ended, now, actor);
    await this.cases.askBack(ended, { cause: 'REVOKED', since: now }, now, actor);
    await this.clearance.reduced({ whom: { officerIds: [officerId] }, cause: 'officer.disqualify' });
    return live.map(({ number }) => number);
  }
}
