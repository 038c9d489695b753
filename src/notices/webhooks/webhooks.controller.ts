import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EVENT_TYPES } from '../../infrastructure/events/events.js';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { HandlesIdempotency } from '../../infrastructure/http/idempotency.js';
import { IfMatch, setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { ChangeWebhook } from './change-webhook.js';
import { RegisterWebhook } from './register-webhook.js';
import { ReplayDeliveries } from './replay-deliveries.js';
import {
  DeliveryDetailView,
  DeliveryPage,
  EventTypesView,
  ReplayedView,
  WebhookPage,
  WebhookView,
  WebhookWithSecretView,
} from './webhook.view.js';
import {
  ChangeWebhookDto,
  DeliveryListQuery,
  RegisterWebhookDto,
  ReplayDto,
  SUBSCRIBABLE,
  WebhookListQuery,
} from './webhooks.dto.js';
import { WebhookQueries } from './webhooks.queries.js';

/** Messages to other systems by Standard Webhooks: signed, at least once, ids only. */
@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly queries: WebhookQueries,
    private readonly registerWebhook: RegisterWebhook,
    private readonly changeWebhook: ChangeWebhook,
    private readonly replayDeliveries: ReplayDeliveries,
  ) {}

  @Get()
  @Requires('outgoing.write')
  list(@ActingAs() actor: Actor, @Query() query: WebhookListQuery): Promise<WebhookPage> {
    return this.queries.list(actor, query);
  }

  /** The secret stands in this answer and nowhere else. */
  @Post()
  @HandlesIdempotency(true)
  @Requires('outgoing.write')
  async register(
    @ActingAs() actor: Actor,
    @Body() body: RegisterWebhookDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookWithSecretView> {
    const webhook = await this.registerWebhook.execute(actor, body);
    setVersion(reply, webhook.version);
    return webhook;
  }

  @Get('event-types')
  @Requires('outgoing.write')
  eventTypes(): EventTypesView {
    return { items: SUBSCRIBABLE.map((type) => ({ type, names: `${EVENT_TYPES[type]}Id` })) };
  }

  @Get(':id')
  @Requires('outgoing.write')
  async one(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    return versioned(reply, await this.queries.one(actor, id));
  }

  @Patch(':id')
  @Requires('outgoing.write')
  async change(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeWebhookDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    return versioned(reply, await this.changeWebhook.change(actor, id, version, body));
  }

  /** What happens meanwhile waits. */
  @Post(':id/pause')
  @HttpCode(200)
  @Requires('outgoing.write')
  pause(@ActingAs() actor: Actor, @Param('id') id: string): Promise<WebhookView> {
    return this.changeWebhook.move(actor, id, 'pause');
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Requires('outgoing.write')
  resume(@ActingAs() actor: Actor, @Param('id') id: string): Promise<WebhookView> {
    return this.changeWebhook.move(actor, id, 'resume');
  }

  /** Final; what waits is given up. */
  @Post(':id/remove')
  @HttpCode(200)
  @Requires('outgoing.write')
  remove(@ActingAs() actor: Actor, @Param('id') id: string): Promise<WebhookView> {
    return this.changeWebhook.move(actor, id, 'remove');
  }

  /** The new secret stands in this answer and nowhere else; the one before signs too for 24 hours. */
  @Post(':id/rotate-secret')
  @HandlesIdempotency(true)
  @HttpCode(200)
  @Requires('outgoing.write')
  rotateSecret(@ActingAs() actor: Actor, @Param('id') id: string): Promise<WebhookWithSecretView> {
    return this.changeWebhook.rotateSecret(actor, id);
  }

  /** Sends webhook.test. */
  @Post(':id/test')
  @HttpCode(200)
  @Requires('outgoing.write')
  test(@ActingAs() actor: Actor, @Param('id') id: string): Promise<WebhookView> {
    return this.changeWebhook.test(actor, id);
  }

  /** Sends again what was given up. */
  @Post(':id/replay')
  @HttpCode(200)
  @Requires('outgoing.write')
  async replay(@ActingAs() actor: Actor, @Param('id') id: string, @Body() body: ReplayDto): Promise<ReplayedView> {
    return { replayed: await this.replayDeliveries.dead(actor, id, body.since) };
  }

  @Get(':id/deliveries')
  @Requires('outgoing.write')
  deliveries(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Query() query: DeliveryListQuery,
  ): Promise<DeliveryPage> {
    return this.queries.deliveries(actor, id, query);
  }

  @Get(':id/deliveries/:deliveryId')
  @Requires('outgoing.write')
  delivery(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Param('deliveryId') deliveryId: string,
  ): Promise<DeliveryDetailView> {
    return this.queries.delivery(actor, id, deliveryId);
  }

  /** Once more, also what had arrived; with the same webhook-id. */
  @Post(':id/deliveries/:deliveryId/replay')
  @HttpCode(200)
  @Requires('outgoing.write')
  replayOne(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Param('deliveryId') deliveryId: string,
  ): Promise<DeliveryDetailView> {
    return this.replayDeliveries.one(actor, id, deliveryId);
  }
}

function versioned(reply: FastifyReply, webhook: WebhookView): WebhookView {
  setVersion(reply, webhook.version);
  return webhook;
}
