import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { WorkingDays } from '../infrastructure/calendar/working-days.js';
import { Db, marks } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { HandlesTopic, Sweeps, type Sweeper, type TopicHandler } from '../infrastructure/discovery/marks.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { legalDateOf, type LegalDate } from '../rules/calendar.js';
import type { PublicationState } from '../rules/publication.lifecycle.js';
import { PUBLICATION_LIMIT_DAYS } from '../rules/publication.rules.js';
import { addWorkingDays, lastDayOf, workingDaysBetween, type WorkingCalendar } from '../rules/working-days.js';
import { PublicationDesk } from './publication-desk.js';
import { CARRIERS, publishableAt, suspendedAt } from './publishable.queries.js';

const AT_ONCE = 500;

interface Candidate {
  readonly id: string;
  readonly officer_id: string;
  readonly subject_id: string;
  readonly valid_from: string;
  readonly activated_at: Date | null;
  readonly earlier: number;
  readonly is_public: number;
}

interface Ending {
  readonly id: string;
  readonly certificate_id: string;
  readonly state: PublicationState;
  readonly version: number;
  readonly cause: string;
}

/**
 * Opens a record with its clocks for everybody who may be public and is not, or who is public with another post or area; and ends the
 * records of those who may not be public any more. What the public sees does not rest on it: that is derived at reading time.
 */
@Sweeps({ everyMs: 300_000 })
@Injectable()
export class WatchPublications implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly workingDays: WorkingDays,
    private readonly desk: PublicationDesk,
    private readonly audit: AuditTrail,
  ) {}

  async sweep(): Promise<number> {
    let total = 0;
    for (const step of [this.end.bind(this), this.open.bind(this)]) {
      for (let after = ''; ;) {
        const { done, last } = await this.uow.run(() => step(after, null));
        total += done;
        if (last === null) break;
        after = last;
      }
    }
    return total;
  }

  /** The same for some certificates, in the caller's unit: right after something happened to them. */
  async look(certificateIds: readonly string[]): Promise<void> {
    await this.end('', certificateIds);
    await this.open('', certificateIds);
  }

  private async end(after: string, only: readonly string[] | null): Promise<{ done: number; last: string | null }> {
    const now = await this.clock.now();
    const { sql, parameters } = publishableAt(now);
    const suspended = suspendedAt(now);
    const rows = await this.db.rows<Ending>(
      `SELECT p.id, p.certificate_id, p.state, p.version,
         CASE WHEN st.status <> 'VALID' THEN st.status WHEN c.valid_to < ? THEN 'EXPIRED'
              WHEN ${suspended.sql} THEN 'SUSPENDED' ELSE 'NOT_ON_POST' END AS cause
       FROM publications p JOIN (${CARRIERS}) ON c.id = p.certificate_id
       WHERE p.state IN ('DUE','PREPARED','WITHHELD','PUBLISHED') AND p.id > ? AND NOT ${sql}
         ${only === null ? '' : `AND p.certificate_id IN (${marks(only)})`} ORDER BY p.id LIMIT ${AT_ONCE}`,
      [legalDateOf(now) ?? '', ...suspended.parameters, after, ...parameters, ...(only ?? [])],
    );
    let done = 0;
    for (const row of rows) {
      const command = row.state === 'PUBLISHED' ? 'takeDown' : 'lapse';
      const moved = await this.desk.move(row, command, { ended_at: new Date(now), ended_cause: row.cause });
      if (!moved) continue;
      done += 1;
      this.audit.record(
        null,
        `publication.${command}`,
        { type: 'publication', id: row.id },
        { before: { state: row.state }, after: { certificateId: row.certificate_id, cause: row.cause } },
      );
    }
    return { done, last: rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null) };
  }

  private async open(after: string, only: readonly string[] | null): Promise<{ done: number; last: string | null }> {
    const found = await this.candidates(after, only ?? null);
    const last = found.length < AT_ONCE ? null : (found.at(-1)?.id ?? null);
    if (found.length === 0) return { done: 0, last };
    const ids = found.map(({ id }) => id);
    // Two workers at once: the second sees what the first has opened.
    await this.db.rows(
      `SELECT certificate_id FROM certificate_states FORCE INDEX (PRIMARY) WHERE certificate_id IN (${marks(ids)})
       ORDER BY certificate_id FOR UPDATE`,
      ids,
    );
    const due = await this.candidates('', ids);
    if (due.length === 0) return { done: 0, last };
    const now = await this.clock.now();
    const today = legalDateOf(now) ?? '';
    const settings = await this.settings.on(today, ['publish.targetDays', 'clock.amberPct']);
    const calendar = await this.workingDays.calendar();
    await this.db.insert(
      'publications',
      due.map((one) => ({
        id: newId(),
        certificate_id: one.id,
        officer_id: one.officer_id,
        subject_id: one.subject_id,
        cause: one.is_public ? 'CHANGED' : one.earlier > 0 ? 'BACK' : 'ISSUED',
        state: 'DUE',
        pending_slot: one.id,
        ...clockFrom(calendar, sinceOf(one, today), settings),
        opened_at: new Date(now),
      })),
    );
    this.audit.record(
      null,
      'publication.open',
      { type: 'publication', id: due[0]?.id ?? '' },
      { after: { certificates: due.map(({ id }) => id) } },
    );
    return { done: due.length, last };
  }

  /** Who may be public and waits for nothing yet; who is public already only where post or area changed. */
  private async candidates(after: string, only: readonly string[] | null): Promise<Candidate[]> {
    const { sql, parameters } = publishableAt(await this.clock.now());
    return this.db.rows<Candidate>(
      `SELECT c.id, c.officer_id, c.subject_id, c.valid_from, p.id IS NOT NULL AS is_public,
         (SELECT MAX(m.recorded_at) FROM certificate_moves m WHERE m.certificate_id = c.id AND m.command = 'activate') AS activated_at,
         (SELECT COUNT(*) FROM publications e WHERE e.certificate_id = c.id) AS earlier
       FROM ${CARRIERS} LEFT JOIN publications p ON p.public_slot = c.id
       WHERE c.id > ? ${only === null ? '' : `AND c.id IN (${marks(only)})`}
         AND NOT EXISTS (SELECT 1 FROM publications w WHERE w.pending_slot = c.id)
         AND (p.id IS NULL OR p.post_title <> o.post_title OR p.area <> s.division_code)
         AND ${sql} ORDER BY c.id LIMIT ${AT_ONCE}`,
      [after, ...(only ?? []), ...parameters],
    );
  }
}

