import type { QueryRunner } from 'typeorm';

/**
 * Changes of tables that exist already, each of which can be run again: neither engine takes DDL back, and MySQL knows no
 * IF EXISTS here, so the catalogue is asked first.
 */
const found = async (runner: QueryRunner, sql: string, parameters: readonly string[]): Promise<boolean> =>
  ((await runner.query(sql, [...parameters])) as object[]).length > 0;

export async function addColumn(runner: QueryRunner, table: string, column: string, type: string): Promise<void> {
  if (await hasColumn(runner, table, column)) return;
  await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
}

export async function dropColumn(runner: QueryRunner, table: string, column: string): Promise<void> {
  if (await hasColumn(runner, table, column)) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
}

const hasColumn = (runner: QueryRunner, table: string, column: string): Promise<boolean> =>
  found(
    runner,
    `SELECT 1 AS x FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?`,
    [table, column],
  );

/** Puts a CHECK in place of the one of the same name. */
export async function replaceCheck(runner: QueryRunner, table: string, name: string, check: string): Promise<void> {
  await dropCheck(runner, table, name);
  await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${check})`);
}

export async function dropCheck(runner: QueryRunner, table: string, name: string): Promise<void> {
  const isThere = await found(
    runner,
    `SELECT 1 AS x FROM information_schema.table_constraints
     WHERE constraint_schema = DATABASE() AND table_name = ? AND constraint_name = ? AND constraint_type = 'CHECK'`,
    [table, name],
  );
  if (isThere) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
}

/** Puts a unique key in place of another one. */
export async function replaceUnique(
  runner: QueryRunner,
  table: string,
  old: string,
  name: string,
  columns: string,
): Promise<void> {
  if (!(await hasIndex(runner, table, name)))
    await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} UNIQUE (${columns})`);
  if (await hasIndex(runner, table, old)) await runner.query(`ALTER TABLE ${table} DROP INDEX ${old}`);
}

export async function addIndex(runner: QueryRunner, table: string, name: string, columns: string): Promise<void> {
  if (!(await hasIndex(runner, table, name))) await runner.query(`ALTER TABLE ${table} ADD INDEX ${name} (${columns})`);
}

export async function dropIndex(runner: QueryRunner, table: string, name: string): Promise<void> {
  if (await hasIndex(runner, table, name)) await runner.query(`ALTER TABLE ${table} DROP INDEX ${name}`);
}

const hasIndex = (runner: QueryRunner, table: string, name: string): Promise<boolean> =>
  found(
    runner,
    `SELECT 1 AS x FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ?`,
    [table, name],
  );
