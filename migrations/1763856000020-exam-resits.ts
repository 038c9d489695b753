import type { QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './alterations.js';
import { SqlMigration } from './sql-migration.js';

/** BR-50: an exam may be the resit of another one; the two, and further resits, are one round. */
export class ExamResits1763856000020 extends SqlMigration {
  readonly name = 'ExamResits1763856000020';
  protected readonly ups = [];
  protected readonly downs = [];

  override async up(runner: QueryRunner): Promise<void> {
    await addColumn(
      runner,
      'exams',
      'resit_of',
      'CHAR(36) NULL, ADD CONSTRAINT fk_exams_resit FOREIGN KEY (resit_of) REFERENCES exams (id)',
    );
  }

  override async down(runner: QueryRunner): Promise<void> {
    const keys = (await runner.query(
      `SELECT 1 AS x FROM information_schema.table_constraints
       WHERE constraint_schema = DATABASE() AND table_name = 'exams' AND constraint_name = 'fk_exams_resit'`,
    )) as object[];
    if (keys.length > 0) await runner.query('ALTER TABLE exams DROP FOREIGN KEY fk_exams_resit');
    await dropColumn(runner, 'exams', 'resit_of');
  }
}
