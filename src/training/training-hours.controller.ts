import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { ShowTrainingHours } from './show-training-hours.js';
import { TrainingHoursQuery } from './training.dto.js';
import { TrainingHoursView } from './training.view.js';

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
