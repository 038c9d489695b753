import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { CustodyQueries } from './custody.queries.js';
import { CustodyDetailView, CustodyPage } from './custody.view.js';
import { CustodyListQuery, MoveCardDto } from './custody.dto.js';
import { MoveCard, type CardVerb } from './move-card.js';

/** Where each card is, from hand to hand. */
@ApiTags('cards')
@Controller('cards')
export class CustodyController {
  constructor(
    private readonly queries: CustodyQueries,
    private readonly moveCard: MoveCard,
  ) {}

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: CustodyListQuery): Promise<CustodyPage> {
    return this.queries.list(actor, query);
  }

  /** By the id of the certificate. */
  @Get(':id')
  @Requires('business.read')
  one(@ActingAs() actor: Actor, @Param('id') id: string): Promise<CustodyDetailView> {
    return this.queries.one(actor, id);
  }

  @Post(':id/hand-out')
  @HttpCode(200)
  @Requires('card.custody')
  handOut(@ActingAs() actor: Actor, @Param('id') id: string, @Body() body: MoveCardDto): Promise<CustodyDetailView> {
    return this.move(actor, id, 'hand-out', body);
  }

  @Post(':id/take-back')
  @HttpCode(200)
  @Requires('card.custody')
  takeBack(@ActingAs() actor: Actor, @Param('id') id: string, @Body() body: MoveCardDto): Promise<CustodyDetailView> {
    return this.move(actor, id, 'take-back', body);
  }

  @Post(':id/give-back')
  @HttpCode(200)
  @Requires('card.custody')
  giveBack(@ActingAs() actor: Actor, @Param('id') id: string, @Body() body: MoveCardDto): Promise<CustodyDetailView> {
    return this.move(actor, id, 'give-back', body);
  }

  @Post(':id/report-missing')
  @HttpCode(200)
  @Requires('card.custody')
  miss(@ActingAs() actor: Actor, @Param('id') id: string, @Body() body: MoveCardDto): Promise<CustodyDetailView> {
    return this.move(actor, id, 'report-missing', body);
  }

  private async move(actor: Actor, id: string, verb: CardVerb, body: MoveCardDto): Promise<CustodyDetailView> {
    await this.moveCard.execute(actor, id, verb, body);
    return this.queries.one(actor, id);
  }
}
