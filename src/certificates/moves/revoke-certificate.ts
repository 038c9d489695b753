import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { EndCertificate } from './end-certificate.js';
import { Grounds } from './grounds.js';
import type { RevokeDto } from './moves.dto.js';

/** BR-82, BR-83: the act that punishes. Nothing leads out of it. */
@Injectable()
export class RevokeCertificate {
  constructor(
    private readonly end: EndCertificate,
    private readonly grounds: Grounds,
  ) {}

  async execute(actor: Actor, id: string, { ground, document, effectiveFrom }: RevokeDto): Promise<void> {
    await this.end.execute(actor, id, {
      command: 'revoke',
      verb: 'certificate.revoke',
      ground,
      document,
      effectiveFrom,
      check: (now) => this.grounds.require(ground, now),
    });
  }
}
