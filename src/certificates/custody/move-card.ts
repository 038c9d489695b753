import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { decideCustody, type CustodyCommand } from '../../rules/card-custody.lifecycle.js';
import { CardCases } from '../cards/card-cases.js';
import { standingAt, type CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { CustodyDesk } from './custody-desk.js';
import type { MoveCardDto } from './custody.dto.js';

/** Verbs of people on a card, as they stand in the path. */
export const CARD_VERBS = {
  'hand-out': 'handOut',
  'take-back': 'takeBack',
  'give-back': 'giveBack',
  'report-missing': 'miss',
} as const satisfies Record<string, CustodyCommand>;
export type CardVerb = keyof typeof CARD_VERBS;

/** A card goes from one hand to another (BR-75 to BR-78); what waited for it is closed. */
@Injectable()
export class MoveCard {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly locks: CertificateLocks,
    private readonly custody: CustodyDesk,
    private readonly cases: CardCases,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 a day to come, 404, 409 with the state found, 422 */
  async execute(actor: Actor, id: string, verb: CardVerb, given: MoveCardDto): Promise<void> {
    const command = CARD_VERBS[verb];
    await this.uow.run(async () => {
      const certificate = await this.locks.one(actor, id);
      const oldCardOut = await this.oldCardOut(certificate);
      const now = await this.clock.now();
      if (given.happenedOn !== undefined && given.happenedOn > (legalDateOf(now) ?? '')) throw dayToCome();
      if (certificate.state === 'RESERVED') throw notIssued();
      const before = await this.custody.require(certificate, command);
      const verdict = decideCustody(command, {
        certificate: standingAt(certificate, now),
        certificateNo: certificate.number,
        oldCardOut,
      });
      if (!verdict.allowed) {
        const [first] = verdict.reasons;
        throw new Problem('refused', first?.code ?? 'CUSTODY_REFUSED', 'The card can not go there now.', verdict);
      }
      const after = await this.custody.move(certificate, command, now, actor, given);
      await this.cases.settle([certificate], now, actor);
      this.audit.record(
        actor,
        `card.${verb}`,
        { type: 'certificate', id },
        { before: { custody: before }, after: { custody: after, ...given } },
      );
    });
  }

  /** The number of the card that this one took the place of, where that is still in the holder's hands. */
  private async oldCardOut({ previousId }: CertificateRecord): Promise<string | null> {
    if (previousId === null) return null;
    const [previous] = await this.locks.byIds([previousId]);
    if (!previous) return null;
    return (await this.custody.one(previous)).state === 'WITH_HOLDER' ? previous.number : null;
  }
}

const notIssued = (): Problem =>
  new Problem('conflict', 'CUSTODY_STATE', 'This certificate is not issued: there is no card yet.', {
    extensions: { state: 'RESERVED' },
  });

const dayToCome = (): Problem =>
  inputInvalid([{ pointer: '/happenedOn', code: 'DAY_TO_COME', detail: 'happenedOn must not lie in the future' }]);
