import type { QueryRunner } from 'typeorm';
import { SqlMigration } from './sql-migration.js';

/** [key, value as JSON, source]. In force from 1900-01-01 until somebody dates a new value. */
const SETTINGS: readonly (readonly [key: string, json: string, basis: string])[] = [
  ['card.supervisedBy', '"河南省人民政府"', 'domain 7.1'],
  ['offline.freshHours', '24', 'ux 4.2'],
  ['offline.limitHours', '72', 'ux 4.2'],
  ['publish.lookupsPerMinute', '30', 'BR-96'],
  ['publish.reportsPerHour', '5', 'ux P19'],
  ['publish.supervisionPhone', '"12345"', 'ux P19'],
  ['scan.alertWindowMinutes', '60', 'ux 4.1'],
];

export class FillVerificationSettings1763856000016 extends SqlMigration {
  readonly name = 'FillVerificationSettings1763856000016';
  protected readonly ups: readonly string[] = [];
  protected readonly downs = [
    `DELETE FROM settings WHERE created_by IS NULL AND setting_key IN (${SETTINGS.map(([key]) => `'${key}'`).join(', ')})`,
  ];

  override async up(runner: QueryRunner): Promise<void> {
    for (const [key, json, basis] of SETTINGS) {
      await runner.query(
        `INSERT INTO settings (id, setting_key, value_json, effective_from, basis, created_at)
         SELECT UUID(), ?, ?, '1900-01-01', ?, UTC_TIMESTAMP(3) FROM (SELECT 1 AS one) AS o
         WHERE NOT EXISTS (SELECT 1 FROM settings WHERE setting_key = ?)`,
        [key, json, basis, key],
      );
    }
  }
}
