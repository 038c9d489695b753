import { Injectable } from '@nestjs/common';
import { Db, marks } from '../database/db.js';

interface SettingRow {
  readonly setting_key: string;
  readonly value_json: string;
}

export interface DictionaryItem {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

/**
 * Legal numbers, dates, lists and switches, read by business date (domain.md section 3), never by today's date and never cached:
 * some of them decide clearances.
 */
@Injectable()
export class Settings {
  constructor(private readonly db: Db) {}

  /** The values in force on a legal date. @throws Error when a key is missing: unknown means denied. */
  async on(date: string, keys: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const rows = await this.db.rows<SettingRow>(
      `SELECT setting_key, value_json FROM settings
       WHERE setting_key IN (${marks(keys)}) AND superseded_at IS NULL AND approved_state = 'IN_FORCE'
         AND effective_from <= ? AND (effective_to IS NULL OR effective_to > ?)`,
      [...keys, date, date],
    );
    const found = new Map(rows.map(({ setting_key, value_json }) => [setting_key, JSON.parse(value_json) as unknown]));
    const missing = keys.filter((key) => !found.has(key));
    if (missing.length > 0) throw new Error(`no setting in force for ${missing.join(', ')}`);
    return found;
  }

  /** Every value that these keys ever had in force, to be read by date: for lists whose rows have dates of their own. */
  async ever(keys: readonly string[]): Promise<(date: string, key: string) => unknown> {
    const rows = await this.db.rows<SettingRow & { effective_from: string; effective_to: string | null }>(
      `SELECT setting_key, value_json, effective_from, effective_to FROM settings
       WHERE setting_key IN (${marks(keys)}) AND superseded_at IS NULL AND approved_state = 'IN_FORCE'`,
      keys,
    );
    return (date, key) => {
      const row = rows.find(
        (one) =>
          one.setting_key === key &&
          one.effective_from <= date &&
          (one.effective_to === null || one.effective_to > date),
      );
      if (!row) throw new Error(`no setting in force for ${key}`);
      return JSON.parse(row.value_json) as unknown;
    };
  }

  async number(date: string, key: string): Promise<number> {
    const value = (await this.on(date, [key])).get(key);
    if (typeof value !== 'number') throw new Error(`setting ${key} is no number`);
    return value;
  }

  async flag(date: string, key: string): Promise<boolean> {
    const value = (await this.on(date, [key])).get(key);
    if (typeof value !== 'boolean') throw new Error(`setting ${key} is no switch`);
    return value;
  }

  async text(date: string, key: string): Promise<string> {
    const value = (await this.on(date, [key])).get(key);
    if (typeof value !== 'string') throw new Error(`setting ${key} is no text`);
    return value;
  }

  /** A dictionary, e.g. 'domains' (setting dict.domains). */
  async dictionary(date: string, name: string): Promise<readonly DictionaryItem[]> {
    const value = (await this.on(date, [`dict.${name}`])).get(`dict.${name}`);
    return Array.isArray(value) ? (value as DictionaryItem[]) : [];
  }
}
