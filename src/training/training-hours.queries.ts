import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import { Settings } from '../infrastructure/settings/settings.js';
import type { LegalDate } from '../rules/calendar.js';
import { creditAttendances, hoursOfYear, type Credit } from '../rules/training-credit.rules.js';
import type { TrainingSubject, TrainingType } from './training.dto.js';

/** A confirmed class of one person with what it counts. */
export interface CreditedClass extends Credit {
  readonly planId: string;
  readonly title: string;
  readonly type: TrainingType;
  readonly subject: TrainingSubject;
  readonly domain: string | null;
  readonly startsOn: LegalDate;
  readonly planned: number;
  readonly confirmed: number;
}

/** Hours of PRE_POST classes, as the rule of the first certificate wants them (BR-34). */
export interface PrePostHours {
  readonly prePostHours: number;
  readonly commonLawHours: number;
  /** By domain. */
  readonly specialLawHours: Readonly<Record<string, number>>;
}

interface Row {
  readonly officer_id: string;
  readonly class_id: string;
  readonly plan_id: string;
  readonly title: string;
  readonly type: TrainingType;
  readonly subject: TrainingSubject;
  readonly domain: string | null;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly hours: string;
  readonly hours_confirmed: string;
}

const CHUNK = 1000;

/** Confirmed training hours for other rooms, many people at once. The caller has checked the scope. */
@Injectable()
export class TrainingHours {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  /**
   * Credited hours of all PRE_POST classes that ended by the day (BR-34), and of the classes that ended in the year (BR-29), by officer;
   * every officer asked for is in it. The classes are read once.
   */
  async forIssue(
    officerIds: readonly string[],
    on: LegalDate,
    year: number,
  ): Promise<ReadonlyMap<string, { readonly prePost: PrePostHours; readonly hoursOfYear: number }>> {
    const today = await this.settings.number(on, 'hours.maxPerDay');
    const then = await this.settings.number(`${year}-12-31`, 'hours.maxPerDay');
    const rows = await this.byOfficer(officerIds);
    return new Map(
      officerIds.map((id) => {
        const own = rows.get(id) ?? [];
        const credited = creditedClasses(own, today);
        const ofYear = then === today ? credited : creditedClasses(own, then);
        return [id, { prePost: prePostHours(credited, on), hoursOfYear: hoursOfYear(ofYear, year) }];
      }),
    );
  }

  /** Every confirmed class of each officer with what it counts under the settings of the day, by end. */
  async credited(officerIds: readonly string[], on: LegalDate): Promise<ReadonlyMap<string, readonly CreditedClass[]>> {
    const maxPerDay = await this.settings.number(on, 'hours.maxPerDay');
    const rows = await this.byOfficer(officerIds);
    return new Map([...rows].map(([id, own]) => [id, creditedClasses(own, maxPerDay)]));
  }

  private async byOfficer(officerIds: readonly string[]): Promise<ReadonlyMap<string, readonly Row[]>> {
    const byOfficer = new Map<string, Row[]>();
    const ids = [...new Set(officerIds)];
    for (let start = 0; start < ids.length; start += CHUNK) {
      for (const row of await this.rows(ids.slice(start, start + CHUNK))) {
        const known = byOfficer.get(row.officer_id);
        if (known) known.push(row);
        else byOfficer.set(row.officer_id, [row]);
      }
    }
    return byOfficer;
  }

  private rows(officerIds: readonly string[]): Promise<Row[]> {
    return this.db.rows<Row>(
      // From the people on: MariaDB, left to itself, begins with the few classes and reads everybody who was in them.
      `SELECT e.officer_id, c.id AS class_id, p.id AS plan_id, c.title, p.type, p.subject, p.domain, c.starts_on, c.ends_on,
         c.hours, e.hours_confirmed
       FROM training_enrolments e STRAIGHT_JOIN training_classes c ON c.id = e.class_id STRAIGHT_JOIN training_plans p ON p.id = c.plan_id
       WHERE e.officer_id IN (${marks(officerIds)}) AND e.hours_confirmed IS NOT NULL ORDER BY c.ends_on, c.id`,
      officerIds,
    );
  }
}

function prePostHours(credited: readonly CreditedClass[], on: LegalDate): PrePostHours {
  const all = credited.filter(({ type, endsOn }) => type === 'PRE_POST' && endsOn <= on);
  const special = all.filter(({ subject }) => subject === 'SPECIAL_LAW');
  const domains = [...new Set(special.flatMap(({ domain }) => domain ?? []))];
  return {
    prePostHours: sum(all),
    commonLawHours: sum(all.filter(({ subject }) => subject === 'COMMON_LAW')),
    specialLawHours: Object.fromEntries(
      domains.map((domain) => [domain, sum(special.filter((one) => one.domain === domain))]),
    ),
  };
}

function creditedClasses(rows: readonly Row[], maxPerDay: number): CreditedClass[] {
  const credits = creditAttendances(
    rows.map((row) => ({
      classId: row.class_id,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      planned: Number(row.hours),
      attended: Number(row.hours_confirmed),
    })),
    maxPerDay,
  );
  const hours = new Map(credits.map((credit) => [credit.classId, credit.hours]));
  return rows.map((row) => ({
    classId: row.class_id,
    planId: row.plan_id,
    title: row.title,
    type: row.type,
    subject: row.subject,
    domain: row.domain,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    planned: Number(row.hours),
    confirmed: Number(row.hours_confirmed),
    hours: hours.get(row.class_id) ?? 0,
  }));
}

/** Adds hours of one decimal exactly. */
export const sum = (credits: readonly { readonly hours: number }[]): number =>
  credits.reduce((total, { hours }) => total + Math.round(hours * 100), 0) / 100;
