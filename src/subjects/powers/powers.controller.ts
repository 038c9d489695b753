import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { versioned } from '../versioned.js';
import { EndPower } from './end-power.js';
import { GrantPower } from './grant-power.js';
import { EndPowerDto, GrantPowerDto, PowersQuery } from './powers.dto.js';
import { PowerQueries } from './powers.queries.js';
import { PowerPageView, PowerView } from './powers.view.js';

@ApiTags('subjects')
@Controller('subjects/:id/powers')
export class PowersController {
  constructor(
    private readonly powers: PowerQueries,
    private readonly grantPower: GrantPower,
    private readonly endPower: EndPower,
  ) {}

  @Post()
  @Requires('subject.write')
  async grant(
    @ActingAs() actor: Actor,
    @Param('id') subjectId: string,
    @Body() body: GrantPowerDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PowerView> {
    return versioned(reply, await this.grantPower.execute(actor, subjectId, body));
  }

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Param('id') subjectId: string, @Query() query: PowersQuery): Promise<PowerPageView> {
    return this.powers.list(actor, subjectId, query);
  }

  @Get(':powerId')
  @Requires('business.read')
  async read(
    @ActingAs() actor: Actor,
    @Param('id') subjectId: string,
    @Param('powerId') powerId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PowerView> {
    return versioned(reply, await this.powers.read(actor, subjectId, powerId));
  }

  /** A correction: the row is replaced by one with the earlier end, and both stay readable. */
  @Post(':powerId/end')
  @HttpCode(200)
  @Requires('subject.write')
  async end(
    @ActingAs() actor: Actor,
    @Param('id') subjectId: string,
    @Param('powerId') powerId: string,
    @Body() body: EndPowerDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PowerView> {
    return versioned(reply, await this.endPower.execute(actor, subjectId, powerId, body));
  }
}
