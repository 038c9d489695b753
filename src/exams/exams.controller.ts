import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { CreateExam } from './create-exam.js';
import { CreateExamDto, ExamsQuery } from './exam.dto.js';
import { ExamDetailView, ExamPage } from './exam.view.js';
import { ExamsQueries } from './exams.queries.js';
import { ReleaseExam } from './release-exam.js';

@ApiTags('exams')
@Controller('exams')
export class ExamsController {
  constructor(
    private readonly exams: ExamsQueries,
    private readonly createExam: CreateExam,
    private readonly releaseExam: ReleaseExam,
  ) {}

  @Post()
  @Requires('exam.write')
  async create(
    @ActingAs() actor: Actor,
    @Body() body: CreateExamDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExamDetailView> {
    return versioned(reply, await this.createExam.execute(actor, body));
  }

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: ExamsQuery): Promise<ExamPage> {
    return this.exams.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  async read(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExamDetailView> {
    return versioned(reply, await this.exams.read(actor, id));
  }

  @Post(':id/release')
  @HttpCode(200)
  @Requires('exam.release')
  async release(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExamDetailView> {
    return versioned(reply, await this.releaseExam.execute(actor, id));
  }
}

function versioned(reply: FastifyReply, view: ExamDetailView): ExamDetailView {
  setVersion(reply, view.version);
  return view;
}
