import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { encodeCursor, type Page } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import type { SettingsQuery } from './settings.dto.js';
import type { SettingRow } from './settings.rows.js';
import { settingDetailView, settingView, type SettingDetailView, type SettingView } from './settings.view.js';

const COLUMNS = `id, setting_key, value_json, effective_from, effective_to, basis, reason, created_by, approved_by, created_at,
  superseded_at, approved_state, version`;

@Injectable()
export class SettingQueries {
  constructor(private readonly db: Db) {}

  /** Locks every row of a key and gives them, oldest first. @throws Problem 404 for a key that nobody knows */
  async lock(key: string): Promise<readonly SettingRow[]> {
    await this.db.rows('SELECT id FROM settings WHERE setting_key = ? ORDER BY id FOR UPDATE', [key]);
    return this.rows(key);
  }

  async read(key: string, today: string): Promise<SettingDetailView> {
    return settingDetailView(await this.rows(key), today);
  }

  async list(query: SettingsQuery, today: string): Promise<Page<SettingView>> {
    const keys = await this.db.rows<{ setting_key: string }>(
      `SELECT DISTINCT setting_key FROM settings WHERE setting_key > ? AND setting_key LIKE ? ORDER BY setting_key LIMIT ?`,
      [query.after(), `${query.prefix ?? ''}%`, query.limit + 1],
    );
    const shown = keys.slice(0, query.limit).map(({ setting_key }) => setting_key);
    const rows = await this.db.rows<SettingRow>(
      `SELECT ${COLUMNS} FROM settings WHERE setting_key IN (${marks(shown)}) ORDER BY setting_key, effective_from, created_at, id`,
      shown,
    );
    const last = shown.at(-1);
    return {
      items: shown.map((key) =>
        settingView(
          rows.filter((row) => row.setting_key === key),
          today,
        ),
      ),
      nextCursor: keys.length > query.limit && last !== undefined ? encodeCursor(last) : null,
    };
  }

  private async rows(key: string): Promise<readonly SettingRow[]> {
    const rows = await this.db.rows<SettingRow>(
      `SELECT ${COLUMNS} FROM settings WHERE setting_key = ? ORDER BY effective_from, created_at, id`,
      [key],
    );
    if (rows.length === 0) throw notFound('setting');
    return rows;
  }
}
