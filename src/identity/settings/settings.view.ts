import { ApiProperty } from '@nestjs/swagger';
import { movesLegalThreshold } from '../../rules/setting.rules.js';
import { SETTING_STATES, type SettingRow, type SettingState } from './settings.rows.js';

/** One value of a setting with its days. */
export class SettingValueView {
  id: string;
  @ApiProperty({ type: Object, nullable: true })
  value: unknown;
  effectiveFrom: string;
  /** The day on which the next value begins; null for no end. */
  effectiveTo: string | null;
  @ApiProperty({ enum: SETTING_STATES })
  state: SettingState;
  reason: string;
  basis: string;
  createdBy: string | null;
  approvedBy: string | null;
  createdAt: string;
}

export class SettingView {
  key: string;
  /** The value in force today. */
  @ApiProperty({ type: Object, nullable: true })
  value: unknown;
  effectiveFrom: string;
  effectiveTo: string | null;
  basis: string;
  /** A new value needs the approver. */
  needsApproval: boolean;
  /** Values that begin later. */
  @ApiProperty({ type: [SettingValueView] })
  upcoming: readonly SettingValueView[];
  /** What waits for the approver. */
  @ApiProperty({ type: [SettingValueView] })
  proposals: readonly SettingValueView[];
  version: number;
}

export class SettingDetailView extends SettingView {
  /** Everything that was ever in force or proposed and is no more. */
  @ApiProperty({ type: [SettingValueView] })
  history: readonly SettingValueView[];
}

export class SettingPageView {
  @ApiProperty({ type: [SettingView] })
  items: readonly SettingView[];
  nextCursor: string | null;
}

export class DictionaryItemView {
  code: string;
  nameZh: string;
  nameEn: string;
}

export class DictionaryView {
  @ApiProperty({ type: [DictionaryItemView] })
  items: readonly DictionaryItemView[];
}

const valueView = (row: SettingRow): SettingValueView => ({
  id: row.id,
  value: JSON.parse(row.value_json) as unknown,
  effectiveFrom: row.effective_from,
  effectiveTo: row.effective_to,
  state: row.approved_state,
  reason: row.reason,
  basis: row.basis,
  createdBy: row.created_by,
  approvedBy: row.approved_by,
  createdAt: row.created_at.toISOString(),
});

export const isCurrent = (row: SettingRow): boolean => row.superseded_at === null && row.approved_state === 'IN_FORCE';
export const isProposed = (row: SettingRow): boolean => row.superseded_at === null && row.approved_state === 'PROPOSED';

/** The version of a key: it grows with every row that comes or changes. */
export const versionOf = (rows: readonly SettingRow[]): number => Math.max(...rows.map(({ version }) => version));

/** The row in force on a day; the first one where the day lies before all. */
export const inForceOn = (rows: readonly SettingRow[], day: string): SettingRow | undefined =>
  rows.find(
    (row) => isCurrent(row) && row.effective_from <= day && (row.effective_to === null || row.effective_to > day),
  );

export function settingView(rows: readonly SettingRow[], today: string): SettingView {
  const row = inForceOn(rows, today) ?? rows.find(isCurrent) ?? rows[0];
  if (!row) throw new Error('a setting without rows');
  return {
    key: row.setting_key,
    value: JSON.parse(row.value_json) as unknown,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    basis: row.basis,
    needsApproval: movesLegalThreshold(row.setting_key),
    upcoming: rows.filter((other) => isCurrent(other) && other.effective_from > today).map(valueView),
    proposals: rows.filter(isProposed).map(valueView),
    version: versionOf(rows),
  };
}

export const settingDetailView = (rows: readonly SettingRow[], today: string): SettingDetailView => ({
  ...settingView(rows, today),
  history: rows
    .filter(
      (row) => !isProposed(row) && !(isCurrent(row) && row.effective_from > today) && row !== inForceOn(rows, today),
    )
    .map(valueView),
});
