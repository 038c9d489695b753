import type { AccountStatus } from './accounts.dto.js';

export interface AccountRow {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly status: AccountStatus;
  readonly roles: string | null;
  readonly home_id: string;
  readonly home_name: string;
  readonly officer_id: string | null;
  readonly locked_until: Date | null;
  readonly password_initial: number;
  readonly version: number;
  readonly created_at: Date;
}
