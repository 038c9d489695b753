import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { DisciplineQueries } from './discipline.queries.js';
import { DisqualificationPage, SanctionPage, SanctionView } from './discipline.view.js';
import { DisciplineQuery, DisqualifyDto, RecordSanctionDto, WithdrawSanctionDto } from './discipline.dto.js';
import { DisqualifyOfficer } from './disqualify-officer.js';
import { RecordSanction } from './record-sanction.js';
import { WithdrawSanction } from './withdraw-sanction.js';

/** Sanctions, convictions and disqualification of an officer, with what follows for the cards. */
@ApiTags('officers')
@Controller('officers/:id')
export class DisciplineController {
  constructor(
    private readonly queries: DisciplineQueries,
    private readonly recordSanction: RecordSanction,
    private readonly withdrawSanction: WithdrawSanction,
    private readonly disqualifyOfficer: DisqualifyOfficer,
  ) {}

  @Get('sanctions')
  @Requires('business.read')
  sanctions(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: DisciplineQuery): Promise<SanctionPage> {
    return this.queries.sanctions(actor, id, query);
  }

  @Post('sanctions')
  @Requires('officer.write')
  async record(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: RecordSanctionDto,
  ): Promise<SanctionView> {
    return this.queries.sanction(actor, id, await this.recordSanction.execute(actor, id, body));
  }

  /** Annulled, or entered in error. */
  @Post('sanctions/:sanctionId/withdraw')
  @HttpCode(200)
  @Requires('certificate.decide')
  async withdraw(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Param('sanctionId') sanctionId: string,
    @Body() body: WithdrawSanctionDto,
  ): Promise<SanctionView> {
    await this.withdrawSanction.execute(actor, id, sanctionId, body.document, body.reason);
    return this.queries.sanction(actor, id, sanctionId);
  }

  @Get('disqualifications')
  @Requires('business.read')
  disqualifications(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Query() query: DisciplineQuery,
  ): Promise<DisqualificationPage> {
    return this.queries.disqualifications(actor, id, query);
  }

  /** 取消执法资格: all cards revoked, and a ban. */
  @Post('disqualify')
  @HttpCode(200)
  @Requires('certificate.decide')
  async disqualify(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: DisqualifyDto,
  ): Promise<DisqualificationPage> {
    await this.disqualifyOfficer.execute(actor, id, body);
    return this.queries.disqualifications(actor, id, new DisciplineQuery());
  }
}