/** The first publication counts from the issue (or the first day of validity), every later one from today. */
function sinceOf(one: Candidate, today: LegalDate): LegalDate {
  if (one.earlier > 0) return today;
  const issued = one.activated_at === null ? today : (legalDateOf(one.activated_at.getTime()) ?? today);
  const since = issued > one.valid_from ? issued : one.valid_from;
  return since > today ? today : since;
}

/** Takes the first day and the settings. Gives the days on which the clock turns. */
export function clockFrom(
  calendar: WorkingCalendar,
  since: LegalDate,
  settings: ReadonlyMap<string, unknown>,
): { since_on: string; amber_on: string; target_on: string; limit_on: string } {
  const limit = addWorkingDays(calendar, since, PUBLICATION_LIMIT_DAYS);
  const wished = lastDayOf(calendar, settings.get('publish.targetDays'), since);
  const target = wished < limit ? wished : limit;
  const share = Number(settings.get('clock.amberPct')) / 100;
  const amber = addWorkingDays(calendar, since, Math.ceil(workingDaysBetween(calendar, since, target) * share));
  return { since_on: since, amber_on: amber, target_on: target, limit_on: limit };
}

/** Something happened to certificates: the same day means at once. */
@HandlesTopic('certificate.moved')
@Injectable()
export class CertificateMovedHandler implements TopicHandler {
  constructor(private readonly watch: WatchPublications) {}

  handle({ certificateIds }: { readonly certificateIds: readonly string[] }): Promise<void> {
    return this.watch.look(certificateIds);
  }
}
