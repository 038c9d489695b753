import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { ApiPage } from '../infrastructure/http/api-page.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import type { Page } from '../kernel/page.js';
import { ChainView } from './chain.view.js';
import { DeploymentEvents } from './deployment-events.js';
import { FindMembersDto, StrengthQuery, SubstitutesQuery } from './duty-people.dto.js';
import { FoundMembersView, StrengthView, SubstitutesView } from './duty-people.view.js';
import { FindMembers } from './find-members.queries.js';
import { ReadChain } from './read-chain.queries.js';
import { Strength } from './strength.queries.js';
import { Substitutes } from './substitutes.queries.js';

/** What helps to put a team together and to see who may act; nothing here clears anybody. */
@ApiTags('duty')
@Controller('duty')
export class DutyPeopleController {
  constructor(
    private readonly findMembers: FindMembers,
    private readonly substitutes: Substitutes,
    private readonly strength: Strength,
    private readonly readChain: ReadChain,
    private readonly events: DeploymentEvents,
  ) {}

  /** Whom typed or pasted names and certificate numbers mean. */
  @Post('members/find')
  @HttpCode(200)
  @Requires('duty.check')
  find(@ActingAs() actor: Actor, @Body() body: FindMembersDto): Promise<FoundMembersView> {
    return this.findMembers.execute(actor, body);
  }

  /** Who else of the body is cleared for this question and free at that time. */
  @Get('substitutes')
  @Requires('duty.check')
  propose(@ActingAs() actor: Actor, @Query() query: SubstitutesQuery): Promise<SubstitutesView> {
    return this.substitutes.execute(actor, query);
  }

  /** How many people of each body could be sent now. */
  @ApiPage(StrengthView)
  @Get('strength')
  @Requires('business.read')
  count(@ActingAs() actor: Actor, @Query() query: StrengthQuery): Promise<Page<StrengthView>> {
    return this.strength.list(actor, query);
  }

  /** Which matters the body may act in at this moment, on what basis, until when. */
  @Get('subjects/:id/chain')
  @Requires('business.read')
  chain(@ActingAs() actor: Actor, @Param('id') id: string): Promise<ChainView> {
    return this.readChain.execute(actor, id);
  }

  /** Changes of the deployments in the scope as they happen: a recall is heard within two seconds. */
  @Get('deployments/events')
  @ApiProduces('text/event-stream')
  @Requires('business.read')
  async listen(@ActingAs() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.events.execute(actor, request, reply);
  }
}
