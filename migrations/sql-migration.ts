import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A migration that is nothing but SQL, common to MariaDB 10.11+ and MySQL 8.4+. DDL commits by itself on both engines, so
 * every statement of `ups` can be run again (IF NOT EXISTS): a migration that was killed in the middle completes on the next run.
 */
export abstract class SqlMigration implements MigrationInterface {
  abstract readonly name: string;
  protected abstract readonly ups: readonly string[];
  protected abstract readonly downs: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of this.ups) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of this.downs) await runner.query(sql);
  }
}

/** Triggers that make a table append-only whatever account is used: the last line below the grants. */
export const appendOnly = (table: string): string[] => [
  `CREATE TRIGGER IF NOT EXISTS tr_${table}_no_update BEFORE UPDATE ON ${table} FOR EACH ROW
   SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is append-only'`,
  `CREATE TRIGGER IF NOT EXISTS tr_${table}_no_delete BEFORE DELETE ON ${table} FOR EACH ROW
   SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is append-only'`,
];

export const drop = (...tables: string[]): string[] => tables.map((table) => `DROP TABLE IF EXISTS ${table}`);
