import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { pageOf } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import type { ExamsQuery } from './exam.dto.js';
import type { ExamCountsRow, ExamRow, PaperRow } from './exam.rows.js';
import { examDetailView, examView, type ExamDetailView, type ExamPage } from './exam.view.js';

const EXAM = `e.id, e.title, e.held_on, e.status, e.exam_no, e.next_serial, e.version, e.created_at, e.released_at, e.resit_of,
  s.id AS owner_id, s.name AS owner_name`;

/** An exam belongs to the body that created it; who sees that body sees the exam with all its candidates. */
@Injectable()
export class ExamsQueries {
  constructor(private readonly db: Db) {}

  /** @throws Problem 404 */
  async inScope(actor: Actor, id: string): Promise<ExamRow> {
    const row = await this.db.row<ExamRow>(
      `SELECT ${EXAM} FROM exams e JOIN subjects s ON s.id = e.owner_subject_id WHERE e.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('exam');
    return row;
  }

  /** Locks the exam until the end of the unit; everybody who writes registrations or results of it does so first. */
  async lock(actor: Actor, id: string): Promise<ExamRow> {
    await this.inScope(actor, id);
    await this.db.row('SELECT id FROM exams WHERE id = ? FOR UPDATE', [id]);
    return this.inScope(actor, id);
  }

  /** The record as the API shows it. @throws Problem 404 */
  async read(actor: Actor, id: string): Promise<ExamDetailView> {
    const exam = await this.inScope(actor, id);
    return examDetailView(exam, await this.papers([id]), await this.counts(id));
  }

  async list(actor: Actor, query: ExamsQuery): Promise<ExamPage> {
    const where = ['s.path LIKE ?', 'e.id > ?'];
    const parameters: string[] = [below(actor.homeSubjectPath), query.after()];
    const filter = (sql: string, value: string | undefined): void => {
      if (value === undefined) return;
      where.push(sql);
      parameters.push(value);
    };
    filter('e.status = ?', query.status);
    filter('e.held_on >= ?', query.heldFrom);
    filter('e.held_on <= ?', query.heldTo);
    const rows = await this.db.rows<ExamRow>(
      `SELECT ${EXAM} FROM exams e JOIN subjects s ON s.id = e.owner_subject_id
       WHERE ${where.join(' AND ')} ORDER BY e.id LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    const papers = await this.papers(rows.map(({ id }) => id));
    return pageOf(rows, query.limit, (row) => examView(row, papers));
  }

  async papers(examIds: readonly string[]): Promise<PaperRow[]> {
    return this.db.rows<PaperRow>(
      `SELECT id, exam_id, subject, domain, pass_mark FROM exam_papers WHERE exam_id IN (${marks(examIds)})
       ORDER BY exam_id, subject, domain`,
      [...examIds],
    );
  }

  async counts(examId: string): Promise<ExamCountsRow> {
    const row = await this.db.row<Record<keyof ExamCountsRow, string | number | null>>(
      `SELECT (SELECT COUNT(*) FROM exam_registrations r WHERE r.exam_id = ?) AS registered,
              (SELECT COUNT(*) FROM exam_papers p JOIN exam_registration_papers rp ON rp.paper_id = p.id
               WHERE p.exam_id = ?) AS papers,
              COUNT(*) AS recorded, SUM(x.passed = 1) AS passed, SUM(x.outcome = 'ABSENT') AS absent,
              SUM(x.outcome = 'VOID') AS void
       FROM exam_results x WHERE x.exam_id = ?`,
      [examId, examId, examId],
    );
    const of = (name: keyof ExamCountsRow): number => Number(row?.[name] ?? 0);
    return {
      registered: of('registered'),
      papers: of('papers'),
      recorded: of('recorded'),
      passed: of('passed'),
      absent: of('absent'),
      void: of('void'),
    };
  }
}
