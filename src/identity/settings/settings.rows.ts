export const SETTING_STATES = ['IN_FORCE', 'PROPOSED', 'REFUSED'] as const;
export type SettingState = (typeof SETTING_STATES)[number];

export interface SettingRow {
  readonly id: string;
  readonly setting_key: string;
  readonly value_json: string;
  readonly effective_from: string;
  readonly effective_to: string | null;
  readonly basis: string;
  readonly reason: string;
  readonly created_by: string | null;
  readonly approved_by: string | null;
  readonly created_at: Date;
  readonly superseded_at: Date | null;
  readonly approved_state: SettingState;
  readonly version: number;
}
