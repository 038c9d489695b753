import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { newId } from '../../kernel/ids.js';
import type { SettingRow } from './settings.rows.js';
import { inForceOn, isCurrent, versionOf } from './settings.view.js';

export interface NewValue {
  readonly key: string;
  readonly json: string;
  readonly effectiveFrom: string;
  readonly basis: string;
  readonly reason: string;
  readonly createdBy: string | null;
  readonly approvedBy: string | null;
}

/**
 * Puts a value in force. The value that held on its first day ends there: that row is replaced by one with an end, so that what was
 * known before stays readable. A value that begins later stays, and ends the new one. Periods of one key never overlap.
 *
 * Some keys change who may act (act.minimumOfficers, review.enabled, review.hoursGate, hours.annual). Nothing is recalled here: a new
 * value begins with a day, and the sweeper that re-decides deployments every 60 s finds what the passing of that time has ended.
 */
@Injectable()
export class SettingPeriods {
  constructor(private readonly db: Db) {}

  async begin(value: NewValue, rows: readonly SettingRow[], now: number): Promise<void> {
    const version = versionOf(rows) + 1;
    const before = inForceOn(rows, value.effectiveFrom);
    const next = rows
      .filter((row) => isCurrent(row) && row.effective_from > value.effectiveFrom)
      .map(({ effective_from }) => effective_from)
      .sort()[0];
    if (before) {
      await this.db.supersede('settings', before.id, now);
      if (before.effective_from < value.effectiveFrom) {
        await this.db.insert('settings', {
          id: newId(),
          setting_key: before.setting_key,
          value_json: before.value_json,
          effective_from: before.effective_from,
          effective_to: value.effectiveFrom,
          basis: before.basis,
          reason: before.reason,
          created_by: before.created_by,
          approved_by: before.approved_by,
          created_at: new Date(now),
          approved_state: 'IN_FORCE',
          version,
        });
      }
    }
    await this.db.insert('settings', {
      id: newId(),
      setting_key: value.key,
      value_json: value.json,
      effective_from: value.effectiveFrom,
      effective_to: next ?? null,
      basis: value.basis,
      reason: value.reason,
      created_by: value.createdBy,
      approved_by: value.approvedBy,
      created_at: new Date(now),
      approved_state: 'IN_FORCE',
      version,
    });
  }
}
