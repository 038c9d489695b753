import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { Db } from '../../infrastructure/database/db.js';
import { CardCases } from '../cards/card-cases.js';
import { standingAt, type CertificateRecord } from '../certificate.rows.js';
import { CertificateMoves, notFrom } from './certificate-moves.js';

export interface SuspensionOrder {
  readonly ground: string;
  readonly document: string;
  readonly decidedBy: string;
  readonly from: number;
  /** Null: none is planned. */
  readonly planned: number | null;
}

/** Writes suspensions, in the caller's unit and under its locks. The caller announces the reduced clearance. */
@Injectable()
export class Suspensions {
  constructor(
    private readonly db: Db,
    private readonly moves: CertificateMoves,
    private readonly cases: CardCases,
  ) {}

  /** Gives the id of the suspension. @throws Problem 409 with the state found */
  async begin(certificate: CertificateRecord, order: SuspensionOrder, now: number, actor: Actor): Promise<string> {
    this.moves.requirePossible(certificate, 'suspend', now);
    // One may have been entered that begins later.
    if (hasOpen(certificate)) throw notFrom('SUSPENDED', 'suspend');
    const id = newId();
    await this.moves.touch(certificate, 'suspend', order.from, now);
    await this.db.insert('certificate_suspensions', {
      id,
      certificate_id: certificate.id,
      ground: order.ground,
      document: order.document,
      decided_by: order.decidedBy,
      effective_from: new Date(order.from),
      planned_to: order.planned === null ? null : new Date(order.planned),
      recorded_at: new Date(now),
      recorded_by: actor.accountId,
    });
    const period = { id, from: order.from, to: null, plannedTo: order.planned };
    await this.cases.settle([{ ...certificate, suspensions: [...certificate.suspensions, period] }], now, actor);
    return id;
  }

  /** Whether nothing stands in the way: valid now, and no other suspension open. */
  isPossible(certificate: CertificateRecord, now: number): boolean {
    return certificate.state === 'VALID' && standingAt(certificate, now) === 'VALID' && !hasOpen(certificate);
  }
}

const hasOpen = ({ suspensions }: CertificateRecord): boolean => suspensions.some(({ to }) => to === null);
