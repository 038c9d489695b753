import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { Events, type EventType } from '../../infrastructure/events/events.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import {
  certificateLifecycle,
  certificateVerbs,
  type CertificateCommand,
  type CertificateVerb,
} from '../../rules/certificate.lifecycle.js';
import { partsOf } from '../collections.js';
import { liveSlot, standingAt, type CertificateRecord } from '../certificate.rows.js';

/** What a move leaves behind beside the state. */
export interface MoveDetail {
  readonly ground?: string | null;
  readonly document?: string | null;
  readonly cardReturned?: boolean | null;
  /** The organ that decided. */
  readonly decidedBy?: string | null;
}

export interface StatePlace {
  readonly certificate: Pick<CertificateRecord, 'id' | 'officerId' | 'type'> & {
    readonly state?: string;
    readonly origin?: string;
  };
  readonly effectiveFrom: number;
}

const EVENT_OF: Readonly<Record<CertificateCommand | 'suspend' | 'lift', EventType>> = {
  activate: 'certificate.issued',
  expire: 'certificate.expired',
  reportLoss: 'certificate.lost',
  revoke: 'certificate.revoked',
  cancel: 'certificate.cancelled',
  replace: 'certificate.replaced',
  suspend: 'certificate.suspended',
  lift: 'certificate.lifted',
};

/** Of more than these a sweeper finds what is to be done. */
const RINGS_FOR = 20;

/** The only writer of certificate states and moves. Everything here runs in the caller's unit, under the caller's locks. */
@Injectable()
export class CertificateMoves {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem 409 with the state found, when the verb can't be done as the certificate stands. */
  requirePossible(certificate: CertificateRecord, verb: CertificateVerb, now: number): void {
    const { state } = certificate;
    const standing = standingAt(certificate, now);
    // A final state is final at once, also where it takes effect later.
    const found = certificateLifecycle.isFinal(state) ? state : standing;
    if (!certificateVerbs(found).includes(verb)) throw notFrom(found, verb);
  }

  /** Moves one certificate. The guard holds even against a caller without locks. */
  async move(
    certificate: CertificateRecord,
    command: CertificateCommand,
    effectiveFrom: number,
    now: number,
    actor: Actor | null,
    detail: MoveDetail = {},
  ): Promise<void> {
    const { from, to } = certificateLifecycle.move(command);
    await this.db.updateOne(
      `UPDATE certificate_states SET status = ?, live_slot = ?, version = version + 1
       WHERE certificate_id = ? AND version = ? AND status IN (${marks(from)})`,
      [
        to,
        to === 'VALID' ? liveSlot(certificate.officerId, certificate.type) : null,
        certificate.id,
        certificate.version,
        ...from,
      ],
      () => this.explain(certificate.id, command),
    );
    await this.record(command, [{ certificate, effectiveFrom }], now, actor, detail);
  }

  /** Moves many that the caller has locked; all or none. */
  async moveAll(
    command: CertificateCommand,
    places: readonly StatePlace[],
    now: number,
    actor: Actor | null,
    detail: MoveDetail = {},
  ): Promise<void> {
    if (places.length === 0) return;
    const { from, to } = certificateLifecycle.move(command);
    const ids = places.map(({ certificate }) => certificate.id);
    const slot =
      to === 'VALID'
        ? `(SELECT CONCAT(c.officer_id, ':', c.type) FROM certificates c WHERE c.id = certificate_states.certificate_id)`
        : 'NULL';
    let moved = 0;
    for (const part of partsOf(ids)) {
      moved += await this.db.execute(
        `UPDATE certificate_states SET status = ?, live_slot = ${slot}, version = version + 1
         WHERE certificate_id IN (${marks(part)}) AND status IN (${marks(from)})`,
        [to, ...part, ...from],
      );
    }
    if (moved !== ids.length)
      throw new Error(`${command}: ${moved} of ${ids.length} locked certificates could be moved`);
    await this.record(command, places, now, actor, detail);
  }

  /** Appends move rows. `reserve` is the entry into the first state and has no state before it. */
  async record(
    command: CertificateCommand | 'reserve',
    places: readonly StatePlace[],
    now: number,
    actor: Actor | null,
    detail: MoveDetail = {},
  ): Promise<void> {
    await this.db.insert(
      'certificate_moves',
      places.map(({ certificate, effectiveFrom }) => ({
        id: newId(),
        certificate_id: certificate.id,
        command,
        state_after: command === 'reserve' ? certificateLifecycle.initial : certificateLifecycle.move(command).to,
        ground: detail.ground ?? null,
        document: detail.document ?? null,
        card_returned: detail.cardReturned ?? null,
        decided_by: detail.decidedBy ?? null,
        effective_from: new Date(effectiveFrom),
        recorded_at: new Date(now),
        recorded_by: actor?.accountId ?? null,
      })),
    );
    // A reservation, kept or given up, is no certificate.
    if (command === 'reserve' || detail.ground === 'NOT_ISSUED') return;
    await this.announce(
      command,
      places.filter(({ certificate }) => certificate.state !== 'RESERVED' || command === 'activate'),
      now,
    );
  }

  /** Tells those who show certificates, and other systems. */
  private async announce(
    command: CertificateCommand | 'suspend' | 'lift',
    places: readonly StatePlace[],
    now: number,
  ): Promise<void> {
    await this.events.tell(
      places
        // A card that is taken over was not issued now; what happens to it later concerns everybody.
        .filter(({ certificate }) => command !== 'activate' || certificate.origin !== 'LEGACY')
        .map(({ certificate, effectiveFrom }) => ({
          type: EVENT_OF[command],
          objectId: certificate.id,
          effectiveFrom,
        })),
      now,
    );
    if (places.length === 0 || places.length > RINGS_FOR) return;
    await this.outbox.put('certificate.moved', { certificateIds: places.map(({ certificate }) => certificate.id) });
  }

  /** Counts a change that is no move (a suspension, a lift): two at once can't both succeed. */
  async touch(
    certificate: CertificateRecord,
    verb: 'suspend' | 'lift',
    effectiveFrom: number,
    now: number,
  ): Promise<void> {
    await this.db.updateOne(
      `UPDATE certificate_states SET version = version + 1 WHERE certificate_id = ? AND version = ? AND status = 'VALID'`,
      [certificate.id, certificate.version],
      () => this.explain(certificate.id, verb),
    );
    await this.announce(verb, [{ certificate, effectiveFrom }], now);
  }

  private async explain(id: string, verb: CertificateVerb): Promise<never> {
    const row = await this.db.row<{ status: string }>(
      'SELECT status FROM certificate_states WHERE certificate_id = ?',
      [id],
    );
    throw notFrom(row?.status ?? 'unknown', verb);
  }
}

export const notFrom = (status: string, verb: CertificateVerb): Problem =>
  new Problem(
    'conflict',
    'CERTIFICATE_STATE',
    `This can't be done (${verb}) while the certificate is ${status}. Read it again to see what is possible now.`,
    { extensions: { state: status } },
  );
