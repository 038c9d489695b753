import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { HoursReachedQueries } from './hours-reached.queries.js';
import { ShowTrainingHours } from './show-training-hours.js';
import { OfficerHoursQuery, TrainingHoursQuery } from './training.dto.js';
import { HoursByUnitView, OfficerHoursPage, TrainingHoursView } from './training.view.js';

@ApiTags('training')
@Controller('officers/:id/training-hours')
export class TrainingHoursController {
  constructor(private readonly showHours: ShowTrainingHours) {}

  @Get()
  @Requires('business.read', 'own.read')
  hours(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Query() query: TrainingHoursQuery,
  ): Promise<TrainingHoursView> {
    return this.showHours.execute(actor, id, query.year);
  }
}

/** Who has reached the hours of a year, and how many of each body. */
@ApiTags('training')
@Controller('training-hours')
export class HoursReachedController {
  constructor(private readonly hours: HoursReachedQueries) {}

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: OfficerHoursQuery): Promise<OfficerHoursPage> {
    return this.hours.list(actor, query);
  }

  @Get('units')
  @Requires('business.read')
  units(@ActingAs() actor: Actor, @Query() query: TrainingHoursQuery): Promise<HoursByUnitView> {
    return this.hours.units(actor, query.year);
  }
}
