import { Module } from '@nestjs/common';
import { TodoQueries } from './todos.queries.js';
import { WorkbenchController } from './workbench.controller.js';
import { WorkbenchQueries } from './workbench.queries.js';

/** Reads only: the desk from which everybody begins. */
@Module({ controllers: [WorkbenchController], providers: [WorkbenchQueries, TodoQueries] })
export class WorkbenchModule {}
