import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { ChangeMail } from './change-mail.js';
import { MailAddressView, MailPage, MailStatusView, MailView } from './mail.view.js';
import { MailAddressDto, MailListQuery } from './mails.dto.js';
import { MailQueries } from './mails.queries.js';
import { Postman } from './postman.js';

@ApiTags('mails')
@Controller()
export class MailsController {
  constructor(
    private readonly queries: MailQueries,
    private readonly changeMail: ChangeMail,
    private readonly postman: Postman,
  ) {}

  @Get('mails')
  @Requires('outgoing.write')
  list(@ActingAs() actor: Actor, @Query() query: MailListQuery): Promise<MailPage> {
    return this.queries.list(actor, query);
  }

  @Get('mails/status')
  @Requires('outgoing.write')
  status(): MailStatusView {
    return { configured: this.postman.isConfigured };
  }

  @Get('mails/:id')
  @Requires('outgoing.write')
  one(@ActingAs() actor: Actor, @Param('id') id: string): Promise<MailView> {
    return this.queries.one(actor, id);
  }

  /** Once more what is UNCERTAIN or DEAD; who has it already gets it twice, with the same Message-ID. */
  @Post('mails/:id/resend')
  @HttpCode(200)
  @Requires('outgoing.write')
  resend(@ActingAs() actor: Actor, @Param('id') id: string): Promise<MailView> {
    return this.changeMail.resend(actor, id);
  }

  @Get('accounts/:id/mail-address')
  @Requires('account.write')
  address(@ActingAs() actor: Actor, @Param('id') id: string): Promise<MailAddressView> {
    return this.queries.address(actor, id);
  }

  /** Reminders of this account are mailed there too, where a mail server is configured. */
  @Post('accounts/:id/mail-address')
  @HttpCode(200)
  @Requires('account.write')
  setAddress(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: MailAddressDto,
  ): Promise<MailAddressView> {
    return this.changeMail.setAddress(actor, id, body.address);
  }
}
