import type { QueryRunner } from 'typeorm';
import { addColumn, dropColumn, replaceCheck, replaceUnique } from './alterations.js';
import { appendOnly, drop, SqlMigration } from './sql-migration.js';

const OPEN = `'SUBMITTED','DISTRICT_REVIEWED','APPROVED','IN_BATCH'`;

/** Applications that are withdrawn; who decided an act; where each card is; sanctions, disqualification, void notices; cases. */
export class FollowCertificates1763856000012 extends SqlMigration {
  readonly name = 'FollowCertificates1763856000012';
  protected readonly ups = [
    // BR-75: the public declaration that a lost card is void.
    `CREATE TABLE IF NOT EXISTS certificate_void_notices (
      certificate_id CHAR(36) NOT NULL,
      medium VARCHAR(200) NOT NULL,
      reference VARCHAR(200) NOT NULL,
      published_on DATE NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      recorded_by CHAR(36) NOT NULL,
      CONSTRAINT pk_certificate_void_notices PRIMARY KEY (certificate_id),
      CONSTRAINT fk_certificate_void_notices_certificate FOREIGN KEY (certificate_id) REFERENCES certificates (id)
    )`,
    ...appendOnly('certificate_void_notices'),
    // Where the card is: the one row that changes, from its first move on.
    `CREATE TABLE IF NOT EXISTS card_custodies (
      certificate_id CHAR(36) NOT NULL,
      state VARCHAR(20) NOT NULL,
      version INT NOT NULL DEFAULT 1,
      CONSTRAINT pk_card_custodies PRIMARY KEY (certificate_id),
      CONSTRAINT ck_card_custodies_state CHECK (state IN ('AT_DESK','WITH_HOLDER','RETURNED','MISSING','LISTED','DESTROYED')),
      KEY ix_card_custodies_state (state, certificate_id),
      CONSTRAINT fk_card_custodies_certificate FOREIGN KEY (certificate_id) REFERENCES certificates (id)
    )`,
    `CREATE TRIGGER IF NOT EXISTS tr_card_custodies_final BEFORE UPDATE ON card_custodies FOR EACH ROW
     IF OLD.state = 'DESTROYED' AND NEW.state <> OLD.state
     THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a destroyed card stays destroyed'; END IF`,
    // BR-86: a list of cards to be destroyed, signed by two people.
    `CREATE TABLE IF NOT EXISTS card_destructions (
      id CHAR(36) NOT NULL,
      list_no VARCHAR(40) NOT NULL,
      state VARCHAR(20) NOT NULL,
      note VARCHAR(500) NOT NULL,
      owner_subject_id CHAR(36) NOT NULL,
      version INT NOT NULL DEFAULT 1,
      created_by CHAR(36) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      finished_by CHAR(36) NULL,
      finished_at DATETIME(3) NULL,
      closing_note VARCHAR(500) NULL,
      CONSTRAINT pk_card_destructions PRIMARY KEY (id),
      CONSTRAINT uq_card_destructions_no UNIQUE (list_no),
      CONSTRAINT ck_card_destructions_state CHECK (state IN ('PROPOSED','DESTROYED','WITHDRAWN')),
      CONSTRAINT ck_card_destructions_signatures CHECK (state <> 'DESTROYED' OR (finished_by IS NOT NULL AND finished_by <> created_by)),
      KEY ix_card_destructions_owner (owner_subject_id, id),
      CONSTRAINT fk_card_destructions_owner FOREIGN KEY (owner_subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TRIGGER IF NOT EXISTS tr_card_destructions_final BEFORE UPDATE ON card_destructions FOR EACH ROW
     IF OLD.state <> 'PROPOSED' AND NEW.state <> OLD.state
     THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a finished destruction list is final'; END IF`,
    `CREATE TABLE IF NOT EXISTS card_destruction_items (
      destruction_id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NOT NULL,
      CONSTRAINT pk_card_destruction_items PRIMARY KEY (destruction_id, certificate_id),
      KEY ix_card_destruction_items_certificate (certificate_id),
      CONSTRAINT fk_card_destruction_items_destruction FOREIGN KEY (destruction_id) REFERENCES card_destructions (id),
      CONSTRAINT fk_card_destruction_items_certificate FOREIGN KEY (certificate_id) REFERENCES certificates (id)
    )`,
    // From hand to hand; never changed.
    `CREATE TABLE IF NOT EXISTS card_custody_moves (
      id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NOT NULL,
      command VARCHAR(20) NOT NULL,
      state_after VARCHAR(20) NOT NULL,
      counterpart VARCHAR(100) NULL,
      note VARCHAR(500) NULL,
      happened_on DATE NOT NULL,
      destruction_id CHAR(36) NULL,
      recorded_at DATETIME(3) NOT NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_card_custody_moves PRIMARY KEY (id),
      CONSTRAINT ck_card_custody_moves_command CHECK (command IN ('handOut','takeBack','giveBack','miss','list','unlist','destroy')),
      KEY ix_card_custody_moves_certificate (certificate_id, recorded_at),
      CONSTRAINT fk_card_custody_moves_certificate FOREIGN KEY (certificate_id) REFERENCES certificates (id)
    )`,
    ...appendOnly('card_custody_moves'),
    // BR-22, BR-23, BR-85, BR-118: sanctions and convictions, recorded from the competent organ. Corrected by superseding.
    `CREATE TABLE IF NOT EXISTS officer_sanctions (
      id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      kind VARCHAR(20) NOT NULL,
      organ VARCHAR(200) NOT NULL,
      document VARCHAR(200) NOT NULL,
      effective_from DATE NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      recorded_by CHAR(36) NULL,
      superseded_at DATETIME(3) NULL,
      CONSTRAINT pk_officer_sanctions PRIMARY KEY (id),
      CONSTRAINT ck_officer_sanctions_kind CHECK (kind IN ('WARNING','DEMERIT','MAJOR_DEMERIT','DEMOTION','REMOVAL','DISMISSAL','CONVICTION')),
      KEY ix_officer_sanctions_officer (officer_id),
      CONSTRAINT fk_officer_sanctions_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    // BR-82: disqualification of the person. A fact; what it ended stays ended.
    `CREATE TABLE IF NOT EXISTS officer_disqualifications (
      id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      ground VARCHAR(60) NOT NULL,
      decided_by VARCHAR(200) NOT NULL,
      document VARCHAR(200) NOT NULL,
      effective_from DATETIME(3) NOT NULL,
      barred_from DATE NOT NULL,
      barred_to DATE NULL,
      recorded_at DATETIME(3) NOT NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_officer_disqualifications PRIMARY KEY (id),
      KEY ix_officer_disqualifications_officer (officer_id),
      CONSTRAINT fk_officer_disqualifications_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    ...appendOnly('officer_disqualifications'),
    // BR-83: passes that fraud has voided.
    `CREATE TABLE IF NOT EXISTS exam_pass_voids (
      officer_id CHAR(36) NOT NULL,
      paper_id CHAR(36) NOT NULL,
      source_type VARCHAR(40) NOT NULL,
      source_id CHAR(36) NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_exam_pass_voids PRIMARY KEY (officer_id, paper_id),
      CONSTRAINT fk_exam_pass_voids_officer FOREIGN KEY (officer_id) REFERENCES officers (id)
    )`,
    ...appendOnly('exam_pass_voids'),
  ];
  protected readonly downs = drop(
    'exam_pass_voids',
    'officer_disqualifications',
    'officer_sanctions',
    'card_custody_moves',
    'card_destruction_items',
    'card_destructions',
    'card_custodies',
    'certificate_void_notices',
  );

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await replaceCheck(
      runner,
      'certificate_applications',
      'ck_certificate_applications_state',
      `state IN (${OPEN},'ISSUED','RETURNED','REJECTED','WITHDRAWN')`,
    );
    await replaceCheck(
      runner,
      'certificate_application_steps',
      'ck_certificate_application_steps_decision',
      `decision IN ('SUBMIT','APPROVE','RETURN','REJECT','WITHDRAW')`,
    );
    await addColumn(runner, 'certificate_moves', 'decided_by', 'VARCHAR(200) NULL');
    await addColumn(runner, 'certificate_suspensions', 'decided_by', 'VARCHAR(200) NULL');
    await addColumn(runner, 'card_cases', 'required_act', `VARCHAR(10) NOT NULL DEFAULT 'CANCEL'`);
    await addColumn(runner, 'card_cases', 'source_id', `CHAR(36) NOT NULL DEFAULT ''`);
    await addColumn(runner, 'card_cases', 'escalated_at', 'DATETIME(3) NULL');
    await addColumn(runner, 'card_cases', 'outcome', 'VARCHAR(20) NULL');
    await addColumn(runner, 'card_cases', 'closing_note', 'VARCHAR(500) NULL');
    await addColumn(runner, 'card_cases', 'closed_by', 'CHAR(36) NULL');
    await replaceCheck(
      runner,
      'card_cases',
      'ck_card_cases_act',
      `required_act IN ('CANCEL','REVOKE','DECIDE','RETURN')`,
    );
    await replaceUnique(
      runner,
      'card_cases',
      'uq_card_cases_cause',
      'uq_card_cases_source',
      'certificate_id, cause, source_id',
    );
  }

  override async down(runner: QueryRunner): Promise<void> {
    await replaceUnique(runner, 'card_cases', 'uq_card_cases_source', 'uq_card_cases_cause', 'certificate_id, cause');
    await runner.query('ALTER TABLE card_cases DROP CONSTRAINT ck_card_cases_act');
    for (const column of ['required_act', 'source_id', 'escalated_at', 'outcome', 'closing_note', 'closed_by'])
      await dropColumn(runner, 'card_cases', column);
    await dropColumn(runner, 'certificate_suspensions', 'decided_by');
    await dropColumn(runner, 'certificate_moves', 'decided_by');
    await runner.query(`UPDATE certificate_applications SET state = 'RETURNED' WHERE state = 'WITHDRAWN'`);
    await replaceCheck(
      runner,
      'certificate_applications',
      'ck_certificate_applications_state',
      `state IN (${OPEN},'ISSUED','RETURNED','REJECTED')`,
    );
    await super.down(runner);
  }
}
