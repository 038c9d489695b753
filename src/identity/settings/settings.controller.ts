import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { IfMatch, setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { legalDateOf } from '../../rules/calendar.js';
import { ChangeSetting } from './change-setting.js';
import { DecideSetting } from './decide-setting.js';
import { ApproveSettingDto, ChangeSettingDto, RefuseSettingDto, SettingsQuery } from './settings.dto.js';
import { SettingQueries } from './settings.queries.js';
import { SettingDetailView, SettingPageView } from './settings.view.js';

@ApiTags('settings')
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly settings: SettingQueries,
    private readonly clock: Clock,
    private readonly changeSetting: ChangeSetting,
    private readonly decideSetting: DecideSetting,
  ) {}

  @Get()
  @Requires('setting.read')
  async list(@Query() query: SettingsQuery): Promise<SettingPageView> {
    return this.settings.list(query, await this.today());
  }

  @Get(':key')
  @Requires('setting.read')
  async read(@Param('key') key: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<SettingDetailView> {
    return versioned(reply, await this.settings.read(key, await this.today()));
  }

  /** In force from its day on, or PROPOSED where the key moves a legal threshold. */
  @Put(':key')
  @Requires('setting.write')
  async change(
    @ActingAs() actor: Actor,
    @Param('key') key: string,
    @IfMatch() version: number,
    @Body() body: ChangeSettingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingDetailView> {
    return versioned(reply, await this.changeSetting.execute(actor, key, version, body));
  }

  @Post(':key/approve')
  @HttpCode(200)
  @Requires('setting.approve')
  async approve(
    @ActingAs() actor: Actor,
    @Param('key') key: string,
    @Body() body: ApproveSettingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingDetailView> {
    return versioned(reply, await this.decideSetting.approve(actor, key, body.opinion));
  }

  @Post(':key/refuse')
  @HttpCode(200)
  @Requires('setting.approve')
  async refuse(
    @ActingAs() actor: Actor,
    @Param('key') key: string,
    @Body() body: RefuseSettingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingDetailView> {
    return versioned(reply, await this.decideSetting.refuseProposal(actor, key, body.reason));
  }

  private async today(): Promise<string> {
    return legalDateOf(await this.clock.now()) ?? '';
  }
}

function versioned<T extends { readonly version: number }>(reply: FastifyReply, view: T): T {
  setVersion(reply, view.version);
  return view;
}
