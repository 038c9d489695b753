import { appendOnly, drop, SqlMigration } from './sql-migration.js';

/** BR-71 to BR-74: annual review by exception. */
export class CreateAnnualReviews1763856000013 extends SqlMigration {
  readonly name = 'CreateAnnualReviews1763856000013';
  protected readonly ups = [
    `CREATE TABLE IF NOT EXISTS review_campaigns (
      id CHAR(36) NOT NULL,
      reviewed_year SMALLINT NOT NULL,
      owner_subject_id CHAR(36) NOT NULL,
      period_from DATE NOT NULL,
      period_to DATE NOT NULL,
      state VARCHAR(20) NOT NULL,
      prepared_to CHAR(36) NOT NULL DEFAULT '',
      settings_json LONGTEXT NOT NULL,
      version INT NOT NULL DEFAULT 1,
      opened_by CHAR(36) NULL,
      opened_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_review_campaigns PRIMARY KEY (id),
      CONSTRAINT uq_review_campaigns_year UNIQUE (owner_subject_id, reviewed_year),
      CONSTRAINT ck_review_campaigns_state CHECK (state IN ('PREPARING','OPEN','CLOSED')),
      CONSTRAINT ck_review_campaigns_period CHECK (period_to >= period_from),
      KEY ix_review_campaigns_state (state, id),
      CONSTRAINT fk_review_campaigns_owner FOREIGN KEY (owner_subject_id) REFERENCES subjects (id)
    )`,
    // One file per card and reviewed year. sort_key begins with the rank: exceptions come first.
    `CREATE TABLE IF NOT EXISTS review_files (
      id CHAR(36) NOT NULL,
      campaign_id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      subject_id CHAR(36) NOT NULL,
      reviewed_year SMALLINT NOT NULL,
      sorting VARCHAR(20) NOT NULL,
      sort_key VARCHAR(40) NOT NULL,
      state VARCHAR(24) NOT NULL,
      proposal VARCHAR(10) NULL,
      round INT NOT NULL DEFAULT 1,
      facts_json LONGTEXT NOT NULL,
      findings_json LONGTEXT NOT NULL,
      causes VARCHAR(500) NOT NULL,
      period_row_id CHAR(36) NULL,
      version INT NOT NULL DEFAULT 1,
      prepared_at DATETIME(3) NOT NULL,
      decided_at DATETIME(3) NULL,
      CONSTRAINT pk_review_files PRIMARY KEY (id),
      CONSTRAINT uq_review_files_certificate UNIQUE (certificate_id, reviewed_year),
      CONSTRAINT ck_review_files_sorting CHECK (sorting IN ('PASSES','NEEDS_EXPLANATION','FAILS','LISTED')),
      CONSTRAINT ck_review_files_state CHECK (state IN ('LISTED','AWAITING_EXPLANATION','READY','CHECKED','PASSED','FAILED')),
      CONSTRAINT ck_review_files_proposal CHECK (proposal IS NULL OR proposal IN ('PASS','FAIL')),
      KEY ix_review_files_campaign (campaign_id, sort_key),
      KEY ix_review_files_officer (officer_id),
      CONSTRAINT fk_review_files_campaign FOREIGN KEY (campaign_id) REFERENCES review_campaigns (id),
      CONSTRAINT fk_review_files_certificate FOREIGN KEY (certificate_id) REFERENCES certificates (id),
      CONSTRAINT fk_review_files_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    `CREATE TABLE IF NOT EXISTS review_file_steps (
      id CHAR(36) NOT NULL,
      file_id CHAR(36) NOT NULL,
      round INT NOT NULL,
      step VARCHAR(20) NOT NULL,
      decision VARCHAR(10) NOT NULL,
      opinion VARCHAR(1000) NOT NULL,
      actor_id CHAR(36) NOT NULL,
      decided_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_review_file_steps PRIMARY KEY (id),
      CONSTRAINT ck_review_file_steps_step CHECK (step IN ('EXPLANATION','REVIEW_CHECK','REVIEW_DECISION','REOPENING')),
      CONSTRAINT ck_review_file_steps_decision CHECK (decision IN ('EXPLAIN','PASS','FAIL','RETURN','REOPEN')),
      KEY ix_review_file_steps_file (file_id, decided_at),
      CONSTRAINT fk_review_file_steps_file FOREIGN KEY (file_id) REFERENCES review_files (id)
    )`,
    ...appendOnly('review_file_steps'),
  ];
  protected readonly downs = drop('review_file_steps', 'review_files', 'review_campaigns');
}
