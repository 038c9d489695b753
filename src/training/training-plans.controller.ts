import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { CreateTrainingClass } from './create-training-class.js';
import { CreateTrainingPlan } from './create-training-plan.js';
import { CreateTrainingClassDto, CreateTrainingPlanDto, PlanClassesQuery, TrainingPlansQuery } from './training.dto.js';
import { TrainingQueries } from './training.queries.js';
import { TrainingClassPage, TrainingClassView, TrainingPlanPage, TrainingPlanView } from './training.view.js';

@ApiTags('training')
@Controller('training-plans')
export class TrainingPlansController {
  constructor(
    private readonly createPlan: CreateTrainingPlan,
    private readonly createClass: CreateTrainingClass,
    private readonly queries: TrainingQueries,
  ) {}

  @Post()
  @Requires('training.write')
  async create(
    @ActingAs() actor: Actor,
    @Body() body: CreateTrainingPlanDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TrainingPlanView> {
    const plan = await this.createPlan.execute(actor, body);
    setVersion(reply, plan.version);
    return plan;
  }

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: TrainingPlansQuery): Promise<TrainingPlanPage> {
    return this.queries.plans(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TrainingPlanView> {
    const plan = await this.queries.plan(actor, id);
    setVersion(reply, plan.version);
    return plan;
  }

  @Post(':id/classes')
  @Requires('training.write')
  async addClass(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: CreateTrainingClassDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TrainingClassView> {
    const training = await this.createClass.execute(actor, id, body);
    setVersion(reply, training.version);
    return training;
  }

  @Get(':id/classes')
  @Requires('business.read')
  classes(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Query() query: PlanClassesQuery,
  ): Promise<TrainingClassPage> {
    return this.queries.classesOf(actor, id, query);
  }
}
