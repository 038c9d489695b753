import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { EndCertificate } from './end-certificate.js';
import type { ReportLossDto } from './moves.dto.js';

/** BR-75: a lost card is unusable at once; it is replaced by an application of type REISSUE. */
@Injectable()
export class ReportLoss {
  constructor(private readonly end: EndCertificate) {}

  async execute(actor: Actor, id: string, { effectiveFrom }: ReportLossDto): Promise<void> {
    await this.end.execute(actor, id, { command: 'reportLoss', verb: 'certificate.report-loss', effectiveFrom });
  }
}
