import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { LegalDate } from '../rules/calendar.js';
import { judgeEnrolment } from '../rules/training-enrolment.rules.js';
import type { TrainingSubject, TrainingType } from './training.dto.js';

/** A class that an officer is in, or that would take the officer. */
export interface ClassForOfficer {
  readonly id: string;
  readonly planId: string;
  readonly planTitle: string;
  readonly title: string;
  readonly type: TrainingType;
  readonly subject: TrainingSubject;
  readonly domain: string | null;
  readonly startsOn: LegalDate;
  readonly endsOn: LegalDate;
  readonly place: string;
  readonly hours: number;
  /** Null: as many as come. */
  readonly seatsLeft: number | null;
  readonly isEntered: boolean;
  readonly ownerName: string;
  readonly ownerPath: string;
}

interface Row {
  readonly id: string;
  readonly plan_id: string;
  readonly plan_title: string;
  readonly title: string;
  readonly type: TrainingType;
  readonly subject: TrainingSubject;
  readonly domain: string | null;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly place: string;
  readonly hours: string;
  readonly capacity: number | null;
  readonly enrolled: string | number;
  readonly is_entered: number;
  readonly owner_name: string;
  readonly owner_path: string;
}

/** Open classes that lie before an officer, for other rooms; the caller has checked the scope. */
@Injectable()
export class ClassesForOfficer {
  constructor(private readonly db: Db) {}

  /**
   * The open classes that the officer is in, and those to come of the officer's unit and the bodies above it that still take the
   * officer, by start.
   */
  async of(
    { id, subjectId, leftFrom }: { readonly id: string; readonly subjectId: string; readonly leftFrom: number | null },
    on: LegalDate,
  ): Promise<ClassForOfficer[]> {
    const rows = await this.db.rows<Row>(
      `SELECT c.id, p.id AS plan_id, p.title AS plan_title, c.title, p.type, p.subject, p.domain, c.starts_on, c.ends_on, c.place,
         c.hours, c.capacity, w.name AS owner_name, w.path AS owner_path, (e.officer_id IS NOT NULL) AS is_entered,
         (SELECT COUNT(*) FROM training_enrolments x WHERE x.class_id = c.id) AS enrolled
       FROM training_classes c JOIN training_plans p ON p.id = c.plan_id JOIN subjects w ON w.id = c.owner_subject_id
         JOIN subjects u ON u.id = ? LEFT JOIN training_enrolments e ON e.class_id = c.id AND e.officer_id = ?
       WHERE c.status = 'OPEN' AND (e.officer_id IS NOT NULL OR (c.starts_on >= ? AND u.path LIKE CONCAT(w.path, '%')))
       ORDER BY c.starts_on, c.id`,
      [subjectId, id, on],
    );
    return rows.map(offered).filter((one) => {
      const { title, startsOn, seatsLeft } = one;
      return one.isEntered || judgeEnrolment({ title, startsOn, seatsLeft, capacity: seatsLeft, leftFrom }).allowed;
    });
  }
}

const offered = (row: Row): ClassForOfficer => ({
  id: row.id,
  planId: row.plan_id,
  planTitle: row.plan_title,
  title: row.title,
  type: row.type,
  subject: row.subject,
  domain: row.domain,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  place: row.place,
  hours: Number(row.hours),
  seatsLeft: row.capacity === null ? null : row.capacity - Number(row.enrolled),
  isEntered: Number(row.is_entered) === 1,
  ownerName: row.owner_name,
  ownerPath: row.owner_path,
});
