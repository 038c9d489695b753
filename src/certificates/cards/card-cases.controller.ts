import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { CardCasePage, CardCaseView } from './card-case.view.js';
import { CardCaseListQuery } from './card-cases.dto.js';
import { CardCaseQueries } from './card-cases.queries.js';

@ApiTags('certificates')
@Controller('card-cases')
export class CardCasesController {
  constructor(private readonly queries: CardCaseQueries) {}

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: CardCaseListQuery): Promise<CardCasePage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  one(@ActingAs() actor: Actor, @Param('id') id: string): Promise<CardCaseView> {
    return this.queries.one(actor, id);
  }
}
