import { drop, SqlMigration } from './sql-migration.js';

export class CreateIdentity1763856000003 extends SqlMigration {
  readonly name = 'CreateIdentity1763856000003';
  protected readonly ups = [
    `CREATE TABLE IF NOT EXISTS accounts (
      id CHAR(36) NOT NULL,
      username VARCHAR(60) NOT NULL,
      display_name VARCHAR(80) NOT NULL,
      password_hash VARCHAR(200) NOT NULL,
      password_initial TINYINT(1) NOT NULL DEFAULT 0,
      status VARCHAR(20) NOT NULL,
      home_subject_id CHAR(36) NOT NULL,
      officer_id CHAR(36) NULL,
      failed_logins INT NOT NULL DEFAULT 0,
      locked_until DATETIME(3) NULL,
      version INT NOT NULL DEFAULT 1,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_accounts PRIMARY KEY (id),
      CONSTRAINT uq_accounts_username UNIQUE (username),
      CONSTRAINT ck_accounts_username CHECK (username <> '' AND username NOT REGEXP '[^0-9a-z._-]'),
      CONSTRAINT ck_accounts_status CHECK (status IN ('ACTIVE','DISABLED')),
      KEY ix_accounts_home (home_subject_id),
      CONSTRAINT fk_accounts_home FOREIGN KEY (home_subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TABLE IF NOT EXISTS account_roles (
      account_id CHAR(36) NOT NULL,
      role VARCHAR(20) NOT NULL,
      CONSTRAINT pk_account_roles PRIMARY KEY (account_id, role),
      CONSTRAINT ck_account_roles_role CHECK (role IN ('HR','EXAM_OFFICER','REVIEWER','APPROVER','SUPERVISOR','AUDITOR','SYSTEM_ADMIN','SECURITY_ADMIN','OFFICER')),
      CONSTRAINT fk_account_roles_account FOREIGN KEY (account_id) REFERENCES accounts (id)
    )`,
    // BR-132: the last few passwords can't be used again.
    `CREATE TABLE IF NOT EXISTS former_passwords (
      id CHAR(36) NOT NULL,
      account_id CHAR(36) NOT NULL,
      password_hash VARCHAR(200) NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_former_passwords PRIMARY KEY (id),
      KEY ix_former_passwords_account (account_id, id),
      CONSTRAINT fk_former_passwords_account FOREIGN KEY (account_id) REFERENCES accounts (id)
    )`,
    `CREATE TABLE IF NOT EXISTS sessions (
      token_hash CHAR(64) NOT NULL,
      account_id CHAR(36) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      last_seen_at DATETIME(3) NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      ended_at DATETIME(3) NULL,
      CONSTRAINT pk_sessions PRIMARY KEY (token_hash),
      KEY ix_sessions_account (account_id),
      KEY ix_sessions_expires (expires_at),
      CONSTRAINT fk_sessions_account FOREIGN KEY (account_id) REFERENCES accounts (id)
    )`,
    // Counted in the database, so that losing Redis resets nothing. Keys are hashes of the source address.
    `CREATE TABLE IF NOT EXISTS login_throttles (
      throttle_key CHAR(64) NOT NULL,
      window_start DATETIME(3) NOT NULL,
      failures INT NOT NULL,
      CONSTRAINT pk_login_throttles PRIMARY KEY (throttle_key)
    )`,
    `CREATE TABLE IF NOT EXISTS notifications (
      id CHAR(36) NOT NULL,
      account_id CHAR(36) NOT NULL,
      kind VARCHAR(60) NOT NULL,
      target_type VARCHAR(60) NOT NULL,
      target_id CHAR(36) NOT NULL,
      summary VARCHAR(300) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      read_at DATETIME(3) NULL,
      CONSTRAINT pk_notifications PRIMARY KEY (id),
      KEY ix_notifications_account (account_id, id),
      CONSTRAINT fk_notifications_account FOREIGN KEY (account_id) REFERENCES accounts (id)
    )`,
  ];
  protected readonly downs = drop(
    'notifications',
    'login_throttles',
    'sessions',
    'former_passwords',
    'account_roles',
    'accounts',
  );
}
