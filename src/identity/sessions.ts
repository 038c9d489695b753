import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sha256 } from '../infrastructure/crypto/canonical.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { legalDateOf } from '../rules/calendar.js';

export const SESSION_COOKIE = 'chizheng_session';
const MINUTE = 60_000;
/** NIST SP 800-63B AAL2: sign in anew after 12 hours, whatever happens. */
const LONGEST = 12 * 60 * MINUTE;

/** Opaque server-side sessions: the token leaves once, its hash stays (R25). */
@Injectable()
export class Sessions {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly settings: Settings,
  ) {}

  /** Starts a session in the open unit. @returns the token and when it ends unless it is used before */
  async start(accountId: string, now: number): Promise<{ token: string; expiresAt: number }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = now + (await this.idleMs(now));
    await this.db.insert('sessions', {
      token_hash: sha256(token),
      account_id: accountId,
      created_at: new Date(now),
      last_seen_at: new Date(now),
      expires_at: new Date(expiresAt),
    });
    return { token, expiresAt };
  }

  /** Moves the idle limit on, at most once a minute and never past the longest life. */
  async touch(tokenHash: string, seen: { lastSeenAt: number; createdAt: number; now: number }): Promise<void> {
    if (seen.now - seen.lastSeenAt < MINUTE) return;
    const until = Math.min(seen.now + (await this.idleMs(seen.now)), seen.createdAt + LONGEST);
    await this.uow.run(() =>
      this.db.execute(
        'UPDATE sessions SET last_seen_at = ?, expires_at = ? WHERE token_hash = ? AND ended_at IS NULL',
        [new Date(seen.now), new Date(until), tokenHash],
      ),
    );
  }

  async end(tokenHash: string, now: number): Promise<void> {
    await this.db.execute('UPDATE sessions SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL', [
      new Date(now),
      tokenHash,
    ]);
  }

  /** Ends every session of an account: password changed, disabled, roles changed. */
  async endAll(accountId: string, now: number): Promise<void> {
    await this.db.execute('UPDATE sessions SET ended_at = ? WHERE account_id = ? AND ended_at IS NULL', [
      new Date(now),
      accountId,
    ]);
  }

  private async idleMs(now: number): Promise<number> {
    return (await this.settings.number(legalDateOf(now) ?? '', 'auth.idleMinutes')) * MINUTE;
  }
}
