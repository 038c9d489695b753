import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { OfficerQualificationQueries } from './officer-qualification.queries.js';
import { OfficerRecordsQuery } from './qualification.dto.js';
import { BarPage, PassPage } from './qualification.view.js';

@ApiTags('officers')
@Controller('officers/:id')
@Requires('business.read', 'own.read')
export class QualificationController {
  constructor(private readonly qualification: OfficerQualificationQueries) {}

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
