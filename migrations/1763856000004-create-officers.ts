import { drop, SqlMigration } from './sql-migration.js';

const STAFF = `'CIVIL_SERVANT','REF_CIVIL_SERVANT','PUBLIC_INSTITUTION','LOGISTICS_WORKER','CONTRACT','TEMPORARY','DISPATCHED_LABOUR','SECONDED','PUBLIC_WELFARE_POST','REHIRED'`;

export class CreateOfficers1763856000004 extends SqlMigration {
  readonly name = 'CreateOfficers1763856000004';
  protected readonly ups = [
    // The anchor row: whatever can change somebody's clearance locks it first. subject_id is the unit of the newest assignment.
    `CREATE TABLE IF NOT EXISTS officers (
      id CHAR(36) NOT NULL,
      name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
      id_number_cipher VARCHAR(200) NOT NULL,
      id_number_index CHAR(64) NOT NULL,
      id_number_masked CHAR(18) NOT NULL,
      gender VARCHAR(6) NOT NULL,
      birth_date DATE NOT NULL,
      education VARCHAR(40) NULL,
      phone_cipher VARCHAR(200) NULL,
      phone_masked VARCHAR(20) NULL,
      post_title VARCHAR(100) NOT NULL,
      domains_json VARCHAR(1000) NOT NULL,
      staff_category VARCHAR(30) NOT NULL,
      on_establishment TINYINT(1) NOT NULL,
      legal_qualification_no VARCHAR(60) NULL,
      subject_id CHAR(36) NOT NULL,
      version INT NOT NULL DEFAULT 1,
      created_at DATETIME(3) NOT NULL,
      created_by CHAR(36) NULL,
      import_id CHAR(36) NULL,
      CONSTRAINT pk_officers PRIMARY KEY (id),
      CONSTRAINT uq_officers_id_number UNIQUE (id_number_index),
      CONSTRAINT ck_officers_gender CHECK (gender IN ('MALE','FEMALE')),
      CONSTRAINT ck_officers_staff CHECK (staff_category IN (${STAFF})),
      KEY ix_officers_subject (subject_id, id),
      KEY ix_officers_name (name),
      CONSTRAINT fk_officers_subject FOREIGN KEY (subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TABLE IF NOT EXISTS officer_assignments (
      id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      subject_id CHAR(36) NOT NULL,
      post_title VARCHAR(100) NOT NULL,
      staff_category VARCHAR(30) NOT NULL,
      on_establishment TINYINT(1) NOT NULL,
      effective_from DATETIME(3) NOT NULL,
      effective_to DATETIME(3) NULL,
      recorded_at DATETIME(3) NOT NULL,
      superseded_at DATETIME(3) NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_officer_assignments PRIMARY KEY (id),
      CONSTRAINT ck_officer_assignments_staff CHECK (staff_category IN (${STAFF})),
      CONSTRAINT ck_officer_assignments_span CHECK (effective_to IS NULL OR effective_to >= effective_from),
      KEY ix_officer_assignments_officer (officer_id, recorded_at),
      KEY ix_officer_assignments_subject (subject_id),
      CONSTRAINT fk_officer_assignments_officer FOREIGN KEY (officer_id) REFERENCES officers (id),
      CONSTRAINT fk_officer_assignments_subject FOREIGN KEY (subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TABLE IF NOT EXISTS officer_off_post_orders (
      id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      cause VARCHAR(40) NOT NULL,
      document VARCHAR(200) NULL,
      return_document VARCHAR(200) NULL,
      effective_from DATETIME(3) NOT NULL,
      effective_to DATETIME(3) NULL,
      recorded_at DATETIME(3) NOT NULL,
      superseded_at DATETIME(3) NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_officer_off_post_orders PRIMARY KEY (id),
      CONSTRAINT ck_officer_off_post_orders_cause CHECK (cause IN ('OFF_POST_TRAINING','UNDER_INVESTIGATION','OTHER')),
      CONSTRAINT ck_officer_off_post_orders_span CHECK (effective_to IS NULL OR effective_to >= effective_from),
      KEY ix_officer_off_post_orders_officer (officer_id),
      CONSTRAINT fk_officer_off_post_orders_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    `CREATE TABLE IF NOT EXISTS officer_departures (
      id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      cause VARCHAR(20) NOT NULL,
      effective_from DATETIME(3) NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      superseded_at DATETIME(3) NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_officer_departures PRIMARY KEY (id),
      CONSTRAINT ck_officer_departures_cause CHECK (cause IN ('TRANSFER_OUT','RETIRED','RESIGNED','DISMISSED','DECEASED')),
      KEY ix_officer_departures_officer (officer_id),
      CONSTRAINT fk_officer_departures_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
  ];
  protected readonly downs = drop('officer_departures', 'officer_off_post_orders', 'officer_assignments', 'officers');
}
