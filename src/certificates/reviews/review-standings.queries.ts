import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { legalDateOf } from '../../rules/calendar.js';
import { inParts } from '../collections.js';

/** How annual reviews stand against cards at an instant, for who issues the next one. */
@Injectable()
export class ReviewStandings {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  /** By certificate; nothing where the review is switched off. A failure goes before a delay. */
  async of(certificateIds: readonly string[], instant: number): Promise<ReadonlyMap<string, 'FAILED' | 'OVERDUE'>> {
    if (certificateIds.length === 0) return new Map();
    if (!(await this.settings.flag(legalDateOf(instant) ?? '', 'review.enabled'))) return new Map();
    const at = new Date(instant);
    const rows = await inParts(certificateIds, (part) =>
      this.db.rows<{ certificate_id: string; standing: 'FAILED' | 'OVERDUE' }>(
        `SELECT certificate_id, standing FROM certificate_review_periods WHERE certificate_id IN (${marks(part)})
           AND superseded_at IS NULL AND effective_from <= ? AND (effective_to IS NULL OR effective_to > ?)
         ORDER BY standing DESC`,
        [...part, at, at],
      ),
    );
    return new Map(rows.map(({ certificate_id, standing }) => [certificate_id, standing]));
  }
}
