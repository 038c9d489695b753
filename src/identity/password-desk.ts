import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import { judgePassword } from '../rules/account.rules.js';
import { legalDateOf, MS_PER_DAY } from '../rules/calendar.js';
import { hashPassword, verifyPassword } from './passwords.js';

const LOOK_UNLIKE = ['abcdefghjkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_+=#%'] as const;
const INITIAL_LENGTH = 20;

/** Judges, keeps and makes passwords; what is good enough is a setting of the day (BR-132). */
@Injectable()
export class PasswordDesk {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  /**
   * The hash of a new password that is good enough. It takes a while: call it before the locks.
   * @param accountId null for an account that does not exist yet
   * @throws Problem 422 with every reason
   */
  async hashOfNew(password: string, username: string, accountId: string | null, now: number): Promise<string> {
    const limits = await this.settings.on(legalDateOf(now) ?? '', ['auth.minLength', 'auth.classes', 'auth.history']);
    const used = accountId !== null && (await this.wasUsed(password, accountId, Number(limits.get('auth.history'))));
    const policy = { minLength: Number(limits.get('auth.minLength')), classes: Number(limits.get('auth.classes')) };
    const verdict = judgePassword(password, username, used, policy);
    if (!verdict.allowed) {
      throw new Problem('refused', 'PASSWORD_REFUSED', 'This password is not good enough; each reason is named.', {
        reasons: verdict.reasons,
      });
    }
    return hashPassword(password);
  }

  /** BR-132: whether a password of that age has to be changed. The NIST profile knows no such change. */
  async isTooOld(since: number, now: number): Promise<boolean> {
    const limits = await this.settings.on(legalDateOf(now) ?? '', ['auth.profile', 'auth.maxAgeDays']);
    return limits.get('auth.profile') === 'MLPS' && now - since > Number(limits.get('auth.maxAgeDays')) * MS_PER_DAY;
  }

  /** Puts a password in place in the open unit; the one before is kept against its return. */
  async replace(accountId: string, hash: string, isInitial: boolean, now: number): Promise<void> {
    const before = await this.db.row<{ password_hash: string }>('SELECT password_hash FROM accounts WHERE id = ?', [
      accountId,
    ]);
    await this.db.insert('former_passwords', {
      id: newId(),
      account_id: accountId,
      password_hash: before?.password_hash ?? '',
      recorded_at: new Date(now),
    });
    await this.db.execute(
      `UPDATE accounts SET password_hash = ?, password_initial = ?, failed_logins = 0, locked_until = NULL, version = version + 1
       WHERE id = ?`,
      [hash, isInitial, accountId],
    );
  }

  /** The hash of a password that nobody knows: as slow to check as any other. */
  hashOfNobody(): Promise<string> {
    return hashPassword(randomBytes(32).toString('base64'));
  }

  /** A first password that nobody could guess: shown once, to be changed at the first log-in. */
  initial(): string {
    const all = LOOK_UNLIKE.join('');
    const pick = (from: string): string => from[randomInt(from.length)] ?? '';
    const chars = [...LOOK_UNLIKE.map(pick), ...Array.from({ length: INITIAL_LENGTH - 4 }, () => pick(all))];
    for (let i = chars.length - 1; i > 0; i--) {
      const j = randomInt(i + 1);
      [chars[i], chars[j]] = [chars[j] ?? '', chars[i] ?? ''];
    }
    return chars.join('');
  }

  private async wasUsed(password: string, accountId: string, history: number): Promise<boolean> {
    const current = await this.db.rows<{ password_hash: string }>('SELECT password_hash FROM accounts WHERE id = ?', [
      accountId,
    ]);
    const former = await this.db.rows<{ password_hash: string }>(
      'SELECT password_hash FROM former_passwords WHERE account_id = ? ORDER BY id DESC LIMIT ?',
      [accountId, Math.max(history - 1, 0)],
    );
    for (const { password_hash } of [...current, ...former]) {
      if (await verifyPassword(password_hash, password)) return true;
    }
    return false;
  }
}
