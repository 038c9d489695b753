import { Injectable } from '@nestjs/common';
import { below, Db } from '../infrastructure/database/db.js';
import { Settings } from '../infrastructure/settings/settings.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { pageOf } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import { legalDateOf } from '../rules/calendar.js';
import { publicationLifecycle, type PublicationState } from '../rules/publication.lifecycle.js';
import { colourOf, type PublicationColour } from '../rules/publication.rules.js';
import { publicOfficerView } from './public-officers.queries.js';
import type { PublicContent } from './publication.rows.js';
import type {
  PublicationDetailView,
  PublicationPage,
  PublicationStepView,
  PublicationView,
} from './publication.view.js';
import type { PublicationListQuery } from './publications.dto.js';
import { publishableAt } from './publishable.queries.js';

interface PublicationRow {
  readonly id: string;
  readonly certificate_id: string;
  readonly number: string;
  readonly officer_id: string;
  readonly officer_name: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly cause: string;
  readonly state: PublicationState;
  readonly since_on: string;
  readonly amber_on: string;
  readonly target_on: string;
  readonly limit_on: string;
  readonly content_json: string | null;
  readonly prepared_by: string | null;
  readonly prepared_at: Date | null;
  readonly published_at: Date | null;
  readonly ended_at: Date | null;
  readonly ended_cause: string | null;
  readonly version: number;
  readonly publishable: number;
}

const COLUMNS = `p.id, p.certificate_id, c.number, p.officer_id, o.name AS officer_name, p.subject_id, s.name AS subject_name, p.cause,
  p.state, p.since_on, p.amber_on, p.target_on, p.limit_on, p.content_json, p.prepared_by, p.prepared_at, p.published_at, p.ended_at,
  p.ended_cause, p.version`;
const FROM = `FROM publications p JOIN certificates c ON c.id = p.certificate_id JOIN certificate_states st ON st.certificate_id = c.id
  JOIN officers o ON o.id = p.officer_id JOIN subjects s ON s.id = p.subject_id`;

type Parameter = string | number | Date;

/** How each colour is found by SQL; the same as colourOf for each row. */
const COLOURS: Readonly<Record<PublicationColour, string>> = {
  GREEN: 'p.amber_on > ?',
  AMBER: 'p.amber_on <= ? AND p.target_on >= ?',
  RED: 'p.target_on < ? AND p.limit_on >= ?',
  OVER: 'p.limit_on < ?',
};

/** The desk of publication: what is to be prepared, checked, and what is public. Within the scope. */
@Injectable()
export class PublicationQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async list(actor: Actor, query: PublicationListQuery): Promise<PublicationPage> {
    const now = await this.clock.now();
    const today = legalDateOf(now) ?? '';
    const { sql, parameters: shown } = publishableAt(now);
    const where = ['s.path LIKE ?', 'p.id > ?'];
    const parameters: Parameter[] = [below(actor.homeSubjectPath), query.after()];
    const filters = [
      ['p.state', query.state],
      ['p.subject_id', query.subjectId],
      ['p.officer_id', query.officerId],
      ['p.certificate_id', query.certificateId],
    ] as const;
    for (const [column, value] of filters) {
      if (value === undefined) continue;
      where.push(`${column} = ?`);
      parameters.push(value);
    }
    if (query.clock !== undefined) {
      const colour = COLOURS[query.clock];
      where.push(`p.state IN ('DUE','PREPARED') AND ${colour}`);
      parameters.push(...Array.from(colour.matchAll(/\?/g), () => today));
    }
    const rows = await this.db.rows<PublicationRow>(
      `SELECT ${COLUMNS}, ${sql} AS publishable ${FROM} WHERE ${where.join(' AND ')} ORDER BY p.id LIMIT ?`,
      [...shown, ...parameters, query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => viewOf(row, actor, today));
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<PublicationDetailView> {
    const now = await this.clock.now();
    const { sql, parameters } = publishableAt(now);
    const row = await this.db.row<PublicationRow>(
      `SELECT ${COLUMNS}, ${sql} AS publishable ${FROM} WHERE p.id = ? AND s.path LIKE ?`,
      [...parameters, id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('publication');
    const today = legalDateOf(now) ?? '';
    const content = row.content_json === null ? null : (JSON.parse(row.content_json) as PublicContent);
    const names = await this.settings.dictionary(today, 'domains');
    return {
      ...viewOf(row, actor, today),
      content: content && publicOfficerView(content, new Map(names.map(({ code, nameZh }) => [code, nameZh]))),
      steps: await this.steps(id),
    };
  }

  private async steps(id: string): Promise<PublicationStepView[]> {
    const rows = await this.db.rows<{
      step: string;
      decision: string;
      privacy_checked: number | null;
      secrecy_checked: number | null;
      note: string;
      display_name: string | null;
      decided_at: Date;
    }>(
      `SELECT t.step, t.decision, t.privacy_checked, t.secrecy_checked, t.note, a.display_name, t.decided_at
       FROM publication_steps t LEFT JOIN accounts a ON a.id = t.actor_id WHERE t.publication_id = ? ORDER BY t.decided_at, t.id`,
      [id],
    );
    const flag = (value: number | null): boolean | null => (value === null ? null : value === 1);
    return rows.map((row) => ({
      step: row.step,
      decision: row.decision,
      privacyChecked: flag(row.privacy_checked),
      secrecyChecked: flag(row.secrecy_checked),
      note: row.note,
      actorName: row.display_name ?? '',
      decidedAt: row.decided_at.toISOString(),
    }));
  }
}

function viewOf(row: PublicationRow, actor: Actor, today: string): PublicationView {
  const isOpen = row.state === 'DUE' || row.state === 'PREPARED';
  const days = { amberOn: row.amber_on, targetOn: row.target_on, limitOn: row.limit_on };
  return {
    id: row.id,
    certificateId: row.certificate_id,
    certificateNo: row.number,
    officerId: row.officer_id,
    officerName: row.officer_name,
    subject: { id: row.subject_id, name: row.subject_name },
    cause: row.cause,
    state: row.state,
    clock: isOpen ? { colour: colourOf(days, today), sinceOn: row.since_on, ...days } : null,
    shownNow: row.state === 'PUBLISHED' && row.publishable === 1,
    preparedAt: row.prepared_at?.toISOString() ?? null,
    publishedAt: row.published_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedCause: row.ended_cause,
    allowedVerbs: allowedVerbs(row, actor),
    version: row.version,
  };
}

/** What the asker may do now; nobody checks what he prepared, or decides on himself. */
function allowedVerbs(row: PublicationRow, actor: Actor): string[] {
  if (actor.officerId === row.officer_id) return [];
  const verbs: string[] = [];
  const mayCheck = actor.permissions.has('publication.check') && row.prepared_by !== actor.accountId;
  if (
    actor.permissions.has('publication.prepare') &&
    publicationLifecycle.allows(row.state, 'prepare') &&
    row.publishable === 1
  )
    verbs.push('prepare');
  if (mayCheck && row.state === 'PREPARED') verbs.push('check');
  if (actor.permissions.has('publication.check') && row.state === 'PUBLISHED') verbs.push('withhold');
  return verbs;
}
