import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { HandlesIdempotency } from '../infrastructure/http/idempotency.js';
import { setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { LeaveService } from './leave-service.js';
import {
  LeaveServiceDto,
  OrderOffPostDto,
  ReturnToPostDto,
  RevealIdNumberDto,
  TransferOfficerDto,
} from './officer-verbs.dto.js';
import { OfficersQueries } from './officers.queries.js';
import { OfficerView, RevealedIdNumberView } from './officer.view.js';
import { OrderOffPost } from './order-off-post.js';
import { ReturnToPost } from './return-to-post.js';
import { RevealIdNumber } from './reveal-id-number.js';
import { TransferOfficer } from './transfer-officer.js';

@ApiTags('officers')
@Controller('officers/:id')
export class OfficerVerbsController {
  constructor(
    private readonly transferOfficer: TransferOfficer,
    private readonly leaveService: LeaveService,
    private readonly orderOffPost: OrderOffPost,
    private readonly returnToPost: ReturnToPost,
    private readonly revealIdNumber: RevealIdNumber,
    private readonly queries: OfficersQueries,
  ) {}

  @Post('transfer')
  @HttpCode(200)
  @Requires('officer.write')
  async transfer(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: TransferOfficerDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerView> {
    await this.transferOfficer.execute(actor, id, body);
    return this.record(id, reply);
  }

  @Post('leave')
  @HttpCode(200)
  @Requires('officer.write')
  async leave(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: LeaveServiceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerView> {
    await this.leaveService.execute(actor, id, body);
    return this.record(id, reply);
  }

  @Post('off-post')
  @HttpCode(200)
  @Requires('officer.write')
  async offPost(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: OrderOffPostDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerView> {
    await this.orderOffPost.execute(actor, id, body);
    return this.record(id, reply);
  }

  @Post('back-on-post')
  @HttpCode(200)
  @Requires('officer.write')
  async backOnPost(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: ReturnToPostDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerView> {
    await this.returnToPost.execute(actor, id, body);
    return this.record(id, reply);
  }

  /** The whole ID number. It may be asked again at will, so no answer is kept under an Idempotency-Key. */
  @Post('reveal-id-number')
  @HttpCode(200)
  @HandlesIdempotency(true)
  @Requires('officer.reveal-id-number')
  async reveal(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: RevealIdNumberDto,
  ): Promise<RevealedIdNumberView> {
    return { idNumber: await this.revealIdNumber.execute(actor, id, body.reason) };
  }

  private async record(id: string, reply: FastifyReply): Promise<OfficerView> {
    const officer = await this.queries.afterVerb(id);
    setVersion(reply, officer.version);
    return officer;
  }
}
