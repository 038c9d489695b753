import { ApiProperty } from '@nestjs/swagger';
import type { Actor } from '../kernel/actor.js';

export class HomeSubjectView {
  id: string;
  name: string;
}

export class MeView {
  id: string;
  username: string;
  displayName: string;
  roles: string[];
  permissions: string[];
  homeSubject: HomeSubjectView;
  /** Somebody else chose the password: until it is changed every other route answers 403 PASSWORD_CHANGE_REQUIRED. */
  mustChangePassword: boolean;
  /** The session before this one began then; null for the first. */
  @ApiProperty({ type: String, nullable: true })
  lastSignInAt: string | null;
  /** Without a request for so long, the session ends. */
  idleMinutes: number;
}

export class SessionView {
  /** Send it as `Authorization: Bearer <token>`. It is shown once. */
  token: string;
  expiresAt: string;
  user: MeView;
}

export class DemoAccountView {
  username: string;
  displayName: string;
  roles: string[];
  unit: string;
}

/** What the sign-in page has to know before anybody signed in. */
export class DoorView {
  /** The demonstration: a role is chosen by a click. */
  demo: boolean;
  accounts: DemoAccountView[];
  /** So many wrong passwords in a row lock an account … */
  maxFailures: number;
  /** … for so long. The same for every name, whether there is such an account or not. */
  lockMinutes: number;
}

/** What stands beside the actor. */
export interface AboutMe {
  readonly mustChangePassword: boolean;
  readonly lastSignInAt: number | null;
  readonly idleMinutes: number;
}

export const meView = (actor: Actor, about: AboutMe): MeView => ({
  id: actor.accountId,
  username: actor.username,
  displayName: actor.displayName,
  roles: [...actor.roles],
  permissions: [...actor.permissions].sort(),
  homeSubject: { id: actor.homeSubjectId, name: actor.homeSubjectName },
  mustChangePassword: about.mustChangePassword,
  lastSignInAt: about.lastSignInAt === null ? null : new Date(about.lastSignInAt).toISOString(),
  idleMinutes: about.idleMinutes,
});
