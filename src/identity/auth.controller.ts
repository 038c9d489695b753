import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { SignedRequest } from '../infrastructure/http/request-context.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { AuditTrail } from '../audit/index.js';
import { LoginDto } from './login.dto.js';
import { Login } from './login.js';
import { MeView, meView, SessionView } from './me.view.js';
import { SESSION_COOKIE, Sessions } from './sessions.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly login: Login,
    private readonly sessions: Sessions,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Requires('public')
  async signIn(@Body() body: LoginDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    const { token, expiresAt, actor } = await this.login.execute(body.username, body.password);
    void reply.setCookie(SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      secure: reply.request.protocol === 'https',
    });
    return { token, expiresAt: new Date(expiresAt).toISOString(), user: meView(actor) };
  }

  @Get('me')
  @Requires('signed-in')
  me(@ActingAs() actor: Actor): MeView {
    return meView(actor);
  }

  @Post('logout')
  @HttpCode(204)
  @Requires('signed-in')
  async signOut(
    @ActingAs() actor: Actor,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.uow.run(async () => {
      await this.sessions.end(request.sessionHash ?? '', await this.clock.now());
      this.audit.record(actor, 'session.end', { type: 'account', id: actor.accountId });
    });
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }
}
