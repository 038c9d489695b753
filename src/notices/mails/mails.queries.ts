import { Injectable } from '@nestjs/common';
import { below, Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import type { MailAddressView, MailPage, MailView } from './mail.view.js';
import type { MailListQuery, MailState } from './mails.dto.js';

interface MailRow {
  readonly id: string;
  readonly account_id: string;
  readonly username: string;
  readonly notices: number;
  readonly state: MailState;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly sent_at: Date | null;
}

const SELECT = `SELECT m.id, m.account_id, a.username, m.notices, m.state, m.attempts, m.last_error, m.created_at, m.sent_at
  FROM mails m JOIN accounts a ON a.id = m.account_id JOIN subjects s ON s.id = a.home_subject_id`;

/** The log of mails within the scope of who administers the accounts. */
@Injectable()
export class MailQueries {
  constructor(private readonly db: Db) {}

  async list(actor: Actor, query: MailListQuery): Promise<MailPage> {
    const state = query.state === undefined ? '' : 'AND m.state = ?';
    const rows = await this.db.rows<MailRow>(
      `${SELECT} WHERE s.path LIKE ? AND m.id > ? ${state} ORDER BY m.id LIMIT ?`,
      [
        below(actor.homeSubjectPath),
        query.after(),
        ...(query.state === undefined ? [] : [query.state]),
        query.limit + 1,
      ],
    );
    return pageOf(rows, query.limit, mailView);
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<MailView> {
    const row = await this.db.row<MailRow>(`${SELECT} WHERE m.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('mail');
    return mailView(row);
  }

  /** @throws Problem 404 for an account outside the scope */
  async address(actor: Actor, accountId: string): Promise<MailAddressView> {
    const row = await this.db.row<{ address_masked: string | null }>(
      `SELECT d.address_masked FROM accounts a JOIN subjects s ON s.id = a.home_subject_id
       LEFT JOIN account_mail_addresses d ON d.account_id = a.id WHERE a.id = ? AND s.path LIKE ?`,
      [accountId, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('account');
    return { accountId, addressMasked: row.address_masked };
  }
}

const mailView = (row: MailRow): MailView => ({
  id: row.id,
  accountId: row.account_id,
  username: row.username,
  notices: row.notices,
  state: row.state,
  attempts: row.attempts,
  lastError: row.last_error,
  createdAt: row.created_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  allowedVerbs: row.state === 'UNCERTAIN' || row.state === 'DEAD' ? ['resend'] : [],
});
