import type { Source } from './source.js';

interface SettingRow {
  readonly setting_key: string;
  readonly value_json: string;
  readonly effective_from: string;
  readonly effective_to: string | null;
  readonly created_at: string;
  readonly superseded_at: string | null;
}

/** The settings with their whole history: what was in force on a day, as it was known at a moment. */
export class SettingHistory {
  private readonly rows = new Map<string, SettingRow[]>();
  private readonly found = new Map<string, unknown>();

  static async read(source: Source): Promise<SettingHistory> {
    const history = new SettingHistory();
    const rows = await source.rows<SettingRow>(
      `SELECT setting_key, value_json, effective_from, effective_to, created_at, superseded_at FROM settings
       WHERE approved_state = 'IN_FORCE' AND (setting_key LIKE 'cert.%' OR setting_key LIKE 'exam.%' OR setting_key LIKE 'hours.%'
         OR setting_key IN ('person.minEducation', 'eligibility.bars')) ORDER BY created_at, id`,
    );
    for (const row of rows) history.rows.set(row.setting_key, [...(history.rows.get(row.setting_key) ?? []), row]);
    return history;
  }

  /** The value on a day as it was known at an instant; where nothing was known then, as it is known today. */
  value(key: string, day: string, known: string): unknown {
    const all = this.rows.get(key) ?? [];
    const onDay = all.filter(
      (row) => row.effective_from <= day && (row.effective_to === null || row.effective_to > day),
    );
    const then = onDay.filter(
      (row) => row.created_at <= known && (row.superseded_at === null || row.superseded_at > known),
    );
    const row = then.at(-1) ?? onDay.filter(({ superseded_at }) => superseded_at === null).at(-1);
    if (!row) return undefined;
    if (!this.found.has(row.value_json)) this.found.set(row.value_json, JSON.parse(row.value_json));
    return this.found.get(row.value_json);
  }

  /** Every value that a setting ever had. */
  everyValue(key: string): unknown[] {
    return (this.rows.get(key) ?? []).map(({ value_json }) => JSON.parse(value_json) as unknown);
  }
}
