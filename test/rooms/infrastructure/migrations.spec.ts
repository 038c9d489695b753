import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { LightenImports1763856000022 } from '../../../migrations/1763856000022-lighten-imports.js';
import { openDataSource } from '../../../src/infrastructure/database/data-source.js';
import { connectionParts } from '../../../src/infrastructure/database/engine.js';
import { migrate } from '../../../src/infrastructure/database/migrate.js';

describe('the migrations', () => {
  const name = `chizheng_test_schema_${process.pid}_${randomBytes(3).toString('hex')}`;
  let server: Connection;
  let url: string;
  beforeAll(async () => {
    const admin = process.env['TEST_DATABASE_URL'] ?? '';
    server = await createConnection({ ...connectionParts(admin), database: undefined });
    await server.query(`CREATE DATABASE ${name}`);
    const own = new URL(admin);
    own.pathname = `/${name}`;
    url = own.toString();
  });
  afterAll(async () => {
    await server.query(`DROP DATABASE IF EXISTS ${name}`);
    await server.end();
  });

  const rows = async (sql: string): Promise<RowDataPacket[]> => (await server.query<RowDataPacket[]>(sql))[0];
  const schema = async (): Promise<string> =>
    JSON.stringify([
      await rows(`SELECT table_name AS t, column_name AS c, column_type AS y, is_nullable AS n, collation_name AS o FROM information_schema.columns
                  WHERE table_schema = '${name}' ORDER BY 1, 2`),
      await rows(`SELECT table_name AS t, index_name AS i, column_name AS c, seq_in_index AS s, non_unique AS u FROM information_schema.statistics
                  WHERE table_schema = '${name}' ORDER BY 1, 2, 4`),
      await rows(`SELECT constraint_name AS c, table_name AS t, constraint_type AS y FROM information_schema.table_constraints
                  WHERE table_schema = '${name}' ORDER BY 2, 1`),
      await rows(
        `SELECT trigger_name AS t, action_statement AS a FROM information_schema.triggers WHERE trigger_schema = '${name}' ORDER BY 1`,
      ),
    ]);

  it('go up, down and up again to the same schema; a second run changes nothing', async () => {
    const first = await migrate(url);
    expect(first.length).toBeGreaterThan(8);
    const before = await schema();
    expect(await migrate(url)).toEqual([]);
    expect(await schema()).toBe(before);
    const dataSource = await openDataSource(url, 2);
    for (let i = 0; i < first.length; i++) await dataSource.undoLastMigration({ transaction: 'none' });
    await dataSource.destroy();
    const left = await rows(`SELECT table_name AS t FROM information_schema.tables WHERE table_schema = '${name}'`);
    expect(left.map((row) => String(row['t']))).toEqual(['schema_migrations']);
    expect(await migrate(url)).toEqual(first);
    expect(await schema()).toBe(before);
  }, 180_000);

  it('complete after a stop in the middle', async () => {
    await server.query(
      `DELETE FROM ${name}.schema_migrations WHERE name LIKE 'CreateCertificates%' OR name LIKE 'FillSettings%'`,
    );
    await server.query(`DROP TABLE ${name}.card_cases`);
    const again = await migrate(url);
    expect(again).toHaveLength(2);
    expect(
      await rows(
        `SELECT 1 AS x FROM information_schema.tables WHERE table_schema = '${name}' AND table_name = 'card_cases'`,
      ),
    ).toHaveLength(1);
  }, 60_000);

  it('put lines that were staged one by one into blocks, whenever they are stopped, and back', async () => {
    const moving = new LightenImports1763856000022();
    const dataSource = await openDataSource(url, 1);
    const runner = dataSource.createQueryRunner();
    try {
      await moving.down(runner);
      await runner.query('SET SESSION foreign_key_checks = 0');
      await runner.query(
        `INSERT INTO import_rows (import_id, row_no, hidden, raw_cipher) VALUES ('i', 2, 0, 'g1.1.aa:b'), ('i', 3, 1, 'g1.1.cc')`,
      );
      const first = `SELECT * FROM ${name}.import_rows ORDER BY row_no`;
      const before = await rows(first);
      const stopping = (word: string) =>
        ({
          query: async (sql: string, parameters?: unknown[]) => {
            if (sql.startsWith(word)) throw new Error('stopped');
            return (await runner.query(sql, parameters)) as unknown;
          },
        }) as QueryRunner;
      await expect(moving.up(stopping('INSERT'))).rejects.toThrow('stopped');
      await expect(moving.up(stopping('DROP'))).rejects.toThrow('stopped');
      await moving.up(runner);
      await moving.up(runner);
      expect(await rows(`SELECT first_row, last_row, row_count, lines_cipher FROM ${name}.import_blocks`)).toEqual([
        { first_row: 2, last_row: 2, row_count: 1, lines_cipher: 'row0:g1.1.aa:b' },
        { first_row: 3, last_row: 3, row_count: 1, lines_cipher: 'row1:g1.1.cc' },
      ]);
      await moving.down(runner);
      expect(await rows(first)).toEqual(before);
      await moving.up(runner);
      await runner.query(`INSERT INTO import_blocks VALUES ('i', 4, 9, 6, 'g1.1.dd')`);
      await expect(moving.down(runner)).rejects.toThrow('cannot be put back');
      await runner.query('DELETE FROM import_blocks');
      await runner.query('SET SESSION foreign_key_checks = 1');
    } finally {
      await runner.release();
      await dataSource.destroy();
    }
  }, 60_000);

  it('name every key, check and index, and keep identifiers exact', async () => {
    const nameless = await rows(`SELECT constraint_name AS c, table_name AS t FROM information_schema.table_constraints
      WHERE table_schema = '${name}' AND table_name <> 'schema_migrations' AND constraint_type IN ('UNIQUE', 'FOREIGN KEY', 'CHECK')
        AND constraint_name NOT REGEXP '^(uq|fk|ck)_'`);
    expect(nameless).toEqual([]);
    const collations = await rows(`SELECT DISTINCT collation_name AS o FROM information_schema.columns
      WHERE table_schema = '${name}' AND table_name <> 'schema_migrations' AND collation_name IS NOT NULL AND column_name IN ('id', 'number', 'code', 'uscc', 'username', 'path')`);
    expect(collations).toHaveLength(1);
    expect(String(collations[0]?.['o'])).toMatch(/nopad_bin|0900_bin/);
    await server.query(
      `INSERT INTO ${name}.certificate_number_counters (counter_key, next_serial) VALUES ('A1', 1), ('a1', 1), ('A1 ', 1), ('Á1', 1)`,
    );
    expect(await rows(`SELECT counter_key FROM ${name}.certificate_number_counters`)).toHaveLength(4);
  });

  it('hold the last line: revoked stays revoked, a number is unique for ever, two live certificates are impossible', async () => {
    const db = `${name}.`;
    await server.query(
      `INSERT INTO ${db}subjects (id, name, uscc, kind, division_code, path, created_at) VALUES ('s', 'x', '11410102MB1A0001XW', 'ADMIN_ORGAN', '410102', '/s/', NOW())`,
    );
    await server.query(`INSERT INTO ${db}officers (id, name, id_number_cipher, id_number_index, id_number_masked, gender, birth_date, post_title, domains_json, staff_category, on_establishment, subject_id, created_at)
      VALUES ('o', 'x', 'x', 'x', 'x', 'MALE', '1990-01-01', 'x', '[]', 'CIVIL_SERVANT', 1, 's', NOW())`);
    const certificate = (id: string, number: string): Promise<unknown> =>
      server.query(
        `INSERT INTO ${db}certificates (id, type, number, officer_id, subject_id, holder_name, subject_name, domains_json, valid_from, valid_to, origin, public_code, content_json, content_hash, rules_version, recorded_at)
         VALUES (?, 'ENFORCEMENT', ?, 'o', 's', 'x', 'x', '[]', '2026-01-01', '2026-12-31', 'LEGACY', ?, '{}', 'x', 'x', NOW())`,
        [id, number, id],
      );
    await certificate('c1', '16000000001');
    await certificate('c2', '16000000002');
    await expect(certificate('c3', '16000000001')).rejects.toThrow(/uq_certificates_number/);
    await expect(certificate('c4', '1600000000x')).rejects.toThrow(/ck_certificates_number/);
    await server.query(
      `INSERT INTO ${db}certificate_states (certificate_id, status, live_slot) VALUES ('c1', 'VALID', 'o:ENFORCEMENT')`,
    );
    await expect(
      server.query(
        `INSERT INTO ${db}certificate_states (certificate_id, status, live_slot) VALUES ('c2', 'VALID', 'o:ENFORCEMENT')`,
      ),
    ).rejects.toThrow(/uq_certificate_states_live/);
    await expect(
      server.query(`INSERT INTO ${db}certificate_states (certificate_id, status) VALUES ('c2', 'VALID')`),
    ).rejects.toThrow(/ck_certificate_states_live/);
    await server.query(
      `UPDATE ${db}certificate_states SET status = 'REVOKED', live_slot = NULL WHERE certificate_id = 'c1'`,
    );
    await expect(
      server.query(
        `UPDATE ${db}certificate_states SET status = 'VALID', live_slot = 'o:ENFORCEMENT' WHERE certificate_id = 'c1'`,
      ),
    ).rejects.toThrow(/final/);
    await expect(server.query(`UPDATE ${db}certificates SET valid_to = '2030-01-01' WHERE id = 'c1'`)).rejects.toThrow(
      /append-only/,
    );
  });
});
