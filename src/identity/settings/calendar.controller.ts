import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { IfMatch, setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { SetCalendarDto } from './calendar.dto.js';
import { CalendarQueries } from './calendar.queries.js';
import { CalendarYearView } from './calendar.view.js';
import { SetCalendar } from './set-calendar.js';

/** Holidays and make-up days, by which every deadline in working days is counted. */
@ApiTags('settings')
@Controller('calendar')
export class CalendarController {
  constructor(
    private readonly queries: CalendarQueries,
    private readonly setCalendar: SetCalendar,
  ) {}

  @Get(':year')
  @Requires('setting.read')
  read(@Param('year') year: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<CalendarYearView> {
    return this.show(year, reply);
  }

  @Put(':year')
  @Requires('setting.write')
  async change(
    @ActingAs() actor: Actor,
    @Param('year') year: string,
    @IfMatch() version: number,
    @Body() body: SetCalendarDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarYearView> {
    await this.setCalendar.execute(actor, year, version, body);
    return this.show(year, reply);
  }

  private async show(year: string, reply: FastifyReply): Promise<CalendarYearView> {
    const view = await this.queries.year(year);
    setVersion(reply, view.version);
    return view;
  }
}
