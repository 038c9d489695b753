import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { versioned } from '../versioned.js';
import { CreateDelegation } from './create-delegation.js';
import { DelegationReader } from './delegation-reader.js';
import { CreateDelegationDto, DelegationsQuery, PublishDelegationDto, SignDelegationDto } from './delegations.dto.js';
import { DelegationDetailView, DelegationPageView } from './delegations.view.js';
import { PublishDelegation } from './publish-delegation.js';
import { SignDelegation } from './sign-delegation.js';

/** Delegations as they are entered and read; how they end stands in delegation-decisions.controller.ts. */
@ApiTags('delegations')
@Controller('delegations')
export class DelegationsController {
  constructor(
    private readonly reader: DelegationReader,
    private readonly clock: Clock,
    private readonly createDelegation: CreateDelegation,
    private readonly signDelegation: SignDelegation,
    private readonly publishDelegation: PublishDelegation,
  ) {}

  @Post()
  @Requires('subject.write')
  async create(
    @ActingAs() actor: Actor,
    @Body() body: CreateDelegationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelegationDetailView> {
    return versioned(reply, await this.createDelegation.execute(actor, body));
  }

  @Get()
  @Requires('business.read')
  async list(@ActingAs() actor: Actor, @Query() query: DelegationsQuery): Promise<DelegationPageView> {
    return this.reader.list(actor, query, await this.clock.now());
  }

  @Get(':id')
  @Requires('business.read')
  async read(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelegationDetailView> {
    return versioned(reply, await this.reader.read(actor, id, await this.clock.now()));
  }

  @Post(':id/sign')
  @HttpCode(200)
  @Requires('subject.write')
  async sign(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: SignDelegationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelegationDetailView> {
    return versioned(reply, await this.signDelegation.execute(actor, id, body));
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Requires('subject.write')
  async publish(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: PublishDelegationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelegationDetailView> {
    return versioned(reply, await this.publishDelegation.execute(actor, id, body));
  }
}
