import { drop, SqlMigration } from './sql-migration.js';

/** MySQL knows no ADD COLUMN IF NOT EXISTS: asked first, so that the statement can be run twice on both engines. */
const addColumn = (table: string, column: string, definition: string): string[] => [
  `SET @missing = (SELECT COUNT(*) = 0 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = '${table}' AND column_name = '${column}')`,
  `SET @statement = IF(@missing, 'ALTER TABLE ${table} ADD COLUMN ${column} ${definition}', 'DO 0')`,
  'PREPARE adding FROM @statement',
  'EXECUTE adding',
  'DEALLOCATE PREPARE adding',
];
const dropColumn = (table: string, column: string): string[] => [
  `SET @present = (SELECT COUNT(*) = 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = '${table}' AND column_name = '${column}')`,
  `SET @statement = IF(@present, 'ALTER TABLE ${table} DROP COLUMN ${column}', 'DO 0')`,
  'PREPARE dropping FROM @statement',
  'EXECUTE dropping',
  'DEALLOCATE PREPARE dropping',
];

/** What a commit would do with each row, what people decided about it, and what proves it afterwards. */
export class ExtendImports1763856000010 extends SqlMigration {
  readonly name = 'ExtendImports1763856000010';
  protected readonly ups = [
    ...addColumn('import_results', 'planned', 'VARCHAR(20) NULL'),
    ...addColumn('import_results', 'effects', 'VARCHAR(200) NULL'),
    ...addColumn('import_results', 'changes_json', 'MEDIUMTEXT NULL'),
    ...addColumn('imports', 'separator_mark', 'VARCHAR(4) NULL'),
    // Who asked for which commit, and how. Facts, one a commit.
    `CREATE TABLE IF NOT EXISTS import_commits (
      id CHAR(36) NOT NULL,
      import_id CHAR(36) NOT NULL,
      round INT NOT NULL,
      policy VARCHAR(20) NOT NULL,
      existing VARCHAR(10) NOT NULL,
      reason VARCHAR(500) NULL,
      acknowledged_json VARCHAR(1000) NOT NULL,
      committed_by CHAR(36) NOT NULL,
      committed_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_import_commits PRIMARY KEY (id),
      CONSTRAINT ck_import_commits_policy CHECK (policy IN ('VALID_ROWS_ONLY','ALL_OR_NOTHING')),
      CONSTRAINT ck_import_commits_existing CHECK (existing IN ('UPDATE','SKIP','REFUSE')),
      KEY ix_import_commits_import (import_id, committed_at),
      CONSTRAINT fk_import_commits_import FOREIGN KEY (import_id) REFERENCES imports (id)
    )`,
    // The conservation equation whenever an import comes to rest. Facts; the CHECK is the equation itself.
    `CREATE TABLE IF NOT EXISTS import_balances (
      import_id CHAR(36) NOT NULL,
      version INT NOT NULL,
      status VARCHAR(30) NOT NULL,
      rows_in INT NOT NULL,
      accepted INT NOT NULL,
      rejected INT NOT NULL,
      ignored INT NOT NULL,
      duplicate INT NOT NULL,
      unexamined INT NOT NULL,
      balanced_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_import_balances PRIMARY KEY (import_id, version),
      CONSTRAINT ck_import_balances_sum CHECK (rows_in = accepted + rejected + ignored + duplicate + unexamined),
      CONSTRAINT ck_import_balances_positive CHECK (accepted >= 0 AND rejected >= 0 AND ignored >= 0 AND duplicate >= 0 AND unexamined >= 0),
      CONSTRAINT ck_import_balances_examined CHECK (unexamined = 0 OR status NOT IN ('VALIDATED','COMPLETED','PARTIALLY_COMPLETED','REVERTED')),
      CONSTRAINT fk_import_balances_import FOREIGN KEY (import_id) REFERENCES imports (id)
    )`,
    // Row numbers and keyed digests of examined rows, 12 bytes a row: they tell whether rows were imported before, and nothing else.
    `CREATE TABLE IF NOT EXISTS import_digests (
      import_id CHAR(36) NOT NULL,
      round INT NOT NULL,
      place INT NOT NULL,
      digests MEDIUMTEXT NOT NULL,
      CONSTRAINT pk_import_digests PRIMARY KEY (import_id, round, place),
      CONSTRAINT fk_import_digests_import FOREIGN KEY (import_id) REFERENCES imports (id)
    )`,
    // What a word in a sheet means, as people of this body said once.
    `CREATE TABLE IF NOT EXISTS import_words (
      owner_subject_id CHAR(36) NOT NULL,
      kind VARCHAR(40) NOT NULL,
      field VARCHAR(60) NOT NULL,
      words_json LONGTEXT NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_import_words PRIMARY KEY (owner_subject_id, kind, field)
    )`,
    // How far a commit of all or nothing has come, for looking at. No foreign key: its lock would wait for that very commit.
    `CREATE TABLE IF NOT EXISTS import_progress (
      import_id CHAR(36) NOT NULL,
      epoch INT NOT NULL,
      done_rows INT NOT NULL,
      told_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_import_progress PRIMARY KEY (import_id)
    )`,
    // Files on their way into the store; a row that stays names a file that no import took.
    `CREATE TABLE IF NOT EXISTS import_uploads (
      file_key CHAR(36) NOT NULL,
      begun_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_import_uploads PRIMARY KEY (file_key),
      KEY ix_import_uploads_begun (begun_at)
    )`,
  ];
  protected readonly downs = [
    ...drop('import_uploads', 'import_progress', 'import_words', 'import_digests', 'import_balances', 'import_commits'),
    ...dropColumn('imports', 'separator_mark'),
    ...dropColumn('import_results', 'changes_json'),
    ...dropColumn('import_results', 'effects'),
    ...dropColumn('import_results', 'planned'),
  ];
}
