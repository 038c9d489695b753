import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { ApplicationQueue } from './application-queue.queries.js';
import {
  ApplicationDetailView,
  ApplicationPage,
  ApplicationQueueView,
  DecidedView,
  SubmittedView,
} from './application.view.js';
import {
  ApplicationListQuery,
  ApplicationQueueQuery,
  DecideApplicationsDto,
  ResubmitApplicationDto,
  SubmitApplicationsDto,
  WithdrawApplicationDto,
} from './applications.dto.js';
import { ApplicationQueries } from './applications.queries.js';
import { DecideApplications } from './decide-applications.js';
import { ResubmitApplication } from './resubmit-application.js';
import { SubmitApplications } from './submit-applications.js';
import { WithdrawApplication } from './withdraw-application.js';

@ApiTags('certificates')
@Controller('certificate-applications')
export class ApplicationsController {
  constructor(
    private readonly queries: ApplicationQueries,
    private readonly submitApplications: SubmitApplications,
    private readonly decideApplications: DecideApplications,
    private readonly withdrawApplication: WithdrawApplication,
    private readonly resubmitApplication: ResubmitApplication,
    private readonly applicationQueue: ApplicationQueue,
  ) {}

  @Post()
  @HttpCode(200)
  @Requires('application.submit')
  submit(@ActingAs() actor: Actor, @Body() body: SubmitApplicationsDto): Promise<SubmittedView> {
    return this.submitApplications.execute(actor, body);
  }

  @Post('decide')
  @HttpCode(200)
  @Requires('application.decide')
  decide(@ActingAs() actor: Actor, @Body() body: DecideApplicationsDto): Promise<DecidedView> {
    return this.decideApplications.execute(actor, body);
  }

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: ApplicationListQuery): Promise<ApplicationPage> {
    return this.queries.list(actor, query);
  }

  /** What waits at a step, with what stands against it today: exceptions first. */
  @Get('queue')
  @Requires('application.decide')
  queue(@ActingAs() actor: Actor, @Query() query: ApplicationQueueQuery): Promise<ApplicationQueueView> {
    return this.applicationQueue.read(actor, query);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Requires('application.submit')
  async withdraw(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: WithdrawApplicationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationDetailView> {
    await this.withdrawApplication.execute(actor, id, body.reason);
    return this.one(actor, id, reply);
  }

  @Post(':id/resubmit')
  @HttpCode(200)
  @Requires('application.submit')
  async resubmit(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: ResubmitApplicationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationDetailView> {
    await this.resubmitApplication.execute(actor, id, body);
    return this.one(actor, id, reply);
  }

  @Get(':id')
  @Requires('business.read')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationDetailView> {
    const application = await this.queries.one(actor, id);
    setVersion(reply, application.version);
    return application;
  }
}
