import { Injectable } from '@nestjs/common';
import { below, Db } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf, type Page } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { AboutMe } from '../me.view.js';
import type { AccountsQuery } from './accounts.dto.js';
import type { AccountRow } from './accounts.rows.js';
import { accountView, type AccountView } from './accounts.view.js';

const COLUMNS = `a.id, a.username, a.display_name, a.status, s.id AS home_id, s.name AS home_name, a.officer_id, a.locked_until,
  a.password_initial, a.version, a.created_at,
  (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM account_roles r WHERE r.account_id = a.id) AS roles`;
const FROM = 'FROM accounts a JOIN subjects s ON s.id = a.home_subject_id';

/** Accounts within the scope: their home body lies in it. */
@Injectable()
export class AccountQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @throws Problem 404 when absent or outside the scope */
  async row(actor: Actor, id: string): Promise<AccountRow> {
    const row = await this.db.row<AccountRow>(`SELECT ${COLUMNS} ${FROM} WHERE a.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('account');
    return row;
  }

  async read(actor: Actor, id: string): Promise<AccountView> {
    return accountView(await this.row(actor, id));
  }

  /** Locks an account within the scope and gives it as it is then. */
  async lock(actor: Actor, id: string): Promise<AccountRow> {
    await this.row(actor, id);
    await this.db.row('SELECT id FROM accounts WHERE id = ? FOR UPDATE', [id]);
    return this.row(actor, id);
  }

  async list(actor: Actor, query: AccountsQuery): Promise<Page<AccountView>> {
    const where = ['a.id > ?', 's.path LIKE ?'];
    const values: (string | Date)[] = [query.after(), below(actor.homeSubjectPath)];
    const filter = (sql: string, ...given: (string | Date)[]): void => {
      where.push(sql);
      values.push(...given);
    };
    if (query.q !== undefined) {
      const part = `%${query.q.trim().replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
      filter('(a.username LIKE ? OR a.display_name LIKE ?)', part, part);
    }
    if (query.status !== undefined) filter('a.status = ?', query.status);
    if (query.homeSubjectId !== undefined) filter('a.home_subject_id = ?', query.homeSubjectId);
    if (query.locked !== undefined) {
      const at = new Date(await this.clock.now());
      filter(query.locked === 'true' ? 'a.locked_until > ?' : '(a.locked_until IS NULL OR a.locked_until <= ?)', at);
    }
    if (query.role === 'NONE') {
      filter('NOT EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id)');
    } else if (query.role !== undefined) {
      filter('EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id AND r.role = ?)', query.role);
    }
    const rows = await this.db.rows<AccountRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE ${where.join(' AND ')} ORDER BY a.id LIMIT ?`,
      [...values, query.limit + 1],
    );
    return pageOf(rows, query.limit, accountView);
  }

  /** What stands beside the actor when somebody asks who he is. */
  async about(id: string): Promise<AboutMe> {
    const now = await this.clock.now();
    const row = await this.db.row<{ password_initial: number; before: Date | null }>(
      `SELECT a.password_initial,
              (SELECT s.created_at FROM sessions s WHERE s.account_id = a.id ORDER BY s.created_at DESC LIMIT 1 OFFSET 1) AS \`before\`
       FROM accounts a WHERE a.id = ?`,
      [id],
    );
    return {
      mustChangePassword: row?.password_initial === 1,
      lastSignInAt: row?.before?.getTime() ?? null,
      idleMinutes: await this.settings.number(legalDateOf(now) ?? '', 'auth.idleMinutes'),
    };
  }

  /** @throws Problem 404 unless the body lies within the scope */
  async requireSubject(actor: Actor, id: string): Promise<void> {
    const row = await this.db.row('SELECT id FROM subjects WHERE id = ? AND path LIKE ?', [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('subject');
  }

  /** @throws Problem 404 unless the officer serves within the scope */
  async requireOfficer(actor: Actor, id: string): Promise<void> {
    const row = await this.db.row(
      'SELECT o.id FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id = ? AND s.path LIKE ?',
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('officer');
  }
}
