import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { PassVoids } from '../../exams/index.js';
import { EndCertificate } from './end-certificate.js';
import { FRAUD, Grounds } from './grounds.js';
import type { RevokeDto } from './moves.dto.js';

/** BR-82, BR-83: the act that punishes. Nothing leads out of it. */
@Injectable()
export class RevokeCertificate {
  constructor(
    private readonly end: EndCertificate,
    private readonly grounds: Grounds,
    private readonly passes: PassVoids,
  ) {}

  async execute(actor: Actor, id: string, { ground, document, decidedBy, effectiveFrom }: RevokeDto): Promise<void> {
    await this.end.execute(actor, id, {
      command: 'revoke',
      verb: 'certificate.revoke',
      ground,
      document,
      decidedBy: decidedBy ?? actor.homeSubjectName,
      effectiveFrom,
      check: (now) => this.grounds.require(ground, now),
      // BR-83: what was obtained by fraud takes the passes with it.
      then: async (certificate, now) => {
        if (ground === FRAUD)
          await this.passes.all(actor, certificate.officerId, { type: 'certificate', id: certificate.id }, now);
      },
    });
  }
}
