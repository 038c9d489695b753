import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { HandlesIdempotency } from '../../infrastructure/http/idempotency.js';
import { IfMatch, setVersion } from '../../infrastructure/http/if-match.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { AccountsQuery, ChangeAccountDto, CreateAccountDto, ResetPasswordDto, SetRolesDto } from './accounts.dto.js';
import { AccountQueries } from './accounts.queries.js';
import { AccountPageView, AccountView, AccountWithPasswordView } from './accounts.view.js';
import { ChangeAccount } from './change-account.js';
import { CreateAccount } from './create-account.js';
import { ResetPassword } from './reset-password.js';
import { SetRoles } from './set-roles.js';
import { SwitchAccount } from './switch-account.js';

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly accounts: AccountQueries,
    private readonly createAccount: CreateAccount,
    private readonly changeAccount: ChangeAccount,
    private readonly switchAccount: SwitchAccount,
    private readonly resetPassword: ResetPassword,
    private readonly setRoles: SetRoles,
  ) {}

  @Get()
  @Requires('account.write', 'role.write')
  list(@ActingAs() actor: Actor, @Query() query: AccountsQuery): Promise<AccountPageView> {
    return this.accounts.list(actor, query);
  }

  /** The account has no role yet: those are given by PUT …/roles. */
  @Post()
  @Requires('account.write')
  async create(
    @ActingAs() actor: Actor,
    @Body() body: CreateAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return versioned(reply, await this.createAccount.execute(actor, body));
  }

  @Get(':id')
  @Requires('account.write', 'role.write')
  async read(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return versioned(reply, await this.accounts.read(actor, id));
  }

  @Patch(':id')
  @Requires('account.write')
  async change(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return versioned(reply, await this.changeAccount.execute(actor, id, version, body));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Requires('account.write')
  async disable(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return versioned(reply, await this.switchAccount.execute(actor, id, 'DISABLED'));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Requires('account.write')
  async enable(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return versioned(reply, await this.switchAccount.execute(actor, id, 'ACTIVE'));
  }

  /** The password in the answer is kept nowhere, so this answer is never replayed. */
  @Post(':id/reset-password')
  @HandlesIdempotency(true)
  @HttpCode(200)
  @Requires('account.write')
  async reset(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: ResetPasswordDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountWithPasswordView> {
    return versioned(reply, await this.resetPassword.execute(actor, id, body));
  }

  @Put(':id/roles')
  @Requires('role.write')
  async roles(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: SetRolesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return versioned(reply, await this.setRoles.execute(actor, id, version, body.roles));
  }
}

function versioned<T extends { readonly version: number }>(reply: FastifyReply, view: T): T {
  setVersion(reply, view.version);
  return view;
}
