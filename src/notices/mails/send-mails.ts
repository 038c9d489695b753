import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { AppConfig } from '../../infrastructure/config/app-config.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { Clock } from '../../kernel/clock.js';
import { addressPlace } from './change-mail.js';
import { letterOf } from './letter.js';
import { Postman } from './postman.js';

const AT_ONCE = 20;
const LEASE_MS = 120_000;
const PAUSES_S = [60, 300, 1800, 7200, 28_800] as const;

interface Claimed {
  readonly id: string;
  readonly account_id: string;
  readonly address_cipher: string | null;
  readonly created_at: Date;
  readonly attempts: number;
}

/**
 * Never twice: a mail is SENDING, committed, before the server hears of it. What the server certainly refused is tried again; whatever is
 * left SENDING, or was cut off while the server took it, is UNCERTAIN and waits for a person. The inbox has the reminder in any case.
 */
@Sweeps({ everyMs: 10_000 })
@Injectable()
export class SendMails implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly crypto: PersonalData,
    private readonly config: AppConfig,
    private readonly postman: Postman,
  ) {}

  async sweep(): Promise<number> {
    if (!this.postman.isConfigured) return 0;
    let sent = await this.uow.run(async () =>
      this.db.execute(
        `UPDATE mails SET state = 'UNCERTAIN', last_error = 'WORKER_LOST' WHERE state = 'SENDING' AND lease_until < ?`,
        [new Date(await this.clock.now())],
      ),
    );
    for (;;) {
      const claimed = await this.uow.run(() => this.claim());
      if (claimed.length === 0) return sent;
      for (const mail of claimed) await this.send(mail);
      sent += claimed.length;
    }
  }

  private async claim(): Promise<readonly Claimed[]> {
    const now = await this.clock.now();
    const found = await this.db.rows<{ id: string }>(
      `SELECT id FROM mails WHERE state = 'WAITING' AND next_at <= ? ORDER BY next_at, id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
      [new Date(now)],
    );
    if (found.length === 0) return [];
    const ids = found.map(({ id }) => id);
    await this.db.execute(
      `UPDATE mails SET state = 'SENDING', attempts = attempts + 1, lease_until = ? WHERE id IN (${marks(ids)})`,
      [new Date(now + LEASE_MS + AT_ONCE * 1000), ...ids],
    );
    return this.db.rows<Claimed>(
      `SELECT m.id, m.account_id, d.address_cipher, m.created_at, m.attempts FROM mails m
       LEFT JOIN account_mail_addresses d ON d.account_id = m.account_id WHERE m.id IN (${marks(ids)}) ORDER BY m.id`,
      ids,
    );
  }

  private async send(mail: Claimed): Promise<void> {
    // The address was taken away meanwhile.
    if (mail.address_cipher === null) return this.conclude(mail, 'DEAD', 'NO_ADDRESS');
    const counts = await this.db.rows<{ kind: string; lines: number }>(
      `SELECT n.kind, COUNT(*) AS \`lines\` FROM mail_notices t JOIN notifications n ON n.id = t.notification_id
       WHERE t.mail_id = ? GROUP BY n.kind ORDER BY n.kind`,
      [mail.id],
    );
    const { outcome, error } = await this.postman.post({
      messageId: `<${mail.id}@${this.config.MAIL_FROM?.split('@')[1] ?? 'chizheng'}>`,
      to: this.crypto.decrypt(mail.address_cipher, addressPlace(mail.account_id)),
      at: mail.created_at,
      ...letterOf(
        counts.map(({ kind, lines }) => ({ kind, lines: Number(lines) })),
        this.config.PUBLIC_BASE_URL,
      ),
    });
    if (outcome === 'TAKEN') return this.conclude(mail, 'SENT', null);
    if (outcome === 'UNCERTAIN') return this.conclude(mail, 'UNCERTAIN', error);
    return this.conclude(mail, PAUSES_S[mail.attempts - 1] === undefined ? 'DEAD' : 'WAITING', error);
  }

  private conclude(
    mail: Claimed,
    state: 'SENT' | 'UNCERTAIN' | 'WAITING' | 'DEAD',
    error: string | null,
  ): Promise<void> {
    return this.uow.run(async () => {
      const now = await this.clock.now();
      await this.db.execute(
        `UPDATE mails SET state = ?, last_error = ?, next_at = ?, sent_at = ?, lease_until = NULL WHERE id = ? AND state = 'SENDING' AND attempts = ?`,
        [
          state,
          error,
          new Date(now + (PAUSES_S[mail.attempts - 1] ?? 0) * 1000),
          state === 'SENT' ? new Date(now) : null,
          mail.id,
          mail.attempts,
        ],
      );
    });
  }
}
