import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { CheckPublications } from './check-publications.js';
import { PreparePublications } from './prepare-publications.js';
import { PublicationDetailView, PublicationPage, PublicationsDoneView } from './publication.view.js';
import {
  CheckPublicationsDto,
  PreparePublicationsDto,
  PublicationListQuery,
  WithholdPublicationDto,
} from './publications.dto.js';
import { PublicationQueries } from './publications.queries.js';

@ApiTags('publication')
@Controller('publications')
export class PublicationsController {
  constructor(
    private readonly queries: PublicationQueries,
    private readonly preparePublications: PreparePublications,
    private readonly checkPublications: CheckPublications,
  ) {}

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: PublicationListQuery): Promise<PublicationPage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublicationDetailView> {
    const publication = await this.queries.one(actor, id);
    setVersion(reply, publication.version);
    return publication;
  }

  /** Puts down what the public is to see: the certificate's content and the holder's post as they are now. */
  @Post('prepare')
  @HttpCode(200)
  @Requires('publication.prepare')
  prepare(@ActingAs() actor: Actor, @Body() body: PreparePublicationsDto): Promise<PublicationsDoneView> {
    return this.preparePublications.execute(actor, body);
  }

  /** Publishes, returns or withholds; never by the person who prepared it. */
  @Post('check')
  @HttpCode(200)
  @Requires('publication.check')
  check(@ActingAs() actor: Actor, @Body() body: CheckPublicationsDto): Promise<PublicationsDoneView> {
    return this.checkPublications.execute(actor, body);
  }

  /** Takes somebody off the public list by decision. */
  @Post(':id/withhold')
  @HttpCode(200)
  @Requires('publication.check')
  async withhold(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: WithholdPublicationDto,
  ): Promise<PublicationDetailView> {
    await this.checkPublications.withhold(actor, id, body.reason);
    return this.queries.one(actor, id);
  }
}
