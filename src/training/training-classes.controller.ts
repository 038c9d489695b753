import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { CloseTrainingClass } from './close-training-class.js';
import { EnrolOfficers } from './enrol-officers.js';
import { RecordAttendance } from './record-attendance.js';
import { EnrolmentsQuery, EnrolOfficersDto, RecordAttendanceDto, TrainingClassesQuery } from './training.dto.js';
import { TrainingQueries } from './training.queries.js';
import {
  AttendanceOutcomesView,
  EnrolmentOutcomesView,
  EnrolmentPage,
  TrainingClassPage,
  TrainingClassView,
} from './training.view.js';

@ApiTags('training')
@Controller('training-classes')
export class TrainingClassesController {
  constructor(
    private readonly enrolOfficers: EnrolOfficers,
    private readonly recordAttendance: RecordAttendance,
    private readonly closeClass: CloseTrainingClass,
    private readonly queries: TrainingQueries,
  ) {}

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: TrainingClassesQuery): Promise<TrainingClassPage> {
    return this.queries.classes(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TrainingClassView> {
    const training = await this.queries.class(actor, id);
    setVersion(reply, training.version);
    return training;
  }

  @Get(':id/enrolments')
  @Requires('business.read')
  enrolments(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Query() query: EnrolmentsQuery,
  ): Promise<EnrolmentPage> {
    return this.queries.enrolments(actor, id, query);
  }

  @Post(':id/enrolments')
  @HttpCode(200)
  @Requires('training.write')
  enrol(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: EnrolOfficersDto,
  ): Promise<EnrolmentOutcomesView> {
    return this.enrolOfficers.execute(actor, id, body.officerIds);
  }

  @Post(':id/attendance')
  @HttpCode(200)
  @Requires('training.write')
  attendance(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: RecordAttendanceDto,
  ): Promise<AttendanceOutcomesView> {
    return this.recordAttendance.execute(actor, id, body.records);
  }

  /** The hours become confirmed. */
  @Post(':id/close')
  @HttpCode(200)
  @Requires('training.write')
  async close(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TrainingClassView> {
    const training = await this.closeClass.execute(actor, id);
    setVersion(reply, training.version);
    return training;
  }
}
