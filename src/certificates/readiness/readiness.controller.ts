import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { ReadinessQuery } from './readiness.dto.js';
import { ReadinessView } from './readiness.view.js';
import { ShowReadiness } from './show-readiness.js';

@ApiTags('officers')
@Controller('officers/:id')
@Requires('business.read', 'own.read')
export class ReadinessController {
  constructor(private readonly showReadiness: ShowReadiness) {}

  /**
   * Every condition for a certificate, or for its renewal, exchange or reissue: met or not, evidence, rule, and the way to meet it. They
   * are those that an application of the officer's unit is judged by.
   */
  @Get('readiness')
  readiness(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: ReadinessQuery): Promise<ReadinessView> {
    return this.showReadiness.execute(actor, id, query);
  }
}
