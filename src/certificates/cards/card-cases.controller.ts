import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import { CardCasePage, CardCaseView } from './card-case.view.js';
import { CardCaseListQuery, KeepCertificateDto } from './card-cases.dto.js';
import { CardCaseQueries } from './card-cases.queries.js';
import { KeepCertificate } from './keep-certificate.js';

@ApiTags('certificates')
@Controller('card-cases')
export class CardCasesController {
  constructor(
    private readonly queries: CardCaseQueries,
    private readonly keepCertificate: KeepCertificate,
  ) {}

  @Get()
  @Requires('business.read')
  list(@ActingAs() actor: Actor, @Query() query: CardCaseListQuery): Promise<CardCasePage> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @Requires('business.read')
  one(@ActingAs() actor: Actor, @Param('id') id: string): Promise<CardCaseView> {
    return this.queries.one(actor, id);
  }

  /** A sanctioned officer keeps the certificate. */
  @Post(':id/keep')
  @HttpCode(200)
  @Requires('certificate.decide')
  async keep(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: KeepCertificateDto,
  ): Promise<CardCaseView> {
    await this.keepCertificate.execute(actor, id, body.document, body.reason);
    return this.queries.one(actor, id);
  }
}
