import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { HandlesIdempotency } from '../infrastructure/http/idempotency.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { SignedRequest } from '../infrastructure/http/request-context.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { AuditTrail } from '../audit/index.js';
import { AccountQueries } from './accounts/accounts.queries.js';
import { ChangePassword } from './change-password.js';
import { DemoDoor } from './demo-door.js';
import { ChangePasswordDto, DemoSignInDto, LoginDto } from './login.dto.js';
import { Login, type SignedIn } from './login.js';
import { DoorView, MeView, meView, SessionView } from './me.view.js';
import { SESSION_COOKIE, Sessions } from './sessions.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly login: Login,
    private readonly demoDoor: DemoDoor,
    private readonly changePassword: ChangePassword,
    private readonly accounts: AccountQueries,
    private readonly sessions: Sessions,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  /** What the sign-in page offers: in the demonstration its roles. */
  @Get('door')
  @Requires('public')
  door(): Promise<DoorView> {
    return this.demoDoor.show();
  }

  /** Only in the demonstration: signs in as one of its roles, without a password. Elsewhere 404. */
  @Post('demo-sign-in')
  @HttpCode(200)
  @Requires('public')
  async signInToDemo(
    @Body() body: DemoSignInDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    return this.opened(reply, await this.demoDoor.enter(body.username));
  }

  @Post('login')
  @HttpCode(200)
  @Requires('public')
  async signIn(@Body() body: LoginDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    return this.opened(reply, await this.login.execute(body.username, body.password));
  }

  /** Ends every session of the account, this one too, and gives a new one. */
  @Post('change-password')
  @HandlesIdempotency(true)
  @HttpCode(200)
  @Requires('signed-in')
  async change(
    @ActingAs() actor: Actor,
    @Body() body: ChangePasswordDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    return this.opened(reply, await this.changePassword.execute(actor, body.currentPassword, body.newPassword));
  }

  @Get('me')
  @Requires('signed-in')
  async me(@ActingAs() actor: Actor): Promise<MeView> {
    return meView(actor, await this.accounts.about(actor.accountId));
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

  private async opened(
    reply: FastifyReply,
    { token, expiresAt, actor, mustChangePassword }: SignedIn,
  ): Promise<SessionView> {
    void reply.setCookie(SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      secure: reply.request.protocol === 'https',
    });
    const about = await this.accounts.about(actor.accountId);
    return {
      token,
      expiresAt: new Date(expiresAt).toISOString(),
      user: meView(actor, { ...about, mustChangePassword }),
    };
  }
}
