import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from '../infrastructure/http/access.guard.js';
import { Accounts } from './accounts.js';
import { Actors } from './actors.js';
import { AuthController } from './auth.controller.js';
import { Login } from './login.js';
import { Notifications } from './notifications.js';
import { SessionGuard } from './session.guard.js';
import { Sessions } from './sessions.js';

@Global()
@Module({
  controllers: [AuthController],
  providers: [
    Accounts,
    Actors,
    Login,
    Notifications,
    Sessions,
    // In this order: first who asks, then whether he may.
    { provide: APP_GUARD, useClass: SessionGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Accounts, Actors, Notifications, Sessions],
})
export class IdentityModule {}
