import { newId } from '../kernel/ids.js';
import type { NumberScheme } from '../rules/numbering.rules.js';
import type { Stage } from './stage.js';

/** 11 digits: 16, city, county, five digits of serial (department and serial of the usual form). */
export const DEMO_SCHEME: NumberScheme = [
  { kind: 'CONST', value: '16' },
  { kind: 'CITY', width: 2 },
  { kind: 'COUNTY', width: 2 },
  // The numbers before are the province's: cards that were taken over have some of them.
  { kind: 'SERIAL', width: 5, start: 401, restartBy: ['CITY', 'COUNTY'] },
];

const CHANGES: readonly (readonly [key: string, value: unknown, reason: string])[] = [
  ['review.enabled', false, '演示：年度审验尚未启用'],
  ['review.testAfterYears', 5, '演示：换证时考试，年审不再另考'],
  ['auth.maxAgeDays', 3650, '演示：演示账号的密码不要求定期更换'],
  ['cert.numberMode', 'ALLOCATED', '演示：由本机关配发证号'],
  ['cert.numberScheme', DEMO_SCHEME, '演示：16＋市＋县＋五位流水号'],
];

interface Row {
  readonly id: string;
  readonly value_json: string;
  readonly effective_from: string;
  readonly basis: string;
}

/**
 * The settings of the demonstration, from the day on which the district adopted the system; the row before each is closed, never
 * edited. The first content counts as known since then, so that old questions can be asked as they were known.
 */
export async function loadSettings(stage: Stage): Promise<void> {
  const { db, time } = stage;
  const recordedAt = new Date(time.at(time.adopted, 9));
  await db.execute('UPDATE settings SET created_at = ? WHERE created_by IS NULL AND created_at > ?', [
    new Date(time.at(time.adopted, 8)),
    recordedAt,
  ]);
  for (const [key, value, reason] of CHANGES) {
    const open = await db.row<Row>(
      `SELECT id, value_json, effective_from, basis FROM settings
       WHERE setting_key = ? AND superseded_at IS NULL AND effective_to IS NULL AND approved_state = 'IN_FORCE'`,
      [key],
    );
    if (!open) throw new Error(`the setting ${key} is missing`);
    await db.supersede('settings', open.id, recordedAt.getTime());
    const row = (json: string, from: string, to: string | null, basis: string, why: string) => ({
      id: newId(),
      setting_key: key,
      value_json: json,
      effective_from: from,
      effective_to: to,
      basis,
      reason: why,
      created_by: stage.by('system-admin'),
      approved_by: stage.by('approver'),
      created_at: recordedAt,
    });
    await db.insert('settings', [
      row(open.value_json, open.effective_from, time.adopted, open.basis, reason),
      row(JSON.stringify(value), time.adopted, null, open.basis, reason),
    ]);
  }
}
