import { drop, SqlMigration } from './sql-migration.js';

export class CreateTrainingAndExams1763856000005 extends SqlMigration {
  readonly name = 'CreateTrainingAndExams1763856000005';
  protected readonly ups = [
    `CREATE TABLE IF NOT EXISTS training_plans (
      id CHAR(36) NOT NULL,
      plan_year SMALLINT NOT NULL,
      type VARCHAR(30) NOT NULL,
      title VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
      subject VARCHAR(20) NOT NULL,
      domain VARCHAR(60) NULL,
      audience VARCHAR(500) NULL,
      hours DECIMAL(5,1) NOT NULL,
      owner_subject_id CHAR(36) NOT NULL,
      version INT NOT NULL DEFAULT 1,
      created_at DATETIME(3) NOT NULL,
      created_by CHAR(36) NULL,
      CONSTRAINT pk_training_plans PRIMARY KEY (id),
      CONSTRAINT ck_training_plans_type CHECK (type IN ('PRE_POST','ROTATION','RENEWAL','THEMATIC','OFF_POST_REMEDIAL')),
      CONSTRAINT ck_training_plans_subject CHECK (subject IN ('COMMON_LAW','SPECIAL_LAW')),
      CONSTRAINT ck_training_plans_hours CHECK (hours > 0),
      KEY ix_training_plans_owner (owner_subject_id, id),
      CONSTRAINT fk_training_plans_owner FOREIGN KEY (owner_subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TABLE IF NOT EXISTS training_classes (
      id CHAR(36) NOT NULL,
      plan_id CHAR(36) NOT NULL,
      title VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
      starts_on DATE NOT NULL,
      ends_on DATE NOT NULL,
      place VARCHAR(200) NOT NULL,
      capacity INT NULL,
      hours DECIMAL(5,1) NOT NULL,
      status VARCHAR(20) NOT NULL,
      owner_subject_id CHAR(36) NOT NULL,
      version INT NOT NULL DEFAULT 1,
      created_at DATETIME(3) NOT NULL,
      created_by CHAR(36) NULL,
      closed_at DATETIME(3) NULL,
      CONSTRAINT pk_training_classes PRIMARY KEY (id),
      CONSTRAINT ck_training_classes_span CHECK (ends_on >= starts_on),
      CONSTRAINT ck_training_classes_status CHECK (status IN ('OPEN','CLOSED')),
      KEY ix_training_classes_plan (plan_id, id),
      CONSTRAINT fk_training_classes_plan FOREIGN KEY (plan_id) REFERENCES training_plans (id)
    )`,
    // One row per person and class: enrolled, attended so much, and (once the class is closed) so many hours confirmed.
    `CREATE TABLE IF NOT EXISTS training_enrolments (
      class_id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      hours_attended DECIMAL(5,1) NULL,
      hours_confirmed DECIMAL(5,1) NULL,
      enrolled_at DATETIME(3) NOT NULL,
      confirmed_at DATETIME(3) NULL,
      import_id CHAR(36) NULL,
      CONSTRAINT pk_training_enrolments PRIMARY KEY (class_id, officer_id),
      CONSTRAINT ck_training_enrolments_attended CHECK (hours_attended IS NULL OR hours_attended >= 0),
      CONSTRAINT ck_training_enrolments_confirmed CHECK (hours_confirmed IS NULL OR hours_confirmed >= 0),
      KEY ix_training_enrolments_officer (officer_id),
      CONSTRAINT fk_training_enrolments_class FOREIGN KEY (class_id) REFERENCES training_classes (id),
      CONSTRAINT fk_training_enrolments_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    `CREATE TABLE IF NOT EXISTS exams (
      id CHAR(36) NOT NULL,
      title VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
      held_on DATE NOT NULL,
      status VARCHAR(20) NOT NULL,
      exam_no INT NOT NULL AUTO_INCREMENT,
      next_serial INT NOT NULL DEFAULT 1,
      owner_subject_id CHAR(36) NOT NULL,
      version INT NOT NULL DEFAULT 1,
      created_at DATETIME(3) NOT NULL,
      created_by CHAR(36) NULL,
      released_at DATETIME(3) NULL,
      released_by CHAR(36) NULL,
      CONSTRAINT pk_exams PRIMARY KEY (id),
      CONSTRAINT uq_exams_no UNIQUE (exam_no),
      CONSTRAINT ck_exams_status CHECK (status IN ('OPEN','RELEASED')),
      KEY ix_exams_owner (owner_subject_id, id),
      CONSTRAINT fk_exams_owner FOREIGN KEY (owner_subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TABLE IF NOT EXISTS exam_papers (
      id CHAR(36) NOT NULL,
      exam_id CHAR(36) NOT NULL,
      subject VARCHAR(20) NOT NULL,
      domain VARCHAR(60) NOT NULL,
      pass_mark DECIMAL(4,1) NOT NULL,
      CONSTRAINT pk_exam_papers PRIMARY KEY (id),
      CONSTRAINT uq_exam_papers_subject UNIQUE (exam_id, subject, domain),
      CONSTRAINT ck_exam_papers_subject CHECK ((subject = 'COMMON_LAW' AND domain = '') OR (subject = 'SPECIAL_LAW' AND domain <> '')),
      CONSTRAINT ck_exam_papers_pass CHECK (pass_mark >= 0 AND pass_mark <= 100),
      CONSTRAINT fk_exam_papers_exam FOREIGN KEY (exam_id) REFERENCES exams (id)
    )`,
    `CREATE TABLE IF NOT EXISTS exam_registrations (
      id CHAR(36) NOT NULL,
      exam_id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      admission_no VARCHAR(20) NOT NULL,
      registered_at DATETIME(3) NOT NULL,
      registered_by CHAR(36) NULL,
      CONSTRAINT pk_exam_registrations PRIMARY KEY (id),
      CONSTRAINT uq_exam_registrations_officer UNIQUE (exam_id, officer_id),
      CONSTRAINT uq_exam_registrations_admission UNIQUE (admission_no),
      KEY ix_exam_registrations_exam (exam_id, id),
      KEY ix_exam_registrations_officer (officer_id),
      CONSTRAINT fk_exam_registrations_exam FOREIGN KEY (exam_id) REFERENCES exams (id),
      CONSTRAINT fk_exam_registrations_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    // The papers a candidate sits: common law, and the special law of each of the officer's domains that the exam offers.
    `CREATE TABLE IF NOT EXISTS exam_registration_papers (
      registration_id CHAR(36) NOT NULL,
      paper_id CHAR(36) NOT NULL,
      CONSTRAINT pk_exam_registration_papers PRIMARY KEY (registration_id, paper_id),
      CONSTRAINT fk_exam_registration_papers_registration FOREIGN KEY (registration_id) REFERENCES exam_registrations (id),
      CONSTRAINT fk_exam_registration_papers_paper FOREIGN KEY (paper_id) REFERENCES exam_papers (id)
    )`,
    // One current result per candidate and paper. Final from the exam's release on: a trigger refuses any later change.
    `CREATE TABLE IF NOT EXISTS exam_results (
      registration_id CHAR(36) NOT NULL,
      paper_id CHAR(36) NOT NULL,
      exam_id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      outcome VARCHAR(10) NOT NULL,
      score DECIMAL(4,1) NULL,
      passed TINYINT(1) NOT NULL,
      import_id CHAR(36) NULL,
      recorded_at DATETIME(3) NOT NULL,
      recorded_by CHAR(36) NOT NULL,
      version INT NOT NULL DEFAULT 1,
      CONSTRAINT pk_exam_results PRIMARY KEY (registration_id, paper_id),
      CONSTRAINT ck_exam_results_outcome CHECK (outcome IN ('SCORED','ABSENT','VOID')),
      CONSTRAINT ck_exam_results_score CHECK ((outcome = 'SCORED') = (score IS NOT NULL)),
      CONSTRAINT ck_exam_results_range CHECK (score IS NULL OR (score >= 0 AND score <= 100)),
      CONSTRAINT ck_exam_results_passed CHECK (passed = 0 OR outcome = 'SCORED'),
      KEY ix_exam_results_exam (exam_id),
      KEY ix_exam_results_officer (officer_id, passed),
      CONSTRAINT fk_exam_results_registration FOREIGN KEY (registration_id) REFERENCES exam_registrations (id),
      CONSTRAINT fk_exam_results_paper FOREIGN KEY (paper_id) REFERENCES exam_papers (id)
    )`,
    `CREATE TRIGGER IF NOT EXISTS tr_exams_released_final BEFORE UPDATE ON exams FOR EACH ROW
     IF OLD.status = 'RELEASED' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a released exam is final'; END IF`,
    `CREATE TRIGGER IF NOT EXISTS tr_exam_results_in_time BEFORE INSERT ON exam_results FOR EACH ROW
     IF (SELECT status FROM exams WHERE id = NEW.exam_id) = 'RELEASED' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'released results are final'; END IF`,
    `CREATE TRIGGER IF NOT EXISTS tr_exam_results_final BEFORE UPDATE ON exam_results FOR EACH ROW
     IF (SELECT status FROM exams WHERE id = OLD.exam_id) = 'RELEASED' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'released results are final'; END IF`,
    `CREATE TRIGGER IF NOT EXISTS tr_exam_results_no_delete BEFORE DELETE ON exam_results FOR EACH ROW
     IF (SELECT status FROM exams WHERE id = OLD.exam_id) = 'RELEASED' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'released results are final'; END IF`,
    // BR-21, BR-49: bars on a person, e.g. for cheating. The period is a legal date range, inclusive.
    `CREATE TABLE IF NOT EXISTS qualification_bars (
      id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      ground VARCHAR(40) NOT NULL,
      source_type VARCHAR(40) NOT NULL,
      source_id CHAR(36) NOT NULL,
      barred_from DATE NOT NULL,
      barred_to DATE NULL,
      recorded_at DATETIME(3) NOT NULL,
      superseded_at DATETIME(3) NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_qualification_bars PRIMARY KEY (id),
      CONSTRAINT ck_qualification_bars_ground CHECK (ground IN ('EXAM_CHEATING','DISQUALIFIED','SANCTION','UNDER_INVESTIGATION')),
      CONSTRAINT ck_qualification_bars_span CHECK (barred_to IS NULL OR barred_to >= barred_from),
      KEY ix_qualification_bars_officer (officer_id),
      CONSTRAINT fk_qualification_bars_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
  ];
  protected readonly downs = drop(
    'qualification_bars',
    'exam_results',
    'exam_registration_papers',
    'exam_registrations',
    'exam_papers',
    'exams',
    'training_enrolments',
    'training_classes',
    'training_plans',
  );
}
