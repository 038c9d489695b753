import { drop, SqlMigration } from './sql-migration.js';

export class CreateImports1763856000008 extends SqlMigration {
  readonly name = 'CreateImports1763856000008';
  protected readonly ups = [
    `CREATE TABLE IF NOT EXISTS imports (
      id CHAR(36) NOT NULL,
      kind VARCHAR(40) NOT NULL,
      definition_version INT NOT NULL,
      parameters_json VARCHAR(2000) NOT NULL,
      status VARCHAR(30) NOT NULL,
      stage VARCHAR(20) NOT NULL DEFAULT 'EXAMINE',
      policy VARCHAR(20) NULL,
      round INT NOT NULL DEFAULT 1,
      sheet_name VARCHAR(100) NULL,
      encoding VARCHAR(20) NULL,
      header_row INT NULL,
      mapping_json LONGTEXT NULL,
      layout_json LONGTEXT NULL,
      problem_json LONGTEXT NULL,
      counts_json VARCHAR(1000) NULL,
      duplicate_of CHAR(36) NULL,
      started_by CHAR(36) NOT NULL,
      acting_by CHAR(36) NOT NULL,
      committed_by CHAR(36) NULL,
      owner_subject_id CHAR(36) NOT NULL,
      total_rows INT NOT NULL DEFAULT 0,
      phase_rows INT NOT NULL DEFAULT 0,
      done_rows INT NOT NULL DEFAULT 0,
      after_row INT NOT NULL DEFAULT 0,
      epoch INT NOT NULL DEFAULT 0,
      lease_until DATETIME(3) NULL,
      attempts INT NOT NULL DEFAULT 0,
      version INT NOT NULL DEFAULT 1,
      created_at DATETIME(3) NOT NULL,
      phase_started_at DATETIME(3) NULL,
      finished_at DATETIME(3) NULL,
      CONSTRAINT pk_imports PRIMARY KEY (id),
      CONSTRAINT ck_imports_status CHECK (status IN ('RECEIVED','PARSING','NEEDS_MAPPING','VALIDATING','VALIDATED','COMMITTING','COMPLETED','PARTIALLY_COMPLETED','CANCELLED','FAILED','REVERTED')),
      CONSTRAINT ck_imports_stage CHECK (stage IN ('EXAMINE','DUPLICATES')),
      CONSTRAINT ck_imports_policy CHECK (policy IS NULL OR policy IN ('VALID_ROWS_ONLY','ALL_OR_NOTHING')),
      KEY ix_imports_owner (owner_subject_id, id),
      KEY ix_imports_status (status, lease_until),
      CONSTRAINT fk_imports_owner FOREIGN KEY (owner_subject_id) REFERENCES subjects (id)
    )`,
    // One uploaded file a round; the stored bytes are encrypted and go when the file is refused. Facts.
    `CREATE TABLE IF NOT EXISTS import_files (
      import_id CHAR(36) NOT NULL,
      round INT NOT NULL,
      file_key VARCHAR(100) NOT NULL,
      file_name VARCHAR(255) NOT NULL,
      file_sha256 CHAR(64) NOT NULL,
      file_size BIGINT NOT NULL,
      sent_by CHAR(36) NOT NULL,
      sent_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_import_files PRIMARY KEY (import_id, round),
      KEY ix_import_files_sha (file_sha256),
      CONSTRAINT fk_import_files_import FOREIGN KEY (import_id) REFERENCES imports (id)
    )`,
    // A wish to stop a running commit. No foreign key: its lock would wait for the commit that it wants to stop.
    `CREATE TABLE IF NOT EXISTS import_cancellations (
      import_id CHAR(36) NOT NULL,
      round INT NOT NULL,
      requested_by CHAR(36) NOT NULL,
      requested_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_import_cancellations PRIMARY KEY (import_id, round)
    )`,
    // Staged lines, verbatim and encrypted (they hold ID numbers). Never changed; deleted only before the commit, when the file is
    // refused or read anew as another sheet.
    `CREATE TABLE IF NOT EXISTS import_rows (
      import_id CHAR(36) NOT NULL,
      row_no INT NOT NULL,
      hidden TINYINT(1) NOT NULL DEFAULT 0,
      raw_cipher MEDIUMTEXT NOT NULL,
      CONSTRAINT pk_import_rows PRIMARY KEY (import_id, row_no),
      CONSTRAINT fk_import_rows_import FOREIGN KEY (import_id) REFERENCES imports (id)
    )`,
    // The newest word on each row: examined (VALID, WARNING, INVALID, IGNORED), then committed or reverted.
    `CREATE TABLE IF NOT EXISTS import_results (
      import_id CHAR(36) NOT NULL,
      row_no INT NOT NULL,
      state VARCHAR(20) NOT NULL,
      cause VARCHAR(60) NULL,
      natural_key_hash CHAR(64) NULL,
      problems_json MEDIUMTEXT NULL,
      overlay_cipher MEDIUMTEXT NULL,
      target_id VARCHAR(80) NULL,
      before_json MEDIUMTEXT NULL,
      committed_round INT NULL,
      CONSTRAINT pk_import_results PRIMARY KEY (import_id, row_no),
      CONSTRAINT ck_import_results_state CHECK (state IN ('VALID','WARNING','INVALID','IGNORED','CREATED','UPDATED','UNCHANGED','SKIPPED','FAILED','REVERTED')),
      KEY ix_import_results_state (import_id, state, cause),
      KEY ix_import_results_key (import_id, natural_key_hash),
      CONSTRAINT fk_import_results_import FOREIGN KEY (import_id) REFERENCES imports (id)
    )`,
    `CREATE TABLE IF NOT EXISTS import_mapping_memory (
      owner_subject_id CHAR(36) NOT NULL,
      kind VARCHAR(40) NOT NULL,
      header_hash CHAR(64) NOT NULL,
      mapping_json LONGTEXT NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_import_mapping_memory PRIMARY KEY (owner_subject_id, kind, header_hash)
    )`,
  ];
  protected readonly downs = drop(
    'import_mapping_memory',
    'import_results',
    'import_rows',
    'import_cancellations',
    'import_files',
    'imports',
  );
}
