import { Injectable } from '@nestjs/common';
import { below, Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { encodeCursor, type Page } from '../kernel/page.js';
import { couldBeSent, inService } from '../officers/index.js';
import { legalDateOf } from '../rules/calendar.js';
import type { StrengthQuery } from './duty-people.dto.js';
import type { StrengthView } from './duty-people.view.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly officers: number | string;
  readonly usable: number | string;
}

/** How many of each body's people could be sent at this moment. */
@Injectable()
export class Strength {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: StrengthQuery): Promise<Page<StrengthView>> {
    const now = await this.clock.now();
    const usable = couldBeSent(now, legalDateOf(now) ?? '');
    const there = inService(now);
    const bodies = await this.db.rows<{ id: string; name: string }>(
      `SELECT s.id, s.name FROM subjects s WHERE s.path LIKE ? AND s.id > ?${query.subjectId === undefined ? '' : ' AND s.id = ?'}
       ORDER BY s.id LIMIT ?`,
      [
        below(actor.homeSubjectPath),
        query.after(),
        ...(query.subjectId === undefined ? [] : [query.subjectId]),
        query.limit + 1,
      ],
    );
    const shown = bodies.slice(0, query.limit);
    const last = shown.at(-1);
    const rows =
      shown.length === 0
        ? []
        : await this.db.rows<Row>(
            `SELECT o.subject_id AS id, COUNT(*) AS officers, SUM(CASE WHEN ${usable.sql} THEN 1 ELSE 0 END) AS usable
             FROM officers o WHERE o.subject_id IN (${shown.map(() => '?').join(', ')}) AND ${there.sql}
             GROUP BY o.subject_id`,
            [...usable.parameters, ...shown.map(({ id }) => id), ...there.parameters],
          );
    const found = new Map(rows.map((row) => [row.id, row]));
    return {
      items: shown.map(({ id, name }) => ({
        subjectId: id,
        subjectName: name,
        officers: Number(found.get(id)?.officers ?? 0),
        usable: Number(found.get(id)?.usable ?? 0),
      })),
      nextCursor: bodies.length > query.limit && last ? encodeCursor(last.id) : null,
    };
  }
}
