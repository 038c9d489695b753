import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { LegalDate } from '../rules/calendar.js';
import type { IssuanceFacts } from '../rules/readiness.rules.js';
import { creditAttendances, hoursOfYear, lastFullYear, type Attendance } from '../rules/training-credit.rules.js';

export type TrainingFacts = Pick<IssuanceFacts, 'training' | 'hoursLastYear'>;

interface Row {
  readonly officer_id: string;
  readonly class_id: string;
  readonly type: string;
  readonly subject: 'COMMON_LAW' | 'SPECIAL_LAW';
  readonly domain: string | null;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly planned: string;
  readonly confirmed: string;
}

/** MariaDB makes a subquery of a list of 1,000 constants or more. */
const CHUNK = 500;
const NO_TRAINING: TrainingFacts['training'] = { prePostHours: 0, commonLawHours: 0, specialLawHours: {} };

/** Confirmed hours of closed classes that ended by the day, with the day's cap applied over all classes of a person (BR-31). */
@Injectable()
export class TrainingFactsQueries {
  constructor(private readonly db: Db) {}

  /** Of every officer asked for, also of who never attended a class. */
  async of(
    officerIds: readonly string[],
    on: LegalDate,
    maxHoursPerDay: number,
  ): Promise<ReadonlyMap<string, TrainingFacts>> {
    const attended = new Map<string, Row[]>();
    for (let start = 0; start < officerIds.length; start += CHUNK) {
      for (const row of await this.rows(officerIds.slice(start, start + CHUNK), on)) {
        const known = attended.get(row.officer_id);
        if (known) known.push(row);
        else attended.set(row.officer_id, [row]);
      }
    }
    return new Map(officerIds.map((id) => [id, factsOf(attended.get(id) ?? [], on, maxHoursPerDay)]));
  }

  private rows(officerIds: readonly string[], on: LegalDate): Promise<Row[]> {
    return this.db.rows<Row>(
      `SELECT e.officer_id, c.id AS class_id, p.type, p.subject, p.domain, c.starts_on, c.ends_on, c.hours AS planned,
              e.hours_confirmed AS confirmed
       FROM training_enrolments e JOIN training_classes c ON c.id = e.class_id JOIN training_plans p ON p.id = c.plan_id
       WHERE e.officer_id IN (${marks(officerIds)}) AND e.hours_confirmed > 0 AND c.ends_on <= ?`,
      [...officerIds, on],
    );
  }
}

function factsOf(rows: readonly Row[], on: LegalDate, maxHoursPerDay: number): TrainingFacts {
  if (rows.length === 0) return { training: NO_TRAINING, hoursLastYear: 0 };
  const credits = creditAttendances(rows.map(attendanceIn), maxHoursPerDay);
  const hoursIn = new Map(credits.map(({ classId, hours }) => [classId, hours]));
  const prePost = rows.filter(({ type }) => type === 'PRE_POST');
  const sum = (chosen: readonly Row[]): number =>
    Math.round(chosen.reduce((total, { class_id }) => total + (hoursIn.get(class_id) ?? 0), 0) * 100) / 100;
  const special = prePost.filter(({ subject }) => subject === 'SPECIAL_LAW');
  const domains = new Set(special.flatMap(({ domain }) => (domain === null || domain === '' ? [] : [domain])));
  return {
    training: {
      prePostHours: sum(prePost),
      commonLawHours: sum(prePost.filter(({ subject }) => subject === 'COMMON_LAW')),
      specialLawHours: Object.fromEntries(
        [...domains].map((name) => [name, sum(special.filter(({ domain }) => domain === name))]),
      ),
    },
    hoursLastYear: hoursOfYear(credits, lastFullYear(on)),
  };
}

const attendanceIn = (row: Row): Attendance => ({
  classId: row.class_id,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  planned: Number(row.planned),
  attended: Number(row.confirmed),
});
