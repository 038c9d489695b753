import { appendOnly, drop, SqlMigration } from './sql-migration.js';

export class CreateInfrastructure1763856000001 extends SqlMigration {
  readonly name = 'CreateInfrastructure1763856000001';
  protected readonly ups = [
    // domain.md section 3: legal numbers, dates, lists and switches with effective dates. Periods of one key never overlap.
    `CREATE TABLE IF NOT EXISTS settings (
      id CHAR(36) NOT NULL,
      setting_key VARCHAR(60) NOT NULL,
      value_json LONGTEXT NOT NULL,
      effective_from DATE NOT NULL,
      effective_to DATE NULL,
      basis VARCHAR(120) NOT NULL DEFAULT '',
      reason VARCHAR(500) NOT NULL DEFAULT '',
      created_by CHAR(36) NULL,
      approved_by CHAR(36) NULL,
      created_at DATETIME(3) NOT NULL,
      superseded_at DATETIME(3) NULL,
      approved_state VARCHAR(20) NOT NULL DEFAULT 'IN_FORCE',
      version INT NOT NULL DEFAULT 1,
      CONSTRAINT pk_settings PRIMARY KEY (id),
      CONSTRAINT ck_settings_state CHECK (approved_state IN ('PROPOSED','IN_FORCE','REFUSED')),
      CONSTRAINT ck_settings_period CHECK (effective_to IS NULL OR effective_to > effective_from),
      KEY ix_settings_key (setting_key, effective_from)
    )`,
    // What must happen after a commit is a row here; the queue is only a doorbell.
    `CREATE TABLE IF NOT EXISTS outbox (
      id CHAR(36) NOT NULL,
      topic VARCHAR(60) NOT NULL,
      payload_json VARCHAR(1000) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      sent_at DATETIME(3) NULL,
      CONSTRAINT pk_outbox PRIMARY KEY (id),
      KEY ix_outbox_unsent (sent_at, id)
    )`,
    `CREATE TABLE IF NOT EXISTS inbox (
      event_id CHAR(36) NOT NULL,
      handled_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_inbox PRIMARY KEY (event_id)
    )`,
    `CREATE TABLE IF NOT EXISTS idempotency_keys (
      principal_id CHAR(36) NOT NULL,
      idempotency_key VARCHAR(200) NOT NULL,
      request_hash CHAR(64) NOT NULL,
      status SMALLINT NULL,
      headers_json VARCHAR(2000) NULL,
      body_json LONGTEXT NULL,
      created_at DATETIME(3) NOT NULL,
      finished_at DATETIME(3) NULL,
      CONSTRAINT pk_idempotency_keys PRIMARY KEY (principal_id, idempotency_key),
      KEY ix_idempotency_keys_created (created_at)
    )`,
    // R27: one contiguous chain. The head is locked last in every business transaction.
    `CREATE TABLE IF NOT EXISTS audit_entries (
      seq BIGINT NOT NULL,
      id CHAR(36) NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      actor_id CHAR(36) NULL,
      actor_name VARCHAR(80) NOT NULL,
      acting_subject_id CHAR(36) NULL,
      verb VARCHAR(80) NOT NULL,
      target_type VARCHAR(60) NOT NULL,
      target_id VARCHAR(80) NOT NULL,
      before_json LONGTEXT NULL,
      after_json LONGTEXT NULL,
      reasons_json LONGTEXT NULL,
      request_id VARCHAR(80) NULL,
      ip_address VARCHAR(45) NULL,
      previous_hash CHAR(64) NOT NULL,
      entry_hash CHAR(64) NOT NULL,
      CONSTRAINT pk_audit_entries PRIMARY KEY (seq),
      CONSTRAINT uq_audit_entries_id UNIQUE (id),
      CONSTRAINT ck_audit_entries_seq CHECK (seq > 0),
      KEY ix_audit_entries_target (target_type, target_id, seq),
      KEY ix_audit_entries_actor (actor_id, seq),
      KEY ix_audit_entries_recorded (recorded_at)
    )`,
    `CREATE TABLE IF NOT EXISTS audit_head (
      id TINYINT NOT NULL,
      seq BIGINT NOT NULL,
      entry_hash CHAR(64) NOT NULL,
      CONSTRAINT pk_audit_head PRIMARY KEY (id),
      CONSTRAINT ck_audit_head_single CHECK (id = 1)
    )`,
    `INSERT INTO audit_head (id, seq, entry_hash) SELECT 1, 0, REPEAT('0', 64) FROM (SELECT 1 AS one) AS o
     WHERE NOT EXISTS (SELECT 1 FROM audit_head WHERE id = 1)`,
    `CREATE TABLE IF NOT EXISTS audit_checkpoints (
      seq BIGINT NOT NULL,
      entry_hash CHAR(64) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      signature VARCHAR(200) NOT NULL,
      key_id VARCHAR(64) NOT NULL,
      CONSTRAINT pk_audit_checkpoints PRIMARY KEY (seq)
    )`,
    ...appendOnly('audit_entries'),
    ...appendOnly('audit_checkpoints'),
    `CREATE TRIGGER IF NOT EXISTS tr_audit_head_forward BEFORE UPDATE ON audit_head FOR EACH ROW
     IF NEW.seq <= OLD.seq OR NEW.id <> OLD.id THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the audit head only moves forward'; END IF`,
    `CREATE TRIGGER IF NOT EXISTS tr_audit_head_no_delete BEFORE DELETE ON audit_head FOR EACH ROW
     SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_head stays'`,
  ];
  protected readonly downs = drop(
    'audit_checkpoints',
    'audit_head',
    'audit_entries',
    'idempotency_keys',
    'inbox',
    'outbox',
    'settings',
  );
}
