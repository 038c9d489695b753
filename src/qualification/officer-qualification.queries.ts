import { Injectable } from '@nestjs/common';
import { PassesQueries } from '../exams/index.js';
import { Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { pageOf } from '../kernel/page.js';
import { OfficerDirectory } from '../officers/index.js';
import { legalDateOf } from '../rules/calendar.js';
import type { OfficerRecordsQuery } from './qualification.dto.js';
import { barView, passView, type BarListRow, type BarPage, type PassPage } from './qualification.view.js';
import { Readiness } from './readiness.js';

/** What an officer, or who looks after one, wants to know before an application. Always within the asker's scope. */
@Injectable()
export class OfficerQualificationQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: OfficerDirectory,
    private readonly readiness: Readiness,
    private readonly passes: PassesQueries,
  ) {}

  /** @throws Problem 404 */
  async passesOf(actor: Actor, officerId: string, query: OfficerRecordsQuery): Promise<PassPage> {
    const officer = await this.directory.one(actor, officerId);
    const today = legalDateOf(await this.clock.now()) ?? '';
    const settings = await this.readiness.settings(today);
    // A person has a handful of passes: the page is cut here.
    const passes = ((await this.passes.of([officerId])).get(officerId) ?? [])
      .map((pass) => ({ ...pass, id: pass.paperId }))
      .filter(({ id }) => id > query.after());
    return {
      exemptFromCommonLaw: settings.exemptCommon && officer.legalQualificationNo !== null,
      ...pageOf(passes, query.limit, (pass) => passView(pass, today, settings.passValidYears)),
    };
  }

  /** @throws Problem 404 */
  async barsOf(actor: Actor, officerId: string, query: OfficerRecordsQuery): Promise<BarPage> {
    await this.directory.one(actor, officerId);
    const today = legalDateOf(await this.clock.now()) ?? '';
    const rows = await this.db.rows<BarListRow>(
      `SELECT id, ground, source_type, source_id, barred_from, barred_to, recorded_at FROM qualification_bars
       WHERE officer_id = ? AND superseded_at IS NULL AND id > ? ORDER BY id LIMIT ?`,
      [officerId, query.after(), query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => barView(row, today));
  }
}
