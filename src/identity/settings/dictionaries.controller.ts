import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '../../infrastructure/http/requires.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { Clock } from '../../kernel/clock.js';
import { legalDateOf } from '../../rules/calendar.js';
import { SettingQueries } from './settings.queries.js';
import { DictionaryView } from './settings.view.js';

/** Lists that an authority may extend: settings whose key begins with `dict.`. */
@ApiTags('settings')
@Controller('dictionaries')
export class DictionariesController {
  constructor(
    private readonly settings: Settings,
    private readonly queries: SettingQueries,
    private readonly clock: Clock,
  ) {}

  @Get(':name')
  @Requires('signed-in')
  async read(@Param('name') name: string): Promise<DictionaryView> {
    const today = legalDateOf(await this.clock.now()) ?? '';
    await this.queries.read(`dict.${name}`, today);
    return { items: await this.settings.dictionary(today, name) };
  }
}
