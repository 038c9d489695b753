import { Injectable } from '@nestjs/common';
import { below, Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { encodeCursor, type Page } from '../kernel/page.js';
import { legalDateOf } from '../rules/calendar.js';
import type { StrengthQuery } from './duty-people.dto.js';
import type { StrengthView } from './duty-people.view.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly officers: number | string;
  readonly usable: number | string;
}

/** The conditions of a member that no matter can change, at one instant. A figure to look at: only a decision clears anybody. */
const USABLE = `EXISTS (SELECT 1 FROM officer_assignments a WHERE a.officer_id = o.id AND a.subject_id = o.subject_id AND a.superseded_at IS NULL
    AND a.effective_from <= ? AND (a.effective_to IS NULL OR a.effective_to > ?))
  AND NOT EXISTS (SELECT 1 FROM officer_assignments a WHERE a.officer_id = o.id AND a.subject_id = o.subject_id AND a.superseded_at IS NULL
    AND a.effective_from <= ? AND (a.effective_to IS NULL OR a.effective_to > ?)
    AND (a.on_establishment = 0 OR a.staff_category NOT IN ('CIVIL_SERVANT', 'REF_CIVIL_SERVANT', 'PUBLIC_INSTITUTION')))
  AND NOT EXISTS (SELECT 1 FROM officer_off_post_orders f WHERE f.officer_id = o.id AND f.superseded_at IS NULL
    AND f.effective_from <= ? AND (f.effective_to IS NULL OR f.effective_to > ?))
  AND EXISTS (SELECT 1 FROM certificates c WHERE c.officer_id = o.id AND c.subject_id = o.subject_id AND c.type IN ('ENFORCEMENT', 'MINISTRY')
    AND c.valid_from <= ? AND c.valid_to >= ?
    AND EXISTS (SELECT 1 FROM certificate_moves m WHERE m.certificate_id = c.id AND m.command IN ('activate', 'expire'))
    AND NOT EXISTS (SELECT 1 FROM certificate_moves m WHERE m.certificate_id = c.id
      AND m.command IN ('reportLoss', 'revoke', 'cancel', 'replace') AND m.effective_from <= ?)
    AND NOT EXISTS (SELECT 1 FROM certificate_suspensions x WHERE x.certificate_id = c.id AND x.superseded_at IS NULL
      AND x.effective_from <= ? AND (x.effective_to IS NULL OR x.effective_to > ?)))`;

/** How many of each body's people could be sent at this moment. */
@Injectable()
export class Strength {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: StrengthQuery): Promise<Page<StrengthView>> {
    const now = await this.clock.now();
    const [at, today] = [new Date(now), legalDateOf(now) ?? ''];
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
            `SELECT o.subject_id AS id, COUNT(*) AS officers, SUM(CASE WHEN ${USABLE} THEN 1 ELSE 0 END) AS usable
             FROM officers o WHERE o.subject_id IN (${shown.map(() => '?').join(', ')})
               AND NOT EXISTS (SELECT 1 FROM officer_departures d WHERE d.officer_id = o.id AND d.superseded_at IS NULL AND d.effective_from <= ?)
             GROUP BY o.subject_id`,
            [at, at, at, at, at, at, today, today, at, at, at, ...shown.map(({ id }) => id), at],
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
