import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { decodeCursor, encodeCursor, type Page } from '../kernel/page.js';
import type { Role } from '../kernel/permissions.js';
import { addDays, legalDateOf } from '../rules/calendar.js';
import type { ReviewState } from '../rules/review.lifecycle.js';
import type { TodoBox, TodosQuery } from './workbench.dto.js';
import type { TodoCountsView, TodoKind, TodoView } from './workbench.view.js';

type Parameter = string | number | Date;

/** One kind of thing that waits (or was done): its columns always id, title, unit, actor, at, due, state. */
interface Source {
  readonly kind: TodoKind;
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

interface Row {
  readonly kind: TodoKind;
  readonly id: string;
  readonly title: string;
  readonly unit: string | null;
  readonly actor: string | null;
  readonly at: Date;
  readonly due: string | null;
  readonly state: string | null;
}

const APPLICATION = `SELECT p.id, o.name AS title, s.name AS unit, a.display_name AS actor, p.submitted_at AS at, NULL AS due, p.state
  FROM certificate_applications p JOIN officers o ON o.id = p.officer_id JOIN subjects s ON s.id = p.subject_id
  LEFT JOIN accounts a ON a.id = p.submitted_by`;
const SETTING = `SELECT t.id, t.setting_key AS title, NULL AS unit, a.display_name AS actor, t.created_at AS at, t.effective_from AS due,
  t.approved_state AS state FROM settings t LEFT JOIN accounts a ON a.id = t.created_by`;
const DEPLOYMENT = `SELECT d.id, d.title, s.name AS unit, a.display_name AS actor, COALESCE(d.ended_at, d.created_at) AS at, NULL AS due,
  d.status AS state FROM deployments d JOIN subjects s ON s.id = d.subject_id LEFT JOIN accounts a ON a.id = d.owner_id`;
const IMPORT = `SELECT i.id, i.kind AS title, s.name AS unit, a.display_name AS actor, i.created_at AS at, NULL AS due, i.status AS state
  FROM imports i JOIN subjects s ON s.id = i.owner_subject_id LEFT JOIN accounts a ON a.id = i.started_by`;
const PUBLICATION = `SELECT p.id, o.name AS title, s.name AS unit, a.display_name AS actor, COALESCE(p.prepared_at, p.opened_at) AS at,
  p.target_on AS due, p.state FROM publications p JOIN officers o ON o.id = p.officer_id JOIN subjects s ON s.id = p.subject_id
  LEFT JOIN accounts a ON a.id = p.prepared_by`;

/** Recalled deployments are shown to supervisors for so many days. */
const RECALLED_DAYS = 7;

/** The to-do centre: what waits for somebody in all the rooms, what he decided, what he handed in. */
@Injectable()
export class TodoQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** PENDING begins with what waits longest, the other boxes with the newest. */
  async list(actor: Actor, query: TodosQuery): Promise<Page<TodoView>> {
    const sources = (await this.sources(actor, query.box)).filter(
      ({ kind }) => query.kind === undefined || kind === query.kind,
    );
    if (sources.length === 0) return { items: [], nextCursor: null };
    const forward = query.box === 'PENDING';
    const direction = forward ? 'ASC' : 'DESC';
    const after = query.cursor === undefined ? null : placeOf(query.cursor);
    if (after === undefined) return { items: [], nextCursor: null };
    const sign = forward ? '>' : '<';
    const where = after === null ? '' : `WHERE (x.at ${sign} ? OR (x.at = ? AND x.id ${sign} ?))`;
    const limits = after === null ? [] : [after.at, after.at, after.id];
    const branches = sources.map(
      ({
        kind,
        sql,
      }) => `(SELECT '${kind}' AS kind, x.id, x.title, x.unit, x.actor, x.at, x.due, x.state FROM (${sql}) x
        ${where} ORDER BY x.at ${direction}, x.id ${direction} LIMIT ?)`,
    );
    const rows = await this.db.rows<Row>(
      `SELECT y.kind, y.id, y.title, y.unit, y.actor, y.at, y.due, y.state FROM (${branches.join(' UNION ALL ')}) y
       ORDER BY y.at ${direction}, y.id ${direction} LIMIT ?`,
      [...sources.flatMap(({ parameters }) => [...parameters, ...limits, query.limit + 1]), query.limit + 1],
    );
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(todoView),
      nextCursor: rows.length > query.limit && last ? encodeCursor(`${last.at.getTime()}|${last.id}`) : null,
    };
  }

  async counts(actor: Actor): Promise<TodoCountsView> {
    const sources = await this.sources(actor, 'PENDING');
    const items = [];
    for (const { kind, sql, parameters } of sources) {
      const row = await this.db.row<{ n: number | string }>(`SELECT COUNT(*) AS n FROM (${sql}) x`, [...parameters]);
      items.push({ kind, count: Number(row?.n ?? 0) });
    }
    return { items };
  }

  private async sources(actor: Actor, box: TodoBox): Promise<readonly Source[]> {
    switch (box) {
      case 'PENDING':
        return this.pending(actor, await this.clock.now());
      case 'DONE':
        return done(actor);
      case 'STARTED':
        return started(actor);
    }
  }

  private pending(actor: Actor, now: number): readonly Source[] {
    const scope = below(actor.homeSubjectPath);
    const has = (role: Role): boolean => actor.roles.includes(role);
    const may = (permission: Parameters<Actor['permissions']['has']>[0]): boolean => actor.permissions.has(permission);
    const waiting = (kind: TodoKind, state: string): Source => ({
      kind,
      sql: `${APPLICATION} WHERE p.state = ? AND s.path LIKE ?`,
      parameters: [state, scope],
    });
    const today = legalDateOf(now) ?? '';
    // A whole year is one thing to do: its files are worked off in batches.
    const awaited: ReviewState[] = [
      ...(may('review.explain') ? (['AWAITING_EXPLANATION'] as const) : []),
      ...(has('REVIEWER') && may('review.decide') ? (['READY'] as const) : []),
      ...(has('APPROVER') && may('review.decide') ? (['CHECKED'] as const) : []),
    ];
    const sources: (Source | false)[] = [
      has('REVIEWER') && may('application.decide') && waiting('APPLICATION_REVIEW', 'SUBMITTED'),
      has('APPROVER') && may('application.decide') && waiting('APPLICATION_APPROVAL', 'DISTRICT_REVIEWED'),
      may('certificate.issue') && waiting('APPLICATION_ISSUE', 'APPROVED'),
      may('application.submit') && {
        kind: 'APPLICATION_RETURNED',
        sql: `${APPLICATION} WHERE p.state = 'RETURNED' AND p.submitted_by = ? AND s.path LIKE ? AND NOT EXISTS (SELECT 1
          FROM certificate_applications n WHERE n.officer_id = p.officer_id AND n.certificate_type = p.certificate_type
          AND n.submitted_at > p.submitted_at)`,
        parameters: [actor.accountId, scope],
      },
      may('setting.approve') && {
        kind: 'SETTING',
        sql: `${SETTING} WHERE t.superseded_at IS NULL AND t.approved_state = 'PROPOSED' AND (t.created_by IS NULL OR t.created_by <> ?)`,
        parameters: [actor.accountId],
      },
      may('certificate.report-loss') && {
        kind: 'CARD_CASE',
        sql: `SELECT k.id, o.name AS title, s.name AS unit, NULL AS actor, k.opened_at AS at, k.due_on AS due, k.cause AS state
          FROM card_cases k JOIN officers o ON o.id = k.officer_id JOIN subjects s ON s.id = o.subject_id
          WHERE k.closed_at IS NULL AND s.path LIKE ?`,
        parameters: [scope],
      },
      awaited.length > 0 && {
        kind: 'ANNUAL_REVIEW',
        sql: `SELECT k.id, CONCAT(k.reviewed_year, '') AS title, s.name AS unit, a.display_name AS actor, k.opened_at AS at,
          k.period_to AS due, NULL AS state
          FROM review_campaigns k JOIN subjects s ON s.id = k.owner_subject_id LEFT JOIN accounts a ON a.id = k.opened_by
          WHERE k.state = 'OPEN' AND EXISTS (SELECT 1 FROM review_files f JOIN subjects b ON b.id = f.subject_id
            WHERE f.campaign_id = k.id AND f.state IN (${marks(awaited)}) AND b.path LIKE ?)`,
        parameters: [...awaited, scope],
      },
      may('publication.prepare') && {
        kind: 'PUBLICATION_PREPARE',
        sql: `${PUBLICATION} WHERE p.state = 'DUE' AND s.path LIKE ? AND p.officer_id <> ?`,
        parameters: [scope, actor.officerId ?? ''],
      },
      // Nobody checks what he prepared, or decides on himself.
      may('publication.check') && {
        kind: 'PUBLICATION_CHECK',
        sql: `${PUBLICATION} WHERE p.state = 'PREPARED' AND s.path LIKE ? AND p.officer_id <> ? AND p.prepared_by <> ?`,
        parameters: [scope, actor.officerId ?? '', actor.accountId],
      },
      may('duty.deploy') && {
        kind: 'DEPLOYMENT_RECALLED',
        sql: `${DEPLOYMENT} WHERE d.status = 'RECALLED' AND d.ended_at >= ? AND s.path LIKE ?`,
        parameters: [`${addDays(today, -RECALLED_DAYS)} 00:00:00`, scope],
      },
      {
        kind: 'IMPORT',
        sql: `${IMPORT} WHERE i.started_by = ? AND i.status IN ('NEEDS_MAPPING', 'VALIDATED')`,
        parameters: [actor.accountId],
      },
      may('exam.release') && {
        kind: 'EXAM_RELEASE',
        sql: `SELECT e.id, e.title, s.name AS unit, a.display_name AS actor, e.created_at AS at, e.held_on AS due, e.status AS state
          FROM exams e JOIN subjects s ON s.id = e.owner_subject_id LEFT JOIN accounts a ON a.id = e.created_by
          WHERE e.status = 'OPEN' AND e.held_on < ? AND s.path LIKE ?`,
        parameters: [today, scope],
      },
    ];
    return sources.filter((source): source is Source => source !== false);
  }
}

