import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import { endOfDay, startOfDay } from '../../rules/calendar.js';
import { replacedBy } from '../../rules/certificate.rules.js';
import { CardCases } from '../cards/card-cases.js';
import { liveSlot, standingAt, type CertificateRecord } from '../certificate.rows.js';
import { CertificateMoves } from './certificate-moves.js';

/** A card that is about to become valid. */
export interface Heir {
  readonly number: string;
  readonly officerId: string;
  readonly type: string;
  readonly validFrom: string;
}

/** BR-62: at most one live card per person and type; a new one ends the old one when it begins. */
@Injectable()
export class EarlierCards {
  constructor(
    private readonly moves: CertificateMoves,
    private readonly clearance: ClearanceChanges,
    private readonly cases: CardCases,
    private readonly audit: AuditTrail,
  ) {}

  /** In the transaction that makes the heirs valid, before it does. `held`: every certificate of their holders, locked. */
  async endFor(
    heirs: readonly Heir[],
    held: readonly CertificateRecord[],
    now: number,
    actor: Actor | null,
  ): Promise<void> {
    const heirOf = new Map(heirs.map((heir) => [liveSlot(heir.officerId, heir.type), heir]));
    const earlier = held.filter((one) => one.state === 'VALID' && heirOf.has(liveSlot(one.officerId, one.type)));
    const replaced = earlier.filter(
      (one) => replacedBy([{ id: one.id, type: one.type, standing: standingAt(one, now) }], one.type).length > 0,
    );
    // Its time has passed and no sweeper has written it down yet.
    const expired = earlier.filter((one) => !replaced.includes(one));
    await this.moves.moveAll(
      'expire',
      expired.map((certificate) => ({ certificate, effectiveFrom: endOfDay(certificate.validTo) ?? now })),
      now,
      null,
    );
    for (const { id } of expired) {
      this.audit.record(null, 'certificate.expire', { type: 'certificate', id }, { after: { state: 'EXPIRED' } });
    }
    const places = replaced.map((certificate) => {
      const heir = heirOf.get(liveSlot(certificate.officerId, certificate.type));
      return { certificate, effectiveFrom: Math.max(now, startOfDay(heir?.validFrom) ?? now) };
    });
    await this.moves.moveAll('replace', places, now, actor);
    if (replaced.length === 0) return;
    const ended = replaced.map((one) => ({ ...one, state: 'REPLACED' as const }));
    await this.cases.settle(ended, now, actor);
    await this.cases.askBack(ended, { cause: 'REPLACED', since: now }, now, actor);
    const officerIds = replaced.map(({ officerId }) => officerId).sort();
    await this.clearance.reduced({ whom: { officerIds }, cause: 'certificate.replace' });
    for (const { id, officerId, type } of replaced) {
      const next = heirOf.get(liveSlot(officerId, type))?.number;
      this.audit.record(
        actor,
        'certificate.replace',
        { type: 'certificate', id },
        { after: { state: 'REPLACED', next } },
      );
    }
  }
}
