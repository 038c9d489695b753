import { appendOnly, drop, SqlMigration } from './sql-migration.js';

export class CreateDuty1763856000007 extends SqlMigration {
  readonly name = 'CreateDuty1763856000007';
  protected readonly ups = [
    // Evidence: never rewritten. Ids and versions of the facts, the facts themselves, the decision, the rules version.
    `CREATE TABLE IF NOT EXISTS duty_checks (
      id CHAR(36) NOT NULL,
      subject_id CHAR(36) NOT NULL,
      matter_code VARCHAR(60) NOT NULL,
      cleared TINYINT(1) NOT NULL,
      request_json LONGTEXT NOT NULL,
      facts_json LONGTEXT NOT NULL,
      facts_hash CHAR(64) NOT NULL,
      decision_json LONGTEXT NOT NULL,
      rules_version VARCHAR(20) NOT NULL,
      known_at DATETIME(3) NOT NULL,
      decided_at DATETIME(3) NOT NULL,
      decided_by CHAR(36) NOT NULL,
      CONSTRAINT pk_duty_checks PRIMARY KEY (id),
      KEY ix_duty_checks_subject (subject_id, id),
      CONSTRAINT fk_duty_checks_subject FOREIGN KEY (subject_id) REFERENCES subjects (id)
    )`,
    ...appendOnly('duty_checks'),
    `CREATE TABLE IF NOT EXISTS deployments (
      id CHAR(36) NOT NULL,
      title VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
      subject_id CHAR(36) NOT NULL,
      matter_code VARCHAR(60) NOT NULL,
      division_code VARCHAR(12) NULL,
      span_from DATETIME(3) NOT NULL,
      span_to DATETIME(3) NOT NULL,
      status VARCHAR(20) NOT NULL,
      via_kind VARCHAR(20) NOT NULL,
      via_id CHAR(36) NOT NULL,
      via_delegator_id CHAR(36) NULL,
      version INT NOT NULL DEFAULT 1,
      owner_id CHAR(36) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      started_at DATETIME(3) NULL,
      ended_at DATETIME(3) NULL,
      CONSTRAINT pk_deployments PRIMARY KEY (id),
      CONSTRAINT ck_deployments_span CHECK (span_to > span_from),
      CONSTRAINT ck_deployments_status CHECK (status IN ('PLANNED','ACTIVE','COMPLETED','CANCELLED','RECALLED')),
      CONSTRAINT ck_deployments_via CHECK (via_kind IN ('OWN_POWER','DELEGATION')),
      KEY ix_deployments_subject (subject_id, status),
      KEY ix_deployments_delegator (via_delegator_id, status),
      KEY ix_deployments_status (status, id),
      CONSTRAINT fk_deployments_subject FOREIGN KEY (subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TRIGGER IF NOT EXISTS tr_deployments_final BEFORE UPDATE ON deployments FOR EACH ROW
     IF OLD.status IN ('COMPLETED','CANCELLED','RECALLED') AND NEW.status <> OLD.status
     THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a finished deployment is final'; END IF`,
    `CREATE TABLE IF NOT EXISTS deployment_members (
      deployment_id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NULL,
      CONSTRAINT pk_deployment_members PRIMARY KEY (deployment_id, officer_id),
      KEY ix_deployment_members_officer (officer_id),
      CONSTRAINT fk_deployment_members_deployment FOREIGN KEY (deployment_id) REFERENCES deployments (id),
      CONSTRAINT fk_deployment_members_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    // One row per decision about a deployment: creation, start, recall. Append-only evidence.
    `CREATE TABLE IF NOT EXISTS deployment_decisions (
      id CHAR(36) NOT NULL,
      deployment_id CHAR(36) NOT NULL,
      occasion VARCHAR(20) NOT NULL,
      cause VARCHAR(200) NULL,
      cleared TINYINT(1) NOT NULL,
      request_json LONGTEXT NOT NULL,
      facts_json LONGTEXT NOT NULL,
      facts_hash CHAR(64) NOT NULL,
      decision_json LONGTEXT NOT NULL,
      rules_version VARCHAR(20) NOT NULL,
      decided_at DATETIME(3) NOT NULL,
      decided_by CHAR(36) NULL,
      CONSTRAINT pk_deployment_decisions PRIMARY KEY (id),
      CONSTRAINT ck_deployment_decisions_occasion CHECK (occasion IN ('CREATE','START','RECALL')),
      KEY ix_deployment_decisions_deployment (deployment_id, decided_at),
      CONSTRAINT fk_deployment_decisions_deployment FOREIGN KEY (deployment_id) REFERENCES deployments (id)
    )`,
    ...appendOnly('deployment_decisions'),
  ];
  protected readonly downs = drop('deployment_decisions', 'deployment_members', 'deployments', 'duty_checks');
}
