import { Body, Controller, Get, Header, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SigningKeys } from '../../identity/index.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { CreateRoster } from './create-roster.js';
import { CreateRosterDto, RosterListQuery } from './offline.dto.js';
import { RosterPage, RosterView, SignedDocumentView } from './offline.view.js';
import { RosterContents } from './roster-contents.js';
import { RosterQueries } from './rosters.queries.js';
import { signDocument } from './signed-document.js';

/** What verifies cards where there is no network; `verifier/` reads it. */
@ApiTags('verification')
@Controller('offline')
@Requires('certificate.verify')
export class OfflineController {
  constructor(
    private readonly createRoster: CreateRoster,
    private readonly rosters: RosterQueries,
    private readonly contents: RosterContents,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** Signs a roster of chosen units or of a team. */
  @Post('rosters')
  async create(
    @ActingAs() actor: Actor,
    @Body() body: CreateRosterDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RosterView> {
    const roster = await this.rosters.one(actor, await this.createRoster.execute(actor, body));
    void reply.header('location', `/api/v1/offline/rosters/${roster.id}`);
    return roster;
  }

  @Get('rosters')
  list(@ActingAs() actor: Actor, @Query() query: RosterListQuery): Promise<RosterPage> {
    return this.rosters.list(actor, query);
  }

  @Get('rosters/:id')
  one(@ActingAs() actor: Actor, @Param('id') id: string): Promise<RosterView> {
    return this.rosters.one(actor, id);
  }

  /** The signed document, byte for byte. */
  @Get('rosters/:id/file')
  @ApiOkResponse({ type: SignedDocumentView })
  @Header('content-type', 'application/json; charset=utf-8')
  async file(@ActingAs() actor: Actor, @Param('id') id: string): Promise<string> {
    return (await this.rosters.file(actor, id)).toString('utf8');
  }

  /** Signed now: every card of the asker's scope that is suspended, lost, revoked, cancelled or replaced. */
  @Get('status-list')
  @ApiOkResponse({ type: SignedDocumentView })
  @Header('content-type', 'application/json; charset=utf-8')
  async statusList(@ActingAs() actor: Actor): Promise<string> {
    const list = await this.contents.statusList(actor.homeSubjectPath, await this.clock.now());
    return signDocument(this.keys, await this.keys.activeId(), list);
  }
}
