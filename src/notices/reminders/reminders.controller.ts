import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { ReminderPage, ReminderSummaryView, ReminderView } from './reminder.view.js';
import { ReminderListQuery } from './reminders.dto.js';
import { ReminderQueries } from './reminders.queries.js';

@ApiTags('reminders')
@Controller('reminders')
export class RemindersController {
  constructor(private readonly queries: ReminderQueries) {}

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: ReminderListQuery): Promise<ReminderPage> {
    return this.queries.list(actor, query);
  }

  /** Open ones by source and stage. */
  @Get('summary')
  @Requires('business.read')
  summary(@ActingAs() actor: Actor): Promise<ReminderSummaryView> {
    return this.queries.summary(actor);
  }

  @Get(':id')
  @Requires('business.read')
  one(@ActingAs() actor: Actor, @Param('id') id: string): Promise<ReminderView> {
    return this.queries.one(actor, id);
  }
}
