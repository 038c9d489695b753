import { ApiPage } from '../infrastructure/http/api-page.js';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import type { Page } from '../kernel/page.js';
import { CheckDuty } from './check-duty.js';
import { CreateDeployment } from './create-deployment.js';
import { DeploymentsQueries } from './deployments.queries.js';
import { CreateDeploymentDto, DutyCheckDto } from './duty-question.dto.js';
import { ChecksQuery, DeploymentsQuery } from './duty.query.dto.js';
import {
  DeploymentSummaryView,
  DeploymentView,
  DutyCheckRecordView,
  DutyCheckSummaryView,
  DutyCheckView,
  DutyReplayView,
} from './duty.view.js';
import { MoveDeployment } from './move-deployment.js';
import { RecordedChecks } from './recorded-checks.js';

@ApiTags('duty')
@Controller('duty')
export class DutyController {
  constructor(
    private readonly checkDuty: CheckDuty,
    private readonly checks: RecordedChecks,
    private readonly createDeployment: CreateDeployment,
    private readonly moveDeployment: MoveDeployment,
    private readonly deployments: DeploymentsQueries,
  ) {}

  @Post('checks')
  @HttpCode(200)
  @Requires('duty.check')
  check(@ActingAs() actor: Actor, @Body() body: DutyCheckDto): Promise<DutyCheckView> {
    return this.checkDuty.execute(actor, body);
  }

  @ApiPage(DutyCheckSummaryView)
  @Get('checks')
  @Requires('business.read')
  listChecks(@ActingAs() actor: Actor, @Query() query: ChecksQuery): Promise<Page<DutyCheckSummaryView>> {
    return this.checks.list(actor, query);
  }

  @Get('checks/:id')
  @Requires('business.read')
  readCheck(@ActingAs() actor: Actor, @Param('id') id: string): Promise<DutyCheckRecordView> {
    return this.checks.read(actor, id);
  }

  @Post('checks/:id/replay')
  @HttpCode(200)
  @Requires('duty.check')
  replay(@ActingAs() actor: Actor, @Param('id') id: string): Promise<DutyReplayView> {
    return this.checks.replay(actor, id);
  }

  @Post('deployments')
  @Requires('duty.deploy')
  async create(
    @ActingAs() actor: Actor,
    @Body() body: CreateDeploymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeploymentView> {
    const id = await this.createDeployment.execute(actor, body);
    void reply.header('location', `/api/v1/duty/deployments/${id}`);
    return this.shown(actor, id, reply);
  }

  @ApiPage(DeploymentSummaryView)
  @Get('deployments')
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: DeploymentsQuery): Promise<Page<DeploymentSummaryView>> {
    return this.deployments.list(actor, query);
  }

  @Get('deployments/:id')
  @Requires('business.read')
  read(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeploymentView> {
    return this.shown(actor, id, reply);
  }

  @Post('deployments/:id/start')
  @HttpCode(200)
  @Requires('duty.deploy')
  async start(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeploymentView> {
    await this.moveDeployment.start(actor, id);
    return this.shown(actor, id, reply);
  }

  @Post('deployments/:id/complete')
  @HttpCode(200)
  @Requires('duty.deploy')
  async complete(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeploymentView> {
    await this.moveDeployment.end(actor, id, 'complete');
    return this.shown(actor, id, reply);
  }

  @Post('deployments/:id/cancel')
  @HttpCode(200)
  @Requires('duty.deploy')
  async cancel(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeploymentView> {
    await this.moveDeployment.end(actor, id, 'cancel');
    return this.shown(actor, id, reply);
  }

  private async shown(actor: Actor, id: string, reply: FastifyReply): Promise<DeploymentView> {
    const view = await this.deployments.read(actor, id);
    setVersion(reply, view.version);
    return view;
  }
}
