import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { MismatchReportQueries } from './mismatch-reports.queries.js';
import { MismatchListQuery, SettleMismatchDto } from './mismatch.dto.js';
import { MismatchReportPage, MismatchReportView } from './mismatch.view.js';
import { SettleMismatch } from './settle-mismatch.js';

/** What the public reported at the verification page. */
@ApiTags('verification')
@Controller('mismatch-reports')
@Requires('mismatch.settle')
export class MismatchReportsController {
  constructor(
    private readonly queries: MismatchReportQueries,
    private readonly settleMismatch: SettleMismatch,
  ) {}

  @Get()
  list(@ActingAs() actor: Actor, @Query() query: MismatchListQuery): Promise<MismatchReportPage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  one(@ActingAs() actor: Actor, @Param('id') id: string): Promise<MismatchReportView> {
    return this.queries.one(actor, id);
  }

  @Post(':id/settle')
  @HttpCode(200)
  settle(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: SettleMismatchDto,
  ): Promise<MismatchReportView> {
    return this.settleMismatch.execute(actor, id, body);
  }
}
