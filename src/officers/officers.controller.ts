import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { IfMatch, setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { ChangeOfficer } from './change-officer.js';
import { ChangeOfficerDto, OfficersQuery, RegisterOfficerDto, SearchOfficersDto } from './officers.dto.js';
import { OfficersQueries } from './officers.queries.js';
import { OfficerPageView, OfficerView } from './officer.view.js';
import { RegisterOfficer } from './register-officer.js';
import { SearchOfficers } from './search-officers.js';

@ApiTags('officers')
@Controller('officers')
export class OfficersController {
  constructor(
    private readonly registerOfficer: RegisterOfficer,
    private readonly searchOfficers: SearchOfficers,
    private readonly changeOfficer: ChangeOfficer,
    private readonly queries: OfficersQueries,
  ) {}

  @Post()
  @Requires('officer.write')
  async register(
    @ActingAs() actor: Actor,
    @Body() body: RegisterOfficerDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerView> {
    const officer = await this.registerOfficer.execute(actor, body);
    setVersion(reply, officer.version);
    return officer;
  }

  @Get()
  @Requires('business.read', 'own.read')
  list(@ActingAs() actor: Actor, @Query() query: OfficersQuery): Promise<OfficerPageView> {
    return this.queries.list(actor, query) as Promise<OfficerPageView>;
  }

  /** Finds an officer by the whole ID number: one or none. */
  @Post('search')
  @HttpCode(200)
  @Requires('business.read')
  search(@ActingAs() actor: Actor, @Body() body: SearchOfficersDto): Promise<OfficerPageView> {
    return this.searchOfficers.execute(actor, body.idNumber);
  }

  @Get(':id')
  @Requires('business.read', 'own.read')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerView> {
    const officer = await this.queries.one(actor, id);
    setVersion(reply, officer.version);
    return officer;
  }

  @Patch(':id')
  @Requires('officer.write')
  async change(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeOfficerDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerView> {
    const officer = await this.changeOfficer.execute(actor, id, version, body);
    setVersion(reply, officer.version);
    return officer;
  }
}
