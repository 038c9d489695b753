import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../../kernel/permissions.js';
import { HomeSubjectView } from '../me.view.js';
import { ACCOUNT_STATUSES, type AccountStatus } from './accounts.dto.js';
import type { AccountRow } from './accounts.rows.js';

export class AccountView {
  id: string;
  username: string;
  displayName: string;
  @ApiProperty({ enum: ACCOUNT_STATUSES })
  status: AccountStatus;
  @ApiProperty({ enum: ROLES, isArray: true })
  roles: Role[];
  homeSubject: HomeSubjectView;
  officerId: string | null;
  /** Locked after too many wrong passwords until then. */
  lockedUntil: string | null;
  /** Somebody else chose the password; it has to be changed at the next log-in. */
  mustChangePassword: boolean;
  version: number;
  createdAt: string;
}

export class AccountWithPasswordView extends AccountView {
  /** Shown once, and only when it was made here. */
  @ApiProperty({ required: false })
  initialPassword?: string;
}

export class AccountPageView {
  @ApiProperty({ type: [AccountView] })
  items: readonly AccountView[];
  nextCursor: string | null;
}

export const rolesOf = (row: AccountRow): Role[] =>
  (row.roles ?? '').split(',').filter((role): role is Role => (ROLES as readonly string[]).includes(role));

export const accountView = (row: AccountRow): AccountView => ({
  id: row.id,
  username: row.username,
  displayName: row.display_name,
  status: row.status,
  roles: rolesOf(row),
  homeSubject: { id: row.home_id, name: row.home_name },
  officerId: row.officer_id,
  lockedUntil: row.locked_until?.toISOString() ?? null,
  mustChangePassword: row.password_initial === 1,
  version: row.version,
  createdAt: row.created_at.toISOString(),
});
