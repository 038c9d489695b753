import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { BatchDetailView, BatchPage } from './batch.view.js';
import { BatchListQuery, OpenBatchDto } from './batches.dto.js';
import { BatchQueries } from './batches.queries.js';
import { OpenBatch } from './open-batch.js';

@ApiTags('certificates')
@Controller('certificate-batches')
export class BatchesController {
  constructor(
    private readonly queries: BatchQueries,
    private readonly openBatch: OpenBatch,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('certificate.issue')
  async open(
    @ActingAs() actor: Actor,
    @Body() body: OpenBatchDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchDetailView> {
    const id = await this.openBatch.execute(actor, body);
    void reply.header('location', `/api/v1/certificate-batches/${id}`);
    return this.queries.one(actor, id);
  }

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: BatchListQuery): Promise<BatchPage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchDetailView> {
    const batch = await this.queries.one(actor, id);
    setVersion(reply, batch.version);
    return batch;
  }
}
