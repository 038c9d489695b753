import { SqlMigration } from './sql-migration.js';

/** With which algorithm rosters, status lists and live codes are signed from a day on: Ed25519, or SM2 (GB/T 32918) where GB/T 39786 applies. */
export class FillSigningSetting1763856000023 extends SqlMigration {
  readonly name = 'FillSigningSetting1763856000023';
  protected readonly ups = [
    `INSERT INTO settings (id, setting_key, value_json, effective_from, basis, created_at)
     SELECT UUID(), 'signing.algorithm', '"Ed25519"', '1900-01-01', 'BR-127', UTC_TIMESTAMP(3) FROM (SELECT 1 AS one) AS o
     WHERE NOT EXISTS (SELECT 1 FROM settings WHERE setting_key = 'signing.algorithm')`,
  ];
  protected readonly downs = [`DELETE FROM settings WHERE created_by IS NULL AND setting_key = 'signing.algorithm'`];
}
