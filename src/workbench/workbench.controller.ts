import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { TodoQueries } from './todos.queries.js';
import { TodosQuery } from './workbench.dto.js';
import { WorkbenchQueries } from './workbench.queries.js';
import { TodoCountsView, TodoPageView, WorkbenchView } from './workbench.view.js';

/** What there is to do and to know now, for whoever asks: everything within his scope and his permissions. */
@ApiTags('workbench')
@Controller('workbench')
export class WorkbenchController {
  constructor(
    private readonly workbench: WorkbenchQueries,
    private readonly todos: TodoQueries,
  ) {}

  @Get()
  @Requires('signed-in')
  show(@ActingAs() actor: Actor): Promise<WorkbenchView> {
    return this.workbench.show(actor);
  }

  @Get('todos')
  @Requires('signed-in')
  list(@ActingAs() actor: Actor, @Query() query: TodosQuery): Promise<TodoPageView> {
    return this.todos.list(actor, query);
  }

  /** How many wait for the caller, by kind. */
  @Get('todos/counts')
  @Requires('signed-in')
  counts(@ActingAs() actor: Actor): Promise<TodoCountsView> {
    return this.todos.counts(actor);
  }
}
