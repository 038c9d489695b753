import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { OfficerQualificationQueries } from './officer-qualification.queries.js';
import { OfficerRecordsQuery, ReadinessQuery } from './qualification.dto.js';
import { BarPage, PassPage, ReadinessView } from './qualification.view.js';

@ApiTags('officers')
@Controller('officers/:id')
@Requires('business.read', 'own.read')
export class QualificationController {
  constructor(private readonly qualification: OfficerQualificationQueries) {}

  /** Every condition for a first certificate: met or not, evidence, rule, and the way to meet it. */
  @Get('readiness')
  readiness(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: ReadinessQuery): Promise<ReadinessView> {
    return this.qualification.readinessOf(actor, id, query);
  }

  /** Papers passed in released exams. */
  @Get('passes')
  passes(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: OfficerRecordsQuery): Promise<PassPage> {
    return this.qualification.passesOf(actor, id, query);
  }

  /** Periods in which the officer may not be registered, examined or certified. */
  @Get('bars')
  bars(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: OfficerRecordsQuery): Promise<BarPage> {
    return this.qualification.barsOf(actor, id, query);
  }
}
