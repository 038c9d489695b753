import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../kernel/clock.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { instantText } from '../../rules/calendar.js';
import { LookupThrottle } from './lookup-throttle.js';
import { PublicLookupView } from './public-certificate.view.js';
import { PublicCertificateQueries } from './public-certificates.queries.js';
import { PublicLookupQuery } from './public-lookup.dto.js';
import { verificationPage } from './verification-page.js';

@ApiTags('public')
@Controller('public/certificates')
export class PublicCertificatesController {
  constructor(
    private readonly throttle: LookupThrottle,
    private readonly queries: PublicCertificateQueries,
  ) {}

  @Get()
  @Requires('public')
  async lookUp(@Query() query: PublicLookupQuery): Promise<PublicLookupView> {
    await this.throttle.pass();
    return this.queries.lookUp(query.no, query.name);
  }
}

@ApiExcludeController()
@Controller('v')
export class VerificationPageController {
  constructor(
    private readonly queries: PublicCertificateQueries,
    private readonly clock: Clock,
  ) {}

  @Get(':code')
  @Requires('public')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async page(@Param('code') code: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const certificate = await this.queries.byCode(code);
    void reply.status(certificate ? 200 : 404);
    return verificationPage(certificate, instantText(await this.clock.now()) ?? '');
  }
}
