import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../kernel/actor.js';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import { CertificateChainView, CertificateDetailView, CertificatePage } from './certificate.view.js';
import { CertificateListQuery } from './certificates.dto.js';
import { CertificateQueries } from './certificates.queries.js';
import { CancelCertificate } from './moves/cancel-certificate.js';
import { DeclareVoid } from './moves/declare-void.js';
import { LiftSuspension } from './moves/lift-suspension.js';
import { CancelDto, LiftDto, ReportLossDto, RevokeDto, SuspendDto, VoidNoticeDto } from './moves/moves.dto.js';
import { ReportLoss } from './moves/report-loss.js';
import { RevokeCertificate } from './moves/revoke-certificate.js';
import { SuspendCertificate } from './moves/suspend-certificate.js';

@ApiTags('certificates')
@Controller('certificates')
export class CertificatesController {
  constructor(
    private readonly queries: CertificateQueries,
    private readonly suspendCertificate: SuspendCertificate,
    private readonly liftSuspension: LiftSuspension,
    private readonly revokeCertificate: RevokeCertificate,
    private readonly lossReport: ReportLoss,
    private readonly cancelCertificate: CancelCertificate,
    private readonly declareVoid: DeclareVoid,
  ) {}

  @Get()
  @Requires('business.read', 'own.read')
  list(@ActingAs() actor: Actor, @Query() query: CertificateListQuery): Promise<CertificatePage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read', 'own.read')
  one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CertificateDetailView> {
    return this.show(actor, id, reply);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Requires('certificate.decide')
  async suspend(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: SuspendDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CertificateDetailView> {
    await this.suspendCertificate.execute(actor, id, body);
    return this.show(actor, id, reply);
  }

  @Post(':id/lift')
  @HttpCode(200)
  @Requires('certificate.decide')
  async lift(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: LiftDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CertificateDetailView> {
    await this.liftSuspension.execute(actor, id, body);
    return this.show(actor, id, reply);
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Requires('certificate.decide')
  async revoke(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: RevokeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CertificateDetailView> {
    await this.revokeCertificate.execute(actor, id, body);
    return this.show(actor, id, reply);
  }

  @Post(':id/report-loss')
  @HttpCode(200)
  @Requires('certificate.report-loss')
  async reportLoss(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: ReportLossDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CertificateDetailView> {
    await this.lossReport.execute(actor, id, body);
    return this.show(actor, id, reply);
  }

  /** The public notice that a lost card is void; without it there is no reissue. */
  @Post(':id/void-notice')
  @HttpCode(200)
  @Requires('certificate.report-loss')
  async voidNotice(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: VoidNoticeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CertificateDetailView> {
    await this.declareVoid.execute(actor, id, body);
    return this.show(actor, id, reply);
  }

  /** The person's certificates of this type from the first to the last, each following the one before. */
  @Get(':id/chain')
  @Requires('business.read', 'own.read')
  chain(@ActingAs() actor: Actor, @Param('id') id: string): Promise<CertificateChainView> {
    return this.queries.chain(actor, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Requires('certificate.decide')
  async cancel(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: CancelDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CertificateDetailView> {
    await this.cancelCertificate.execute(actor, id, body);
    return this.show(actor, id, reply);
  }

  private async show(actor: Actor, id: string, reply: FastifyReply): Promise<CertificateDetailView> {
    const certificate = await this.queries.one(actor, id);
    setVersion(reply, certificate.version);
    return certificate;
  }
}
