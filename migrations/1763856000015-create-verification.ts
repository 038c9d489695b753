import { appendOnly, drop, SqlMigration } from './sql-migration.js';

export class CreateVerification1763856000015 extends SqlMigration {
  readonly name = 'CreateVerification1763856000015';
  protected readonly ups = [
    // The portrait on the card; the picture itself lies encrypted in the file store. current_slot makes two current ones impossible.
    `CREATE TABLE IF NOT EXISTS officer_photos (
      id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      current_slot CHAR(36) NULL,
      file_key CHAR(36) NOT NULL,
      thumbnail_key CHAR(36) NOT NULL,
      sha256 CHAR(64) NOT NULL,
      byte_size INT NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      superseded_at DATETIME(3) NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_officer_photos PRIMARY KEY (id),
      CONSTRAINT uq_officer_photos_current UNIQUE (current_slot),
      CONSTRAINT ck_officer_photos_current CHECK ((superseded_at IS NULL) = (current_slot IS NOT NULL)),
      CONSTRAINT ck_officer_photos_size CHECK (byte_size > 0),
      KEY ix_officer_photos_officer (officer_id),
      CONSTRAINT fk_officer_photos_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    // Every printing of a card: how often, by whom.
    `CREATE TABLE IF NOT EXISTS card_prints (
      id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NOT NULL,
      batch_id CHAR(36) NULL,
      printed_at DATETIME(3) NOT NULL,
      printed_by CHAR(36) NOT NULL,
      CONSTRAINT pk_card_prints PRIMARY KEY (id),
      KEY ix_card_prints_certificate (certificate_id),
      KEY ix_card_prints_batch (batch_id),
      CONSTRAINT fk_card_prints_certificate FOREIGN KEY (certificate_id) REFERENCES certificates (id)
    )`,
    // Keys that sign rosters, status lists and live codes. A retired key keeps its public half only.
    `CREATE TABLE IF NOT EXISTS signing_keys (
      id VARCHAR(16) NOT NULL,
      algorithm VARCHAR(20) NOT NULL,
      public_key VARCHAR(120) NOT NULL,
      private_key_cipher VARCHAR(600) NULL,
      status VARCHAR(10) NOT NULL,
      active_slot VARCHAR(20) NULL,
      created_at DATETIME(3) NOT NULL,
      retired_at DATETIME(3) NULL,
      revoked_at DATETIME(3) NULL,
      version INT NOT NULL DEFAULT 1,
      CONSTRAINT pk_signing_keys PRIMARY KEY (id),
      CONSTRAINT uq_signing_keys_active UNIQUE (active_slot),
      CONSTRAINT ck_signing_keys_algorithm CHECK (algorithm IN ('Ed25519','SM2')),
      CONSTRAINT ck_signing_keys_status CHECK (status IN ('ACTIVE','RETIRED','REVOKED')),
      CONSTRAINT ck_signing_keys_active CHECK ((status = 'ACTIVE') = (active_slot IS NOT NULL)),
      CONSTRAINT ck_signing_keys_private CHECK ((status = 'ACTIVE') = (private_key_cipher IS NOT NULL))
    )`,
    // Signed rosters as they were handed out; the document lies encrypted in the file store.
    `CREATE TABLE IF NOT EXISTS roster_snapshots (
      id CHAR(36) NOT NULL,
      serial BIGINT NOT NULL,
      owner_subject_id CHAR(36) NOT NULL,
      title VARCHAR(200) NOT NULL,
      scope_json LONGTEXT NOT NULL,
      people INT NOT NULL,
      with_photos TINYINT(1) NOT NULL,
      issued_at DATETIME(3) NOT NULL,
      fresh_until DATETIME(3) NOT NULL,
      valid_until DATETIME(3) NOT NULL,
      key_id VARCHAR(16) NOT NULL,
      file_key CHAR(36) NOT NULL,
      sha256 CHAR(64) NOT NULL,
      byte_size INT NOT NULL,
      created_by CHAR(36) NOT NULL,
      CONSTRAINT pk_roster_snapshots PRIMARY KEY (id),
      CONSTRAINT uq_roster_snapshots_serial UNIQUE (serial),
      CONSTRAINT ck_roster_snapshots_span CHECK (issued_at < fresh_until AND fresh_until <= valid_until),
      KEY ix_roster_snapshots_owner (owner_subject_id, id),
      CONSTRAINT fk_roster_snapshots_key FOREIGN KEY (key_id) REFERENCES signing_keys (id)
    )`,
    // What was checked and how it answered; of the public neither source nor person is kept.
    `CREATE TABLE IF NOT EXISTS certificate_checks (
      id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NOT NULL,
      channel VARCHAR(12) NOT NULL,
      verdict VARCHAR(20) NOT NULL,
      place VARCHAR(200) NULL,
      checked_at DATETIME(3) NOT NULL,
      checked_by CHAR(36) NULL,
      CONSTRAINT pk_certificate_checks PRIMARY KEY (id),
      CONSTRAINT ck_certificate_checks_channel CHECK (channel IN ('QR','NUMBER','LIVE','STAFF')),
      KEY ix_certificate_checks_certificate (certificate_id, checked_at),
      CONSTRAINT fk_certificate_checks_certificate FOREIGN KEY (certificate_id) REFERENCES certificates (id)
    )`,
    // A card that may not be used was shown: one alarm in each window, however often it is scanned.
    `CREATE TABLE IF NOT EXISTS scan_alerts (
      id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NOT NULL,
      window_start DATETIME(3) NOT NULL,
      check_id CHAR(36) NOT NULL,
      CONSTRAINT pk_scan_alerts PRIMARY KEY (id),
      CONSTRAINT uq_scan_alerts_window UNIQUE (certificate_id, window_start),
      CONSTRAINT fk_scan_alerts_check FOREIGN KEY (check_id) REFERENCES certificate_checks (id)
    )`,
    // What the public says does not fit. Free text may name people, so it is encrypted.
    `CREATE TABLE IF NOT EXISTS mismatch_reports (
      id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NULL,
      subject_id CHAR(36) NULL,
      kind VARCHAR(20) NOT NULL,
      verdict VARCHAR(20) NOT NULL,
      description_cipher VARCHAR(6000) NULL,
      place_cipher VARCHAR(1200) NULL,
      reported_at DATETIME(3) NOT NULL,
      status VARCHAR(10) NOT NULL,
      outcome VARCHAR(20) NULL,
      note VARCHAR(500) NULL,
      settled_at DATETIME(3) NULL,
      settled_by CHAR(36) NULL,
      version INT NOT NULL DEFAULT 1,
      CONSTRAINT pk_mismatch_reports PRIMARY KEY (id),
      CONSTRAINT ck_mismatch_reports_kind CHECK (kind IN ('NOT_THE_PERSON','DATA_DIFFER','CARD_LOOKS_FORGED','NOT_FOUND','OTHER')),
      CONSTRAINT ck_mismatch_reports_status CHECK (status IN ('OPEN','SETTLED')),
      CONSTRAINT ck_mismatch_reports_outcome CHECK (outcome IS NULL OR outcome IN ('CONFIRMED','UNFOUNDED','DATA_CORRECTED')),
      CONSTRAINT ck_mismatch_reports_settled CHECK ((status = 'SETTLED') = (settled_at IS NOT NULL AND outcome IS NOT NULL)),
      KEY ix_mismatch_reports_subject (subject_id, id),
      KEY ix_mismatch_reports_status (status, id)
    )`,
    ...appendOnly('card_prints'),
    ...appendOnly('roster_snapshots'),
    ...appendOnly('certificate_checks'),
    ...appendOnly('scan_alerts'),
  ];
  protected readonly downs = drop(
    'mismatch_reports',
    'scan_alerts',
    'certificate_checks',
    'roster_snapshots',
    'signing_keys',
    'card_prints',
    'officer_photos',
  );
}
