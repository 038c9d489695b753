import { Injectable } from '@nestjs/common';
import { PassesQueries } from '../exams/index.js';
import { Db } from '../infrastructure/database/db.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { pageOf } from '../kernel/page.js';
import { OfficerDirectory } from '../officers/index.js';
import { legalDateOf } from '../rules/calendar.js';
import { readinessOf } from '../rules/readiness.rules.js';
import { CertificateFactsQueries } from './certificate-facts.queries.js';
import type { OfficerRecordsQuery, ReadinessQuery } from './qualification.dto.js';
import {
  barView,
  conditionView,
  passView,
  type BarListRow,
  type BarPage,
  type PassPage,
  type ReadinessView,
} from './qualification.view.js';
import { Readiness } from './readiness.js';

/** What an officer, or who looks after one, wants to know before an application. Always within the asker's scope. */
@Injectable()
export class OfficerQualificationQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly directory: OfficerDirectory,
    private readonly readiness: Readiness,
    private readonly certificates: CertificateFactsQueries,
    private readonly passes: PassesQueries,
  ) {}

  /** @throws Problem 404; 400 for a domain of no dictionary */
  async readinessOf(actor: Actor, officerId: string, query: ReadinessQuery): Promise<ReadinessView> {
    const officer = await this.directory.one(actor, officerId);
    const now = await this.clock.now();
    const today = legalDateOf(now) ?? '';
    const domains = query.domains ?? officer.domains;
    await this.requireDomains(query.domains ?? [], today);
    const person = (await this.readiness.of([officerId], { instant: now })).get(officerId);
    if (!person) throw new Error('the officer went away while it was read');
    const held = await this.certificates.of(officerId, query.certificateType, now);
    const { certificateType } = query;
    const lines = readinessOf(
      { ...person, ...held, type: 'FIRST', certificateType, domains },
      await this.readiness.settings(today),
    );
    return {
      officerId,
      name: officer.name,
      subject: { id: officer.subjectId, name: officer.subjectName },
      certificateType,
      domains: [...domains],
      ready: lines.every(({ met, blocking }) => met || !blocking),
      conditions: lines.filter(({ blocking }) => blocking).map(conditionView),
      notRecorded: lines.filter(({ blocking }) => !blocking).map(conditionView),
      judgedAt: new Date(now).toISOString(),
    };
  }

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

  private async requireDomains(domains: readonly string[], today: string): Promise<void> {
    const known = new Set((await this.settings.dictionary(today, 'domains')).map(({ code }) => code));
    if (domains.every((domain) => known.has(domain))) return;
    throw inputInvalid([
      {
        pointer: '/query/domains',
        code: 'DOMAIN_UNKNOWN',
        detail: 'domains must be codes of GET /dictionaries/domains',
      },
    ]);
  }
}
