import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { versioned } from '../versioned.js';
import { CreateMatter } from './create-matter.js';
import { CreateMatterDto, MattersQuery } from './matters.dto.js';
import { MatterQueries } from './matters.queries.js';
import { MatterPageView, MatterView } from './matters.view.js';

@ApiTags('subjects')
@Controller('matters')
export class MattersController {
  constructor(
    private readonly matters: MatterQueries,
    private readonly createMatter: CreateMatter,
  ) {}

  @Post()
  @Requires('subject.write')
  async create(
    @ActingAs() actor: Actor,
    @Body() body: CreateMatterDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatterView> {
    return versioned(reply, await this.createMatter.execute(actor, body));
  }

  @Get()
  @Requires('business.read')
  list(@Query() query: MattersQuery): Promise<MatterPageView> {
    return this.matters.list(query);
  }

  /** By id or by code. */
  @Get(':id')
  @Requires('business.read')
  async read(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<MatterView> {
    return versioned(reply, await this.matters.read(id));
  }
}
