import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsString, Length, Matches } from 'class-validator';
import { IsId, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';
import { ROLES, type Role } from '../../kernel/permissions.js';

export const ACCOUNT_STATUSES = ['ACTIVE', 'DISABLED'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export class CreateAccountDto {
  /** @example zhang.san */
  @Matches(/^[0-9a-z._-]{1,60}$/, {
    message: 'username must be 1 to 60 small letters, digits, dots, dashes and underscores',
    context: { code: 'USERNAME_FORM' },
  })
  username: string;

  @IsPlainText(80)
  displayName: string;

  /** The body whose records, and those below it, the account may see. */
  @IsId()
  homeSubjectId: string;

  /** The officer whose own account this is. */
  @MayBeAbsent()
  @IsId()
  officerId?: string;

  /** The first password, to be changed at the first log-in. Left out there is none until reset-password made one. */
  @MayBeAbsent()
  @IsString()
  @Length(1, 200)
  password?: string;
}

export class ChangeAccountDto {
  @MayBeAbsent()
  @IsPlainText(80)
  displayName?: string;

  @MayBeAbsent()
  @IsId()
  homeSubjectId?: string;
}

export class ResetPasswordDto {
  /** Left out: one is made and shown in the answer, once. */
  @MayBeAbsent()
  @IsString()
  @Length(1, 200)
  password?: string;
}

export class SetRolesDto {
  @IsArray()
  @ArrayMaxSize(ROLES.length)
  @ArrayUnique()
  @IsIn(ROLES, { each: true })
  roles: Role[];
}

/** NONE: no role at all. */
const ROLES_ASKED = [...ROLES, 'NONE'] as const;

export class AccountsQuery extends PageQuery {
  /** Part of the user name or of the display name. */
  @MayBeAbsent()
  @IsPlainText(80)
  q?: string;

  @MayBeAbsent()
  @IsIn(ACCOUNT_STATUSES)
  status?: AccountStatus;

  @MayBeAbsent()
  @IsIn(ROLES_ASKED)
  role?: Role | 'NONE';

  /** 'true': locked at this moment after too many wrong passwords. */
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  locked?: 'true' | 'false';

  @MayBeAbsent()
  @IsId()
  homeSubjectId?: string;
}
