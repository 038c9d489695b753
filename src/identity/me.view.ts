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
}

export const meView = (actor: Actor, mustChangePassword: boolean): MeView => ({
  id: actor.accountId,
  username: actor.username,
  displayName: actor.displayName,
  roles: [...actor.roles],
  permissions: [...actor.permissions].sort(),
  homeSubject: { id: actor.homeSubjectId, name: actor.homeSubjectName },
  mustChangePassword,
});
