import { Injectable } from '@nestjs/common';
import { below, Db } from '../infrastructure/database/db.js';
import { Settings } from '../infrastructure/settings/settings.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { pageOf } from '../kernel/page.js';
import { inService, type OfficerClause } from '../officers/index.js';
import { legalDateOf, yearOf } from '../rules/calendar.js';
import { hoursOfYear } from '../rules/training-credit.rules.js';
import type { OfficerHoursQuery } from './training.dto.js';
import { TrainingHours } from './training-hours.queries.js';
import type { HoursByUnitView, OfficerHoursPage, OfficerHoursView, UnitHoursView } from './training.view.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly at_most: string | number;
  readonly may_be_less: number;
}

/** What is asked about a year, with the settings of its last day. */
interface Asked {
  readonly year: number;
  readonly end: string;
  readonly target: number;
  readonly atMost: OfficerClause;
  readonly mayBeLess: OfficerClause;
}

/** More bars than these nobody reads. */
const MOST_BODIES = 12;
const CONFIRMED = `FROM training_enrolments e JOIN training_classes c ON c.id = e.class_id
  WHERE e.officer_id = o.id AND e.hours_confirmed IS NOT NULL`;

/**
 * Who has the hours of a year together (BR-29, BR-31). SQL adds what each class gives by itself. Only where the cap of a day or an
 * overlap can take something away, which is rare, the law book adds anew, so that the figure is that of the officer's own page.
 */
@Injectable()
export class HoursReachedQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly hours: TrainingHours,
  ) {}

  async list(actor: Actor, query: OfficerHoursQuery): Promise<OfficerHoursPage> {
    const now = await this.clock.now();
    const asked = await this.ask(now, query.year);
    const { target, atMost, mayBeLess } = asked;
    const there = inService(now);
    const where = ['s.path LIKE ?', there.sql];
    const parameters: (string | number | Date)[] = [below(actor.homeSubjectPath), ...there.parameters];
    if (query.subjectId !== undefined) {
      where.push('o.subject_id = ?');
      parameters.push(query.subjectId);
    }
    if (query.reached === 'true') {
      where.push(`${atMost.sql} >= ?`);
      parameters.push(...atMost.parameters, target);
    } else if (query.reached === 'false') {
      where.push(`(${atMost.sql} < ? OR ${mayBeLess.sql})`);
      parameters.push(...atMost.parameters, target, ...mayBeLess.parameters);
    }
    const found: (OfficerHoursView & { readonly id: string })[] = [];
    let after = query.after();
    for (;;) {
      const rows = await this.db.rows<Row>(
        `SELECT o.id, o.name, o.subject_id, s.name AS subject_name, ${atMost.sql} AS at_most, ${mayBeLess.sql} AS may_be_less
         FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE ${where.join(' AND ')} AND o.id > ? ORDER BY o.id LIMIT ?`,
        [...atMost.parameters, ...mayBeLess.parameters, ...parameters, after, query.limit + 1],
      );
      const exact = await this.exact(
        rows.filter(({ may_be_less }) => Number(may_be_less) === 1).map(({ id }) => id),
        asked,
      );
      for (const row of rows) {
        const hours = exact.get(row.id) ?? Number(row.at_most);
        if (query.reached === undefined || (query.reached === 'true') === hours >= target)
          found.push(viewOf(row, hours, asked));
      }
      const last = rows.at(-1);
      if (found.length > query.limit || !last || rows.length <= query.limit) break;
      after = last.id;
    }
    return pageOf(found, query.limit, ({ id: _, ...view }) => view);
  }

  async units(actor: Actor, year: number | undefined): Promise<HoursByUnitView> {
    const now = await this.clock.now();
    const asked = await this.ask(now, year);
    const { target, atMost, mayBeLess } = asked;
    const there = inService(now);
    const within = [below(actor.homeSubjectPath), ...there.parameters];
    const bodies = await this.db.rows<{
      id: string;
      name: string;
      officers: number | string;
      reached: number | string;
    }>(
      `SELECT s.id, s.name, COUNT(*) AS officers, SUM(CASE WHEN ${atMost.sql} >= ? THEN 1 ELSE 0 END) AS reached
       FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE s.path LIKE ? AND ${there.sql} GROUP BY s.id, s.name`,
      [...atMost.parameters, target, ...within],
    );
    const doubtful = await this.db.rows<{ id: string; subject_id: string }>(
      `SELECT o.id, o.subject_id FROM officers o JOIN subjects s ON s.id = o.subject_id
       WHERE s.path LIKE ? AND ${there.sql} AND ${atMost.sql} >= ? AND ${mayBeLess.sql}`,
      [...within, ...atMost.parameters, target, ...mayBeLess.parameters],
    );
    const exact = await this.exact(
      doubtful.map(({ id }) => id),
      asked,
    );
    const fallenShort = new Map<string, number>();
    for (const { id, subject_id } of doubtful) {
      if ((exact.get(id) ?? 0) < target) fallenShort.set(subject_id, (fallenShort.get(subject_id) ?? 0) + 1);
    }
    const items = bodies.map(({ id, name, officers, reached }): UnitHoursView => ({
      subjectId: id,
      name,
      officers: Number(officers),
      reached: Number(reached) - (fallenShort.get(id) ?? 0),
    }));
    const missing = ({ officers, reached }: UnitHoursView): number => officers - reached;
    items.sort((a, b) => missing(b) - missing(a) || (a.subjectId < b.subjectId ? -1 : 1));
    return { year: asked.year, target, items: items.slice(0, MOST_BODIES) };
  }

  private async ask(now: number, wanted: number | undefined): Promise<Asked> {
    const year = wanted ?? yearOf(legalDateOf(now) ?? '');
    const end = `${year}-12-31`;
    const maxPerDay = await this.settings.number(end, 'hours.maxPerDay');
    return {
      year,
      end,
      target: await this.settings.number(end, 'hours.annual'),
      atMost: {
        sql: `(SELECT COALESCE(SUM(LEAST(c.hours, e.hours_confirmed)), 0) ${CONFIRMED} AND c.ends_on BETWEEN ? AND ?)`,
        parameters: [`${year}-01-01`, end],
      },
      mayBeLess: {
        sql: `EXISTS (SELECT 1 ${CONFIRMED} AND (LEAST(c.hours, e.hours_confirmed) > ? * (DATEDIFF(c.ends_on, c.starts_on) + 1)
          OR EXISTS (SELECT 1 FROM training_enrolments e2 JOIN training_classes c2 ON c2.id = e2.class_id
            WHERE e2.officer_id = e.officer_id AND e2.hours_confirmed IS NOT NULL AND c2.id <> c.id
              AND c2.starts_on <= c.ends_on AND c2.ends_on >= c.starts_on)))`,
        parameters: [String(maxPerDay)],
      },
    };
  }

  /** The hours of the year by the rule itself. */
  private async exact(ids: readonly string[], { year, end }: Asked): Promise<ReadonlyMap<string, number>> {
    const credited = await this.hours.credited(ids, end);
    return new Map([...credited].map(([id, classes]) => [id, hoursOfYear(classes, year)]));
  }
}

const viewOf = (row: Row, hours: number, { year, target }: Asked): OfficerHoursView & { readonly id: string } => ({
  id: row.id,
  officerId: row.id,
  name: row.name,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  year,
  hours,
  target,
  remaining: Math.max(0, Math.round((target - hours) * 100) / 100),
});
