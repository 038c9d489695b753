import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { DestructionDetailView, DestructionPage } from './custody.view.js';
import {
  DestructionListQuery,
  ListForDestructionDto,
  SignDestructionDto,
  WithdrawDestructionDto,
} from './custody.dto.js';
import { DestructionLists } from './destruction-lists.js';
import { DestructionQueries } from './destructions.queries.js';

/** Lists of ended cards to be destroyed, signed by two people. */
@ApiTags('cards')
@Controller('card-destructions')
export class DestructionsController {
  constructor(
    private readonly lists: DestructionLists,
    private readonly queries: DestructionQueries,
  ) {}

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: DestructionListQuery): Promise<DestructionPage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionDetailView> {
    return this.show(actor, id, reply);
  }

  @Post()
  @Requires('card.destroy')
  async propose(
    @ActingAs() actor: Actor,
    @Body() body: ListForDestructionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionDetailView> {
    return this.show(actor, await this.lists.propose(actor, body.certificateIds, body.note), reply);
  }

  /** The second signature: the cards are destroyed. */
  @Post(':id/sign')
  @HttpCode(200)
  @Requires('card.destroy')
  async sign(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: SignDestructionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionDetailView> {
    await this.lists.sign(actor, id, body.note ?? null);
    return this.show(actor, id, reply);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Requires('card.destroy')
  async withdraw(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: WithdrawDestructionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionDetailView> {
    await this.lists.withdraw(actor, id, body.reason);
    return this.show(actor, id, reply);
  }

  private async show(actor: Actor, id: string, reply: FastifyReply): Promise<DestructionDetailView> {
    const list = await this.queries.one(actor, id);
    setVersion(reply, list.version);
    return list;
  }
}
