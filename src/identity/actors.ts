import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { permissionsOf, type Role } from '../kernel/permissions.js';
import { Db } from '../infrastructure/database/db.js';

interface ActorRow {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly officer_id: string | null;
  readonly home_id: string;
  readonly home_name: string;
  readonly home_path: string;
  readonly roles: string | null;
}

export interface SessionRow extends ActorRow {
  readonly password_initial: number;
  readonly last_seen_at: Date;
  readonly created_at: Date;
  readonly now: Date;
}

const ACTOR_COLUMNS = `a.id, a.username, a.display_name, a.officer_id, s.id AS home_id, s.name AS home_name, s.path AS home_path,
  (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM account_roles r WHERE r.account_id = a.id) AS roles`;

/** Who asks with a session, and what is known of it. */
export interface SessionHolder {
  readonly actor: Actor;
  /** Somebody else chose the password: nothing is done before it is changed. */
  readonly mustChangePassword: boolean;
  readonly lastSeenAt: number;
  readonly createdAt: number;
  readonly now: number;
}

/** Who somebody is at this moment: roles and scope are read anew for every request and every batch of a job (D07, D15). */
@Injectable()
export class Actors {
  constructor(private readonly db: Db) {}

  /** The actor of a live session, or null when it ended, expired, or the account is disabled. */
  async ofSession(tokenHash: string): Promise<SessionHolder | null> {
    const row = await this.db.row<SessionRow>(
      `SELECT ${ACTOR_COLUMNS}, a.password_initial, t.last_seen_at, t.created_at, UTC_TIMESTAMP(3) AS now
       FROM sessions t JOIN accounts a ON a.id = t.account_id JOIN subjects s ON s.id = a.home_subject_id
       WHERE t.token_hash = ? AND t.ended_at IS NULL AND t.expires_at > UTC_TIMESTAMP(3) AND a.status = 'ACTIVE'`,
      [tokenHash],
    );
    if (!row) return null;
    return {
      actor: actorOf(row),
      mustChangePassword: row.password_initial === 1,
      lastSeenAt: row.last_seen_at.getTime(),
      createdAt: row.created_at.getTime(),
      now: row.now.getTime(),
    };
  }

  /** The actor behind an account, for jobs; null when it is disabled or gone. */
  async ofAccount(accountId: string): Promise<Actor | null> {
    const row = await this.db.row<ActorRow>(
      `SELECT ${ACTOR_COLUMNS} FROM accounts a JOIN subjects s ON s.id = a.home_subject_id WHERE a.id = ? AND a.status = 'ACTIVE'`,
      [accountId],
    );
    return row ? actorOf(row) : null;
  }
}

function actorOf(row: ActorRow): Actor {
  const roles = (row.roles ?? '').split(',').filter((role): role is Role => role !== '');
  return {
    accountId: row.id,
    username: row.username,
    displayName: row.display_name,
    roles,
    permissions: permissionsOf(roles),
    homeSubjectId: row.home_id,
    homeSubjectName: row.home_name,
    homeSubjectPath: row.home_path,
    officerId: row.officer_id,
  };
}
