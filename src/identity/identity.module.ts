import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from '../infrastructure/http/access.guard.js';
import { Accounts } from './accounts.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { AccountQueries } from './accounts/accounts.queries.js';
import { ChangeAccount } from './accounts/change-account.js';
import { CreateAccount } from './accounts/create-account.js';
import { ResetPassword } from './accounts/reset-password.js';
import { SetRoles } from './accounts/set-roles.js';
import { SwitchAccount } from './accounts/switch-account.js';
import { Actors } from './actors.js';
import { AuthController } from './auth.controller.js';
import { ChangePassword } from './change-password.js';
import { DemoDoor } from './demo-door.js';
import { Login } from './login.js';
import { LoginFailures } from './login-failures.js';
import { Notifications } from './notifications.js';
import { NotificationsController } from './notifications.controller.js';
import { PasswordDesk } from './password-desk.js';
import { SessionGuard } from './session.guard.js';
import { Sessions } from './sessions.js';
import { CalendarController } from './settings/calendar.controller.js';
import { CalendarQueries } from './settings/calendar.queries.js';
import { ChangeSetting } from './settings/change-setting.js';
import { DecideSetting } from './settings/decide-setting.js';
import { DictionariesController } from './settings/dictionaries.controller.js';
import { SetCalendar } from './settings/set-calendar.js';
import { SettingPeriods } from './settings/setting-periods.js';
import { SettingsController } from './settings/settings.controller.js';
import { SettingQueries } from './settings/settings.queries.js';
import { SigningKeys } from './signing-keys/signing-keys.js';
import { SigningKeysController } from './signing-keys/signing-keys.controller.js';

@Global()
@Module({
  controllers: [
    AuthController,
    AccountsController,
    SettingsController,
    DictionariesController,
    CalendarController,
    NotificationsController,
    SigningKeysController,
  ],
  providers: [
    Accounts,
    AccountQueries,
    CreateAccount,
    ChangeAccount,
    SwitchAccount,
    ResetPassword,
    SetRoles,
    Actors,
    Login,
    DemoDoor,
    LoginFailures,
    ChangePassword,
    PasswordDesk,
    Notifications,
    Sessions,
    SigningKeys,
    CalendarQueries,
    SetCalendar,
    SettingQueries,
    SettingPeriods,
    ChangeSetting,
    DecideSetting,
    // In this order: first who asks, then whether he may.
    { provide: APP_GUARD, useClass: SessionGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Accounts, Actors, Notifications, Sessions, SigningKeys],
})
export class IdentityModule {}
