import { judge, unless, type Verdict } from './verdict.js';

/** Who may have which account, and which passwords are good enough. BR-131, BR-132. */

export type PasswordRefusal =
  'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_PLAIN' | 'PASSWORD_HOLDS_USERNAME' | 'PASSWORD_USED_BEFORE';
export type AccountRefusal = 'ROLES_EXCLUDE_EACH_OTHER' | 'OWN_ACCOUNT' | 'PASSWORD_WRONG' | PasswordRefusal;

/** Takes the roles of one account and those that stand alone. Gives whether one person can hold them together. BR-131. */
export function judgeRoles(
  roles: readonly string[],
  exclusive: readonly string[],
): Verdict<'ROLES_EXCLUDE_EACH_OTHER'> {
  const stands = roles.length <= 1 || !roles.some((role) => exclusive.includes(role));
  return judge(unless(stands, 'ROLES_EXCLUDE_EACH_OTHER', { roles: roles.join(', ') }));
}

/** Takes who acts and whose account it is. Gives whether he may: nobody administers himself. */
export const judgeAdministration = (actorAccountId: string, accountId: string): Verdict<'OWN_ACCOUNT'> =>
  judge(unless(actorAccountId !== accountId, 'OWN_ACCOUNT'));

export interface PasswordPolicy {
  /** `auth.minLength`, in characters. */
  readonly minLength: number;
  /** `auth.classes`: of small letters, capital letters, digits and everything else. */
  readonly classes: number;
}

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u] as const;

/** Takes a new password. Gives everything that is wrong with it; the password itself is no fact. BR-132. */
export function judgePassword(
  password: string,
  username: string,
  usedBefore: boolean,
  { minLength, classes }: PasswordPolicy,
): Verdict<PasswordRefusal> {
  const found = CLASSES.filter((kind) => kind.test(password)).length;
  const name = username.toLowerCase();
  return judge<PasswordRefusal>(
    unless([...password].length >= minLength, 'PASSWORD_TOO_SHORT', { minLength }),
    unless(found >= classes, 'PASSWORD_TOO_PLAIN', { classes, found }),
    unless(name.length < 3 || !password.toLowerCase().includes(name), 'PASSWORD_HOLDS_USERNAME'),
    unless(!usedBefore, 'PASSWORD_USED_BEFORE'),
  );
}
