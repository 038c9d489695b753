import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Postman } from './postman.js';

/** Nobody gets more than one mail in this time: what comes meanwhile is gathered. */
const NOT_SOONER_MS = 3_600_000;
const AT_MOST = 1000;

/**
 * Gathers what each account has not been mailed yet into one mail. A line of the inbox is the key of mail_notices, so it stands in one
 * mail at most, however often this runs.
 */
@Sweeps({ everyMs: 60_000 })
@Injectable()
export class WriteMails implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly postman: Postman,
  ) {}

  async sweep(): Promise<number> {
    if (!this.postman.isConfigured) return 0;
    const now = await this.clock.now();
    const accounts = await this.db.rows<{ account_id: string }>(
      `SELECT d.account_id FROM account_mail_addresses d JOIN accounts a ON a.id = d.account_id AND a.status = 'ACTIVE'
       WHERE NOT EXISTS (SELECT 1 FROM mails m WHERE m.account_id = d.account_id AND m.created_at > ?)
         AND EXISTS (SELECT 1 FROM notifications n WHERE n.account_id = d.account_id AND n.read_at IS NULL AND n.created_at >= d.since
           AND NOT EXISTS (SELECT 1 FROM mail_notices t WHERE t.notification_id = n.id))
       ORDER BY d.account_id`,
      [new Date(now - NOT_SOONER_MS)],
    );
    let written = 0;
    for (const { account_id } of accounts) written += await this.uow.run(() => this.write(account_id, now));
    return written;
  }

  private async write(accountId: string, begun: number): Promise<number> {
    const address = await this.db.row<{ since: Date }>(
      'SELECT since FROM account_mail_addresses WHERE account_id = ? FOR UPDATE',
      [accountId],
    );
    // Another worker may have written one since.
    const recent = await this.db.row('SELECT id FROM mails WHERE account_id = ? AND created_at > ? LIMIT 1', [
      accountId,
      new Date(begun - NOT_SOONER_MS),
    ]);
    if (!address || recent) return 0;
    const lines = await this.db.rows<{ id: string }>(
      `SELECT n.id FROM notifications n WHERE n.account_id = ? AND n.read_at IS NULL AND n.created_at >= ?
         AND NOT EXISTS (SELECT 1 FROM mail_notices t WHERE t.notification_id = n.id) ORDER BY n.id LIMIT ${AT_MOST}`,
      [accountId, address.since],
    );
    if (lines.length === 0) return 0;
    const id = newId();
    const now = new Date(await this.clock.now());
    await this.db.insert('mails', {
      id,
      account_id: accountId,
      notices: lines.length,
      state: 'WAITING',
      next_at: now,
      created_at: now,
    });
    await this.db.insert(
      'mail_notices',
      lines.map((line) => ({ notification_id: line.id, mail_id: id })),
    );
    return 1;
  }
}
