import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../../infrastructure/http/requires.js';
import { TakesForms } from '../../infrastructure/http/takes-forms.js';
import { VerificationPages, type ShownPage } from './verification-pages.js';

/** Pages for everybody, served without JavaScript. */
@ApiExcludeController()
@Controller('v')
@Requires('public')
export class VerificationPagesController {
  constructor(private readonly pages: VerificationPages) {}

  @Get()
  async form(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return show(reply, this.pages.form(request));
  }

  @Post()
  @HttpCode(200)
  @TakesForms(true)
  async lookUp(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return show(reply, await this.pages.lookUp(request));
  }

  @Get(':code')
  async card(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return show(reply, await this.pages.card(request, code));
  }

  @Get(':code/report')
  async reportForm(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return show(reply, await this.pages.reportForm(request, code));
  }

  @Post(':code/report')
  @HttpCode(200)
  @TakesForms(true)
  async report(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return show(reply, await this.pages.report(request, code));
  }
}

function show(reply: FastifyReply, page: ShownPage): string {
  void reply
    .status(page.status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'accept-language')
    .header('x-robots-tag', 'noindex, nofollow');
  if (page.retryAfterSeconds !== undefined) void reply.header('retry-after', String(page.retryAfterSeconds));
  return page.html;
}
