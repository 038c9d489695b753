import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { versioned } from '../versioned.js';
import { AbolishSubject } from './abolish-subject.js';
import { ConfirmSubject } from './confirm-subject.js';
import { RegisterSubject } from './register-subject.js';
import { RestoreSubject } from './restore-subject.js';
import { SuspendSubject } from './suspend-subject.js';
import {
  AbolishSubjectDto,
  ConfirmSubjectDto,
  RegisterSubjectDto,
  RestoreSubjectDto,
  SubjectsQuery,
  SuspendSubjectDto,
} from './subjects.dto.js';
import { SubjectQueries } from './subjects.queries.js';
import { SubjectDetailView, SubjectPageView } from './subjects.view.js';

@ApiTags('subjects')
@Controller('subjects')
export class SubjectsController {
  constructor(
    private readonly subjects: SubjectQueries,
    private readonly clock: Clock,
    private readonly registerSubject: RegisterSubject,
    private readonly confirmSubject: ConfirmSubject,
    private readonly suspendSubject: SuspendSubject,
    private readonly restoreSubject: RestoreSubject,
    private readonly abolishSubject: AbolishSubject,
  ) {}

  @Post()
  @Requires('subject.write')
  async register(
    @ActingAs() actor: Actor,
    @Body() body: RegisterSubjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectDetailView> {
    return versioned(reply, await this.registerSubject.execute(actor, body));
  }

  @Get()
  @Requires('business.read', 'account.write', 'role.write')
  async list(@ActingAs() actor: Actor, @Query() query: SubjectsQuery): Promise<SubjectPageView> {
    return this.subjects.list(actor, query, await this.clock.now());
  }

  @Get(':id')
  @Requires('business.read', 'account.write', 'role.write')
  async read(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectDetailView> {
    return versioned(reply, await this.subjects.read(actor, id, await this.clock.now()));
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Requires('subject.decide')
  async confirm(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: ConfirmSubjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectDetailView> {
    return versioned(reply, await this.confirmSubject.execute(actor, id, body));
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Requires('subject.decide')
  async suspend(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: SuspendSubjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectDetailView> {
    return versioned(reply, await this.suspendSubject.execute(actor, id, body));
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Requires('subject.decide')
  async restore(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: RestoreSubjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectDetailView> {
    return versioned(reply, await this.restoreSubject.execute(actor, id, body));
  }

  @Post(':id/abolish')
  @HttpCode(200)
  @Requires('subject.decide')
  async abolish(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: AbolishSubjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectDetailView> {
    return versioned(reply, await this.abolishSubject.execute(actor, id, body));
  }
}
