import { Injectable } from '@nestjs/common';
import { below, Db } from '../infrastructure/database/db.js';
import type { PageQuery } from '../infrastructure/validation/rules.js';
import type { Actor } from '../kernel/actor.js';
import { pageOf, type Page } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import type { TrainingClassState } from '../rules/training-class.lifecycle.js';
import type { TrainingClassesQuery, TrainingPlansQuery, TrainingSubject, TrainingType } from './training.dto.js';
import type {
  EnrolmentPage,
  TrainingClassPage,
  TrainingClassView,
  TrainingPlanPage,
  TrainingPlanView,
} from './training.view.js';

interface PlanRow {
  readonly id: string;
  readonly plan_year: number;
  readonly type: TrainingType;
  readonly title: string;
  readonly subject: TrainingSubject;
  readonly domain: string | null;
  readonly audience: string | null;
  readonly hours: string;
  readonly owner_subject_id: string;
  readonly version: number;
  readonly created_at: Date;
}

interface ClassRow {
  readonly id: string;
  readonly plan_id: string;
  readonly title: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly place: string;
  readonly capacity: number | null;
  readonly hours: string;
  readonly status: TrainingClassState;
  readonly enrolled: number;
  readonly owner_subject_id: string;
  readonly closed_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
}

interface EnrolmentRow {
  readonly id: string;
  readonly name: string;
  readonly id_number_masked: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly hours_attended: string | null;
  readonly hours_confirmed: string | null;
  readonly enrolled_at: Date;
  readonly confirmed_at: Date | null;
}

const PLAN = `p.id, p.plan_year, p.type, p.title, p.subject, p.domain, p.audience, p.hours, p.owner_subject_id, p.version, p.created_at`;
const CLASS = `c.id, c.plan_id, c.title, c.starts_on, c.ends_on, c.place, c.capacity, c.hours, c.status, c.owner_subject_id,
  c.closed_at, c.version, c.created_at, (SELECT COUNT(*) FROM training_enrolments e WHERE e.class_id = c.id) AS enrolled`;
const OWNED = 'IN (SELECT s.id FROM subjects s WHERE s.path LIKE ?)';

/** Plans and classes of the home unit and below. */
@Injectable()
export class TrainingQueries {
  constructor(private readonly db: Db) {}

  async plans(actor: Actor, query: TrainingPlansQuery): Promise<TrainingPlanPage> {
    const where = ['p.id > ?', `p.owner_subject_id ${OWNED}`];
    const parameters: (string | number)[] = [query.after(), below(actor.homeSubjectPath)];
    if (query.year !== undefined) {
      where.push('p.plan_year = ?');
      parameters.push(query.year);
    }
    if (query.type !== undefined) {
      where.push('p.type = ?');
      parameters.push(query.type);
    }
    const rows = await this.db.rows<PlanRow>(
      `SELECT ${PLAN} FROM training_plans p WHERE ${where.join(' AND ')} ORDER BY p.id LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    return editable(pageOf(rows, query.limit, planView));
  }

  /** @throws Problem 404 */
  async plan(actor: Actor, id: string): Promise<TrainingPlanView> {
    const row = await this.db.row<PlanRow>(
      `SELECT ${PLAN} FROM training_plans p WHERE p.id = ? AND p.owner_subject_id ${OWNED}`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('training plan');
    return planView(row);
  }

  async classes(actor: Actor, query: TrainingClassesQuery): Promise<TrainingClassPage> {
    const where = ['c.id > ?', `c.owner_subject_id ${OWNED}`];
    const parameters: (string | number)[] = [query.after(), below(actor.homeSubjectPath)];
    if (query.planId !== undefined) {
      where.push('c.plan_id = ?');
      parameters.push(query.planId);
    }
    if (query.status !== undefined) {
      where.push('c.status = ?');
      parameters.push(query.status);
    }
    const rows = await this.db.rows<ClassRow>(
      `SELECT ${CLASS} FROM training_classes c WHERE ${where.join(' AND ')} ORDER BY c.id LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    return editable(pageOf(rows, query.limit, classView));
  }

  /** @throws Problem 404 for the plan */
  async classesOf(actor: Actor, planId: string, query: PageQuery): Promise<TrainingClassPage> {
    await this.plan(actor, planId);
    const rows = await this.db.rows<ClassRow>(
      `SELECT ${CLASS} FROM training_classes c WHERE c.plan_id = ? AND c.id > ? ORDER BY c.id LIMIT ?`,
      [planId, query.after(), query.limit + 1],
    );
    return editable(pageOf(rows, query.limit, classView));
  }

  /** @throws Problem 404 */
  async class(actor: Actor, id: string): Promise<TrainingClassView> {
    const row = await this.db.row<ClassRow>(
      `SELECT ${CLASS} FROM training_classes c WHERE c.id = ? AND c.owner_subject_id ${OWNED}`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('training class');
    return classView(row);
  }

  /** @throws Problem 404 for the class */
  async enrolments(actor: Actor, classId: string, query: PageQuery): Promise<EnrolmentPage> {
    await this.class(actor, classId);
    const rows = await this.db.rows<EnrolmentRow>(
      `SELECT e.officer_id AS id, o.name, o.id_number_masked, o.subject_id, s.name AS subject_name, e.hours_attended,
         e.hours_confirmed, e.enrolled_at, e.confirmed_at
       FROM training_enrolments e JOIN officers o ON o.id = e.officer_id JOIN subjects s ON s.id = o.subject_id
       WHERE e.class_id = ? AND e.officer_id > ? ORDER BY e.officer_id LIMIT ?`,
      [classId, query.after(), query.limit + 1],
    );
    return editable(
      pageOf(rows, query.limit, (row) => ({
        officerId: row.id,
        name: row.name,
        idNumber: row.id_number_masked,
        subjectId: row.subject_id,
        subjectName: row.subject_name,
        hoursAttended: numberOrNull(row.hours_attended),
        hoursConfirmed: numberOrNull(row.hours_confirmed),
        enrolledAt: row.enrolled_at.toISOString(),
        confirmedAt: row.confirmed_at?.toISOString() ?? null,
      })),
    );
  }
}

export const numberOrNull = (decimal: string | null): number | null => (decimal === null ? null : Number(decimal));

const editable = <T>({ items, nextCursor }: Page<T>): { items: T[]; nextCursor: string | null } => ({
  items: [...items],
  nextCursor,
});

const planView = (row: PlanRow): TrainingPlanView => ({
  id: row.id,
  year: row.plan_year,
  type: row.type,
  title: row.title,
  subject: row.subject,
  domain: row.domain,
  audience: row.audience,
  hours: Number(row.hours),
  ownerSubjectId: row.owner_subject_id,
  version: row.version,
  createdAt: row.created_at.toISOString(),
});

const classView = (row: ClassRow): TrainingClassView => ({
  id: row.id,
  planId: row.plan_id,
  title: row.title,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  place: row.place,
  capacity: row.capacity,
  hours: Number(row.hours),
  status: row.status,
  enrolled: Number(row.enrolled),
  ownerSubjectId: row.owner_subject_id,
  closedAt: row.closed_at?.toISOString() ?? null,
  version: row.version,
  createdAt: row.created_at.toISOString(),
});
