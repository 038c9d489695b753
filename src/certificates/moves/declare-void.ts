import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { CertificateLocks } from '../certificate-locks.js';
import { notFrom } from './certificate-moves.js';
import type { VoidNoticeDto } from './moves.dto.js';

/** BR-75: records the public notice that a lost card is void; without it there is no reissue. */
@Injectable()
export class DeclareVoid {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly locks: CertificateLocks,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 published in the future, 404, 409 not lost, or declared void already */
  async execute(actor: Actor, id: string, { medium, reference, publishedOn }: VoidNoticeDto): Promise<void> {
    await this.uow.run(async () => {
      const certificate = await this.locks.one(actor, id);
      const known = await this.db.row('SELECT certificate_id FROM certificate_void_notices WHERE certificate_id = ?', [
        id,
      ]);
      const now = await this.clock.now();
      if (publishedOn > (legalDateOf(now) ?? '')) {
        throw inputInvalid([
          { pointer: '/publishedOn', code: 'DAY_TO_COME', detail: 'publishedOn must not lie in the future' },
        ]);
      }
      if (certificate.state !== 'LOST') throw notFrom(certificate.state, 'declareVoid');
      if (known) {
        throw new Problem('conflict', 'DECLARED_VOID', 'A void notice of this card is recorded already.', {
          extensions: { state: 'LOST' },
        });
      }
      await this.db.insert('certificate_void_notices', {
        certificate_id: id,
        medium,
        reference,
        published_on: publishedOn,
        recorded_at: new Date(now),
        recorded_by: actor.accountId,
      });
      this.audit.record(
        actor,
        'certificate.declare-void',
        { type: 'certificate', id },
        { after: { medium, reference, publishedOn } },
      );
    });
  }
}
