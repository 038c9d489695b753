import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { VoidReservations } from '../numbers/void-reservations.js';
import { EndCertificate } from './end-certificate.js';
import type { CancelDto } from './moves.dto.js';

/** BR-77, BR-78: ends a certificate administratively, with or without the card. */
@Injectable()
export class CancelCertificate {
  constructor(
    private readonly end: EndCertificate,
    private readonly reservations: VoidReservations,
  ) {}

  async execute(actor: Actor, id: string, { cause, document, effectiveFrom, cardReturned }: CancelDto): Promise<void> {
    await this.end.execute(actor, id, {
      command: 'cancel',
      verb: 'certificate.cancel',
      ground: cause,
      document: document ?? null,
      cardReturned,
      effectiveFrom,
      then: async (certificate) => {
        if (certificate.state === 'RESERVED')
          await this.reservations.release(certificate, [{ code: 'CANCELLED_BY_HAND', facts: { cause } }]);
      },
    });
  }
}
