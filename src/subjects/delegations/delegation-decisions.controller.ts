import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { versioned } from '../versioned.js';
import {
  DelegationRecordDto,
  ResumeDelegationDto,
  RevokeDelegationDto,
  SuspendDelegationDto,
} from './delegations.dto.js';
import { DelegationDetailView, DelegationRecordView } from './delegations.view.js';
import { RecordDelegation } from './record-delegation.js';
import { ResumeDelegation } from './resume-delegation.js';
import { RevokeDelegation } from './revoke-delegation.js';
import { SuspendDelegation } from './suspend-delegation.js';

@ApiTags('delegations')
@Controller('delegations')
export class DelegationDecisionsController {
  constructor(
    private readonly suspendDelegation: SuspendDelegation,
    private readonly resumeDelegation: ResumeDelegation,
    private readonly revokeDelegation: RevokeDelegation,
    private readonly recordDelegation: RecordDelegation,
  ) {}

  @Post(':id/suspend')
  @HttpCode(200)
  @Requires('subject.decide')
  async suspend(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: SuspendDelegationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelegationDetailView> {
    return versioned(reply, await this.suspendDelegation.execute(actor, id, body));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Requires('subject.decide')
  async resume(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: ResumeDelegationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelegationDetailView> {
    return versioned(reply, await this.resumeDelegation.execute(actor, id, body));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Requires('subject.decide')
  async revoke(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: RevokeDelegationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelegationDetailView> {
    return versioned(reply, await this.revokeDelegation.execute(actor, id, body));
  }

  /** The delegator's supervision record. */
  @Post(':id/supervisions')
  @Requires('subject.write')
  supervise(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: DelegationRecordDto,
  ): Promise<DelegationRecordView> {
    return this.recordDelegation.supervision(actor, id, body);
  }

  /** The delegatee's report. */
  @Post(':id/reports')
  @Requires('delegation.report')
  report(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: DelegationRecordDto,
  ): Promise<DelegationRecordView> {
    return this.recordDelegation.report(actor, id, body);
  }
}
