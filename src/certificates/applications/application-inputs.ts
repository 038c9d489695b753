import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { OPEN_APPLICATION_STATES } from '../../rules/application.lifecycle.js';
import { legalDateOf } from '../../rules/calendar.js';
import { inParts } from '../collections.js';

/** Checks what an application names against the register, the dictionaries and the other applications. */
@Injectable()
export class ApplicationInputs {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  /** @throws Problem 404 */
  async requireSubject(actor: Actor, subjectId: string): Promise<void> {
    const found = await this.db.row<{ id: string }>('SELECT id FROM subjects WHERE id = ? AND path LIKE ?', [
      subjectId,
      below(actor.homeSubjectPath),
    ]);
    if (!found) throw notFound('subject');
  }

  /** BR-56: those of the officers who have an open application for this type of certificate. */
  async withOpenApplication(officerIds: readonly string[], certificateType: string): Promise<ReadonlySet<string>> {
    const rows = await inParts(officerIds, (part) =>
      this.db.rows<{ officer_id: string }>(
        `SELECT officer_id FROM certificate_applications
         WHERE officer_id IN (${marks(part)}) AND certificate_type = ? AND state IN (${marks(OPEN_APPLICATION_STATES)})`,
        [...part, certificateType, ...OPEN_APPLICATION_STATES],
      ),
    );
    return new Set(rows.map(({ officer_id }) => officer_id));
  }

  /** @throws Problem 400 with one error for each domain that the dictionary of the day lacks */
  async requireDomains(domains: readonly string[], now: number): Promise<void> {
    const known = new Set((await this.settings.dictionary(legalDateOf(now) ?? '', 'domains')).map(({ code }) => code));
    const unknown = domains.flatMap((domain, place) => (known.has(domain) ? [] : [place]));
    if (unknown.length === 0) return;
    throw inputInvalid(
      unknown.map((place) => ({
        pointer: `/domains/${place}`,
        code: 'DOMAIN_UNKNOWN',
        detail: 'domains must be codes of GET /dictionaries/domains',
      })),
    );
  }
}
