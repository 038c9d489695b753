import { Injectable } from '@nestjs/common';
import { AppConfig } from '../infrastructure/config/app-config.js';
import { Db } from '../infrastructure/database/db.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { Clock } from '../kernel/clock.js';
import { Problem } from '../kernel/problem.js';
import { legalDateOf } from '../rules/calendar.js';
import { Login, type SignedIn } from './login.js';
import type { DoorView } from './me.view.js';

/** As many accounts as the demonstration brings along; those that somebody makes later have passwords of their own. */
const CHOICES = 10;

/** The role chooser of the demonstration. Production refuses to start with DEMO, and without it there is nothing here. */
@Injectable()
export class DemoDoor {
  constructor(
    private readonly config: AppConfig,
    private readonly db: Db,
    private readonly login: Login,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** What the sign-in page offers. */
  async show(): Promise<DoorView> {
    const limits = await this.settings.on(legalDateOf(await this.clock.now()) ?? '', [
      'auth.maxFailures',
      'auth.lockMinutes',
    ]);
    const rules = {
      maxFailures: Number(limits.get('auth.maxFailures')),
      lockMinutes: Number(limits.get('auth.lockMinutes')),
    };
    if (!this.isOpen()) return { demo: false, accounts: [], ...rules };
    const rows = await this.db.rows<{ username: string; display_name: string; roles: string; unit: string }>(
      `SELECT a.username, a.display_name, s.name AS unit,
              (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM account_roles r WHERE r.account_id = a.id) AS roles
       FROM accounts a JOIN subjects s ON s.id = a.home_subject_id WHERE a.status = 'ACTIVE' ORDER BY a.id LIMIT ?`,
      [CHOICES],
    );
    return {
      demo: true,
      ...rules,
      accounts: rows.map(({ username, display_name: displayName, roles, unit }) => ({
        username,
        displayName,
        roles: (roles ?? '').split(',').filter((role) => role !== ''),
        unit,
      })),
    };
  }

  /** Signs in by a click, as if the demonstration's password had been typed. @throws Problem 404 outside the demonstration */
  async enter(username: string): Promise<SignedIn> {
    if (!this.isOpen()) throw new Problem('not-found', 'NOT_FOUND', 'There is no such resource.');
    return this.login.execute(username, this.config.DEMO_PASSWORD ?? '');
  }

  private isOpen(): boolean {
    return this.config.DEMO && this.config.NODE_ENV !== 'production' && this.config.DEMO_PASSWORD !== undefined;
  }
}
