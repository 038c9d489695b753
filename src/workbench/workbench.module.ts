import { Module } from '@nestjs/common';
import { ImportKindsModule } from '../imports/index.js';
import { TodoQueries } from './todos.queries.js';
import { WorkbenchController } from './workbench.controller.js';
import { WorkbenchQueries } from './workbench.queries.js';

/** Reads only: the desk from which everybody begins. */
@Module({
  imports: [ImportKindsModule],
  controllers: [WorkbenchController],
  providers: [WorkbenchQueries, TodoQueries],
})
export class WorkbenchModule {}
