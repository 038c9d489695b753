import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { NotificationsQuery, ReadAllDto } from './notifications.dto.js';
import { Notifications } from './notifications.js';
import { NotificationPageView, NotificationSummaryView, NotificationView, ReadAllView } from './notifications.view.js';

/** The inbox of who asks; nobody reads another one's. */
@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: Notifications) {}

  @Get()
  @Requires('signed-in')
  list(@ActingAs() actor: Actor, @Query() query: NotificationsQuery): Promise<NotificationPageView> {
    return this.notifications.list(actor.accountId, query);
  }

  @Get('summary')
  @Requires('signed-in')
  summary(@ActingAs() actor: Actor): Promise<NotificationSummaryView> {
    return this.notifications.summary(actor.accountId);
  }

  @Post('read-all')
  @HttpCode(200)
  @Requires('signed-in')
  async readAll(@ActingAs() actor: Actor, @Body() { kind }: ReadAllDto): Promise<ReadAllView> {
    return { marked: await this.notifications.markAllRead(actor.accountId, kind) };
  }

  @Post(':id/read')
  @HttpCode(200)
  @Requires('signed-in')
  read(@ActingAs() actor: Actor, @Param('id') id: string): Promise<NotificationView> {
    return this.notifications.markRead(actor.accountId, id);
  }
}
