import type { QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './alterations.js';
import { drop, SqlMigration } from './sql-migration.js';

const STATES = `'DUE','PREPARED','PUBLISHED','WITHHELD','TAKEN_DOWN','REPLACED','LAPSED'`;

export class CreatePublicationAndNotices1763856000017 extends SqlMigration {
  readonly name = 'CreatePublicationAndNotices1763856000017';
  protected readonly ups = [
    // BR-93 to BR-95. What the public may see is derived when it is read; this row says that it was checked by two persons, and
    // what they saw. pending_slot and public_slot: at most one of each per certificate.
    `CREATE TABLE IF NOT EXISTS publications (
      id CHAR(36) NOT NULL,
      certificate_id CHAR(36) NOT NULL,
      officer_id CHAR(36) NOT NULL,
      subject_id CHAR(36) NOT NULL,
      cause VARCHAR(20) NOT NULL,
      state VARCHAR(20) NOT NULL,
      pending_slot CHAR(36) NULL,
      public_slot CHAR(36) NULL,
      since_on DATE NOT NULL,
      amber_on DATE NOT NULL,
      target_on DATE NOT NULL,
      limit_on DATE NOT NULL,
      content_json LONGTEXT NULL,
      post_title VARCHAR(100) NULL,
      area VARCHAR(12) NULL,
      prepared_by CHAR(36) NULL,
      prepared_at DATETIME(3) NULL,
      checked_by CHAR(36) NULL,
      published_at DATETIME(3) NULL,
      ended_at DATETIME(3) NULL,
      ended_cause VARCHAR(40) NULL,
      version INT NOT NULL DEFAULT 1,
      opened_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_publications PRIMARY KEY (id),
      CONSTRAINT uq_publications_pending UNIQUE (pending_slot),
      CONSTRAINT uq_publications_public UNIQUE (public_slot),
      CONSTRAINT ck_publications_cause CHECK (cause IN ('ISSUED','CHANGED','BACK')),
      CONSTRAINT ck_publications_state CHECK (state IN (${STATES})),
      CONSTRAINT ck_publications_pending CHECK ((state IN ('DUE','PREPARED','WITHHELD')) = (pending_slot IS NOT NULL)),
      CONSTRAINT ck_publications_public CHECK ((state = 'PUBLISHED') = (public_slot IS NOT NULL)),
      CONSTRAINT ck_publications_two_persons CHECK (state <> 'PUBLISHED' OR (prepared_by IS NOT NULL AND checked_by IS NOT NULL AND prepared_by <> checked_by AND content_json IS NOT NULL)),
      KEY ix_publications_certificate (certificate_id),
      KEY ix_publications_officer (officer_id),
      KEY ix_publications_state (state, id),
      KEY ix_publications_subject (subject_id, state, id),
      CONSTRAINT fk_publications_certificate FOREIGN KEY (certificate_id) REFERENCES certificates (id),
      CONSTRAINT fk_publications_officer FOREIGN KEY (officer_id) REFERENCES officers (id),
      CONSTRAINT fk_publications_subject FOREIGN KEY (subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TABLE IF NOT EXISTS publication_steps (
      id CHAR(36) NOT NULL,
      publication_id CHAR(36) NOT NULL,
      step VARCHAR(10) NOT NULL,
      decision VARCHAR(10) NOT NULL,
      privacy_checked TINYINT(1) NULL,
      secrecy_checked TINYINT(1) NULL,
      note VARCHAR(500) NOT NULL,
      actor_id CHAR(36) NOT NULL,
      decided_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_publication_steps PRIMARY KEY (id),
      CONSTRAINT ck_publication_steps_step CHECK (step IN ('PREPARE','CHECK')),
      CONSTRAINT ck_publication_steps_decision CHECK (decision IN ('PREPARE','PUBLISH','RETURN','WITHHOLD')),
      KEY ix_publication_steps_publication (publication_id, decided_at),
      CONSTRAINT fk_publication_steps_publication FOREIGN KEY (publication_id) REFERENCES publications (id)
    )`,
    // What happened and may be told to other systems: ids only. Written in the transaction of what happened.
    `CREATE TABLE IF NOT EXISTS events (
      id CHAR(36) NOT NULL,
      type VARCHAR(60) NOT NULL,
      object_type VARCHAR(40) NOT NULL,
      object_id CHAR(36) NOT NULL,
      effective_from DATETIME(3) NULL,
      occurred_at DATETIME(3) NOT NULL,
      spread_at DATETIME(3) NULL,
      CONSTRAINT pk_events PRIMARY KEY (id),
      KEY ix_events_waiting (spread_at, id),
      KEY ix_events_object (object_id)
    )`,
    // secret_cipher opens with the key file only; the previous secret signs too until previous_until.
    `CREATE TABLE IF NOT EXISTS webhooks (
      id CHAR(36) NOT NULL,
      subject_id CHAR(36) NOT NULL,
      url VARCHAR(500) NOT NULL,
      description VARCHAR(200) NOT NULL,
      event_types_json VARCHAR(2000) NOT NULL,
      secret_cipher VARCHAR(300) NOT NULL,
      previous_secret_cipher VARCHAR(300) NULL,
      previous_until DATETIME(3) NULL,
      state VARCHAR(10) NOT NULL,
      version INT NOT NULL DEFAULT 1,
      created_by CHAR(36) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT pk_webhooks PRIMARY KEY (id),
      CONSTRAINT ck_webhooks_state CHECK (state IN ('ACTIVE','PAUSED','REMOVED')),
      KEY ix_webhooks_state (state),
      CONSTRAINT fk_webhooks_subject FOREIGN KEY (subject_id) REFERENCES subjects (id)
    )`,
    // The key makes one delivery per webhook and event, however often the event is spread.
    `CREATE TABLE IF NOT EXISTS webhook_deliveries (
      id CHAR(36) NOT NULL,
      webhook_id CHAR(36) NOT NULL,
      event_id CHAR(36) NOT NULL,
      state VARCHAR(10) NOT NULL,
      attempts INT NOT NULL DEFAULT 0,
      tries_left INT NOT NULL,
      epoch INT NOT NULL DEFAULT 0,
      next_at DATETIME(3) NOT NULL,
      lease_until DATETIME(3) NULL,
      last_status SMALLINT NULL,
      last_error VARCHAR(40) NULL,
      created_at DATETIME(3) NOT NULL,
      finished_at DATETIME(3) NULL,
      CONSTRAINT pk_webhook_deliveries PRIMARY KEY (id),
      CONSTRAINT uq_webhook_deliveries_once UNIQUE (webhook_id, event_id),
      CONSTRAINT ck_webhook_deliveries_state CHECK (state IN ('WAITING','DELIVERED','DEAD','DROPPED')),
      KEY ix_webhook_deliveries_due (state, next_at),
      KEY ix_webhook_deliveries_event (event_id),
      CONSTRAINT fk_webhook_deliveries_webhook FOREIGN KEY (webhook_id) REFERENCES webhooks (id),
      CONSTRAINT fk_webhook_deliveries_event FOREIGN KEY (event_id) REFERENCES events (id)
    )`,
    `CREATE TABLE IF NOT EXISTS webhook_attempts (
      id CHAR(36) NOT NULL,
      delivery_id CHAR(36) NOT NULL,
      epoch INT NOT NULL,
      begun_at DATETIME(3) NOT NULL,
      milliseconds INT NULL,
      status SMALLINT NULL,
      error VARCHAR(40) NULL,
      CONSTRAINT pk_webhook_attempts PRIMARY KEY (id),
      CONSTRAINT uq_webhook_attempts_epoch UNIQUE (delivery_id, epoch),
      CONSTRAINT fk_webhook_attempts_delivery FOREIGN KEY (delivery_id) REFERENCES webhook_deliveries (id)
    )`,
    // The truth of reminding: one row per thing, deadline and stage, whoever runs how often.
    `CREATE TABLE IF NOT EXISTS reminders (
      id CHAR(36) NOT NULL,
      source VARCHAR(40) NOT NULL,
      target_type VARCHAR(40) NOT NULL,
      target_id CHAR(36) NOT NULL,
      subject_id CHAR(36) NOT NULL,
      officer_id CHAR(36) NULL,
      stage VARCHAR(10) NOT NULL,
      level TINYINT NOT NULL,
      deadline DATE NOT NULL,
      raised_at DATETIME(3) NOT NULL,
      closed_at DATETIME(3) NULL,
      CONSTRAINT pk_reminders PRIMARY KEY (id),
      CONSTRAINT uq_reminders_once UNIQUE (source, target_id, deadline, stage),
      CONSTRAINT ck_reminders_level CHECK (level BETWEEN 1 AND 3),
      KEY ix_reminders_open (source, closed_at, target_id),
      KEY ix_reminders_subject (subject_id, closed_at, id),
      KEY ix_reminders_officer (officer_id),
      CONSTRAINT fk_reminders_subject FOREIGN KEY (subject_id) REFERENCES subjects (id)
    )`,
    `CREATE TABLE IF NOT EXISTS reminder_recipients (
      reminder_id CHAR(36) NOT NULL,
      account_id CHAR(36) NOT NULL,
      notification_id CHAR(36) NOT NULL,
      CONSTRAINT pk_reminder_recipients PRIMARY KEY (reminder_id, account_id),
      CONSTRAINT uq_reminder_recipients_notification UNIQUE (notification_id),
      CONSTRAINT fk_reminder_recipients_reminder FOREIGN KEY (reminder_id) REFERENCES reminders (id),
      CONSTRAINT fk_reminder_recipients_account FOREIGN KEY (account_id) REFERENCES accounts (id)
    )`,
    // Two workers at once take turns here, source by source.
    `CREATE TABLE IF NOT EXISTS reminder_sources (
      source VARCHAR(40) NOT NULL,
      last_run_at DATETIME(3) NULL,
      CONSTRAINT pk_reminder_sources PRIMARY KEY (source)
    )`,
    `CREATE TABLE IF NOT EXISTS account_mail_addresses (
      account_id CHAR(36) NOT NULL,
      address_cipher VARCHAR(600) NOT NULL,
      address_masked VARCHAR(120) NOT NULL,
      since DATETIME(3) NOT NULL,
      CONSTRAINT pk_account_mail_addresses PRIMARY KEY (account_id),
      CONSTRAINT fk_account_mail_addresses_account FOREIGN KEY (account_id) REFERENCES accounts (id)
    )`,
    // A mail gathers what its account has not been mailed yet. SENDING that nobody ended is UNCERTAIN and is not sent again by itself.
    `CREATE TABLE IF NOT EXISTS mails (
      id CHAR(36) NOT NULL,
      account_id CHAR(36) NOT NULL,
      notices INT NOT NULL,
      state VARCHAR(10) NOT NULL,
      attempts INT NOT NULL DEFAULT 0,
      next_at DATETIME(3) NOT NULL,
      lease_until DATETIME(3) NULL,
      last_error VARCHAR(40) NULL,
      created_at DATETIME(3) NOT NULL,
      sent_at DATETIME(3) NULL,
      CONSTRAINT pk_mails PRIMARY KEY (id),
      CONSTRAINT ck_mails_state CHECK (state IN ('WAITING','SENDING','SENT','UNCERTAIN','DEAD')),
      KEY ix_mails_due (state, next_at),
      KEY ix_mails_account (account_id, id),
      CONSTRAINT fk_mails_account FOREIGN KEY (account_id) REFERENCES accounts (id)
    )`,
    `CREATE TABLE IF NOT EXISTS mail_notices (
      notification_id CHAR(36) NOT NULL,
      mail_id CHAR(36) NOT NULL,
      CONSTRAINT pk_mail_notices PRIMARY KEY (notification_id),
      KEY ix_mail_notices_mail (mail_id),
      CONSTRAINT fk_mail_notices_notification FOREIGN KEY (notification_id) REFERENCES notifications (id),
      CONSTRAINT fk_mail_notices_mail FOREIGN KEY (mail_id) REFERENCES mails (id)
    )`,
  ];
  protected readonly downs = drop(
    'mail_notices',
    'mails',
    'account_mail_addresses',
    'reminder_sources',
    'reminder_recipients',
    'reminders',
    'webhook_attempts',
    'webhook_deliveries',
    'webhooks',
    'events',
    'publication_steps',
    'publications',
  );

  /** What a notice says in numbers and dates. */
  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await addColumn(runner, 'notifications', 'facts_json', 'VARCHAR(500) NULL');
  }

  override async down(runner: QueryRunner): Promise<void> {
    await super.down(runner);
    await dropColumn(runner, 'notifications', 'facts_json');
  }
}