const done = (actor: Actor): readonly Source[] => [
  {
    kind: 'APPLICATION',
    sql: `SELECT p.id, o.name AS title, s.name AS unit, a.display_name AS actor, st.decided_at AS at, NULL AS due, st.decision AS state
      FROM certificate_application_steps st JOIN certificate_applications p ON p.id = st.application_id
      JOIN officers o ON o.id = p.officer_id JOIN subjects s ON s.id = p.subject_id LEFT JOIN accounts a ON a.id = p.submitted_by
      WHERE st.actor_id = ? AND st.decision <> 'SUBMIT'`,
    parameters: [actor.accountId],
  },
  { kind: 'SETTING', sql: `${SETTING} WHERE t.approved_by = ?`, parameters: [actor.accountId] },
];

const started = (actor: Actor): readonly Source[] => [
  { kind: 'APPLICATION', sql: `${APPLICATION} WHERE p.submitted_by = ?`, parameters: [actor.accountId] },
  { kind: 'SETTING', sql: `${SETTING} WHERE t.created_by = ?`, parameters: [actor.accountId] },
  { kind: 'DEPLOYMENT', sql: `${DEPLOYMENT} WHERE d.owner_id = ?`, parameters: [actor.accountId] },
  { kind: 'IMPORT', sql: `${IMPORT} WHERE i.started_by = ?`, parameters: [actor.accountId] },
];

/** The place inside a cursor; undefined when the text is none of ours. */
function placeOf(cursor: string): { at: Date; id: string } | undefined {
  const [at, id] = (decodeCursor(cursor) ?? '').split('|');
  return at !== undefined && id !== undefined && /^\d{1,15}$/.test(at) ? { at: new Date(Number(at)), id } : undefined;
}

const todoView = (row: Row): TodoView => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  unit: row.unit,
  by: row.actor,
  at: row.at.toISOString(),
  dueOn: row.due,
  state: row.state,
});
