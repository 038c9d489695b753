import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { AuditTrail } from './audit-trail.js';
import { AuditEntriesQuery, CheckpointsQuery } from './audit.dto.js';
import { AuditQueries } from './audit.queries.js';
import { AuditEntryPageView, CheckpointPageView, ChainVerificationView } from './audit.view.js';
import { VerifyChain } from './verify-chain.js';

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(
    private readonly audit: AuditQueries,
    private readonly verifyChain: VerifyChain,
    private readonly trail: AuditTrail,
    private readonly uow: UnitOfWork,
  ) {}

  @Get('entries')
  @Requires('audit.read')
  entries(@Query() query: AuditEntriesQuery): Promise<AuditEntryPageView> {
    return this.audit.entries(query);
  }

  @Get('checkpoints')
  @Requires('audit.read')
  checkpoints(@Query() query: CheckpointsQuery): Promise<CheckpointPageView> {
    return this.audit.checkpoints(query);
  }

  /** Recomputes the whole trail; that it was done stands in the trail afterwards. */
  @Post('verify')
  @HttpCode(200)
  @Requires('audit.read')
  async verify(@ActingAs() actor: Actor): Promise<ChainVerificationView> {
    const result = await this.verifyChain.execute();
    await this.uow.run(async () => {
      this.trail.record(actor, 'audit.verify', { type: 'audit', id: '1' }, { after: result });
    });
    return result;
  }
}
