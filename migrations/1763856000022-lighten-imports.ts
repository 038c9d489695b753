import type { QueryRunner } from 'typeorm';
import { addIndex, dropIndex } from './alterations.js';
import { drop, SqlMigration } from './sql-migration.js';

/**
 * What makes an import of many rows lighter. Staged lines stand in blocks, as many as were read at once, each packed and encrypted as
 * one: a fifth of what a row of a table for every line took to write and to read. A line that was staged before is a block of its own;
 * it stays encrypted as it is. Results lose the index that every commit rewrote row by row (what it answered is counted along the
 * primary key), and the keyed hash of a row's key keeps 128 bits.
 */
export class LightenImports1763856000022 extends SqlMigration {
  readonly name = 'LightenImports1763856000022';
  protected readonly ups = [
    // Never changed; deleted only before the commit, when the file is refused or read anew as another sheet.
    `CREATE TABLE IF NOT EXISTS import_blocks (
      import_id CHAR(36) NOT NULL,
      first_row INT NOT NULL,
      last_row INT NOT NULL,
      row_count INT NOT NULL,
      lines_cipher MEDIUMTEXT NOT NULL,
      CONSTRAINT pk_import_blocks PRIMARY KEY (import_id, first_row),
      CONSTRAINT ck_import_blocks_rows CHECK (row_count > 0 AND row_count <= last_row - first_row + 1),
      CONSTRAINT fk_import_blocks_import FOREIGN KEY (import_id) REFERENCES imports (id)
    )`,
  ];
  protected readonly downs = drop('import_blocks');

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await dropIndex(runner, 'import_results', 'ix_import_results_state');
    await runner.query(
      'UPDATE import_results SET natural_key_hash = LEFT(natural_key_hash, 32) WHERE CHAR_LENGTH(natural_key_hash) > 32',
    );
    await runner.query('ALTER TABLE import_results MODIFY natural_key_hash CHAR(32) NULL');
    if (!(await isThere(runner, 'import_rows'))) return;
    await runner.query(
      `INSERT INTO import_blocks (import_id, first_row, last_row, row_count, lines_cipher)
       SELECT r.import_id, r.row_no, r.row_no, 1, CONCAT('row', r.hidden, ':', r.raw_cipher) FROM import_rows r
       WHERE NOT EXISTS (SELECT 1 FROM import_blocks b WHERE b.import_id = r.import_id AND b.first_row = r.row_no)`,
    );
    await runner.query('DROP TABLE import_rows');
  }

  override async down(runner: QueryRunner): Promise<void> {
    if (!(await isThere(runner, 'import_blocks'))) return;
    const packed = (await runner.query(
      `SELECT 1 AS x FROM import_blocks WHERE lines_cipher NOT LIKE 'row_:%' LIMIT 1`,
    )) as object[];
    if (packed.length > 0) throw new Error('lines that were staged in blocks cannot be put back into single rows');
    await runner.query(
      `CREATE TABLE IF NOT EXISTS import_rows (
        import_id CHAR(36) NOT NULL,
        row_no INT NOT NULL,
        hidden TINYINT(1) NOT NULL DEFAULT 0,
        raw_cipher MEDIUMTEXT NOT NULL,
        CONSTRAINT pk_import_rows PRIMARY KEY (import_id, row_no),
        CONSTRAINT fk_import_rows_import FOREIGN KEY (import_id) REFERENCES imports (id)
      )`,
    );
    await runner.query(
      `INSERT INTO import_rows (import_id, row_no, hidden, raw_cipher)
       SELECT b.import_id, b.first_row, SUBSTRING(b.lines_cipher, 4, 1), SUBSTRING(b.lines_cipher, 6) FROM import_blocks b
       WHERE NOT EXISTS (SELECT 1 FROM import_rows r WHERE r.import_id = b.import_id AND r.row_no = b.first_row)`,
    );
    await super.down(runner);
    await runner.query('ALTER TABLE import_results MODIFY natural_key_hash CHAR(64) NULL');
    await addIndex(runner, 'import_results', 'ix_import_results_state', 'import_id, state, cause');
  }
}

const isThere = async (runner: QueryRunner, table: string): Promise<boolean> =>
  (
    (await runner.query(
      'SELECT 1 AS x FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
      [table],
    )) as object[]
  ).length > 0;
