import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2';
import { connectionParts } from '../../src/infrastructure/database/engine.js';

/** The demonstration data, loaded once for all products of a run: its database, its files and keys, and the password of its people. */
export interface Original {
  readonly database: string;
  readonly folder: string;
  readonly password: string;
}

const LOADING_TAKES_AT_MOST = 240;

/**
 * The original of this run; whoever comes first loads it, the others wait. Null outside of a run, where nobody would remove it.
 * @param load fills an empty database and an empty folder
 */
export async function originalOfRun(
  admin: string,
  password: string,
  load: (original: Original) => Promise<void>,
): Promise<Original | null> {
  const run = process.env['TEST_DATA_DIR'];
  const database = process.env['TEST_ORIGINAL_DATABASE'];
  if (run === undefined || database === undefined) return null;
  const folder = join(run, database);
  const done = join(folder, 'original.json');
  return onServer(admin, async (connection) => {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS held', [
      database,
      LOADING_TAKES_AT_MOST,
    ]);
    if (rows[0]?.['held'] !== 1) throw new Error('the demonstration data of this run was not loaded in time');
    if (!existsSync(done)) {
      const original = { database, folder, password };
      mkdirSync(folder, { recursive: true });
      await connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
      await load(original);
      writeFileSync(done, JSON.stringify(original));
    }
    return JSON.parse(readFileSync(done, 'utf8')) as Original;
  });
}

/** Makes the second database like the first one of the same server: tables, rows, then triggers, which would judge the rows. */
export async function copyDatabase(admin: string, from: string, to: string): Promise<void> {
  await onServer(admin, async (connection) => {
    const names = async (sql: string): Promise<string[]> => {
      const [rows] = await connection.query<RowDataPacket[]>(sql, [from]);
      return rows.map((row) => String(row['name']));
    };
    const [collation] = await names(
      'SELECT default_collation_name AS name FROM information_schema.schemata WHERE schema_name = ?',
    );
    await connection.query(`CREATE DATABASE ${to} CHARACTER SET utf8mb4 COLLATE ${collation ?? ''}`);
    await connection.query(`USE ${to}`);
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    const created = async (what: string, name: string, column: string): Promise<string> => {
      const [rows] = await connection.query<RowDataPacket[]>(`SHOW CREATE ${what} ${from}.${name}`);
      return String(rows[0]?.[column]);
    };
    const tables = await names(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'`,
    );
    for (const table of tables) {
      await connection.query(await created('TABLE', table, 'Create Table'));
      const columns = await names(
        `SELECT CONCAT('\`', column_name, '\`') AS name FROM information_schema.columns
         WHERE table_schema = ? AND table_name = '${table}' AND COALESCE(generation_expression, '') = '' ORDER BY ordinal_position`,
      );
      await connection.query(`INSERT INTO ${table} (${columns.join()}) SELECT ${columns.join()} FROM ${from}.${table}`);
    }
    for (const trigger of await names(
      'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = ? ORDER BY event_object_table, action_order',
    )) {
      const text = await created('TRIGGER', trigger, 'SQL Original Statement');
      await connection.query(text.replace(/^CREATE DEFINER=\S+ /, 'CREATE '));
    }
  });
}

/** On a connection of its own; what it locked is free again afterwards. */
export async function onServer<T>(admin: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ ...connectionParts(admin), database: undefined });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
