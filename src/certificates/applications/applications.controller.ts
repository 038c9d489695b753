import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { ApplicationDetailView, ApplicationPage, DecidedView, SubmittedView } from './application.view.js';
import { ApplicationListQuery, DecideApplicationsDto, SubmitApplicationsDto } from './applications.dto.js';
import { ApplicationQueries } from './applications.queries.js';
import { DecideApplications } from './decide-applications.js';
import { SubmitApplications } from './submit-applications.js';

@ApiTags('certificates')
@Controller('certificate-applications')
export class ApplicationsController {
  constructor(
    private readonly queries: ApplicationQueries,
    private readonly submitApplications: SubmitApplications,
    private readonly decideApplications: DecideApplications,
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
