import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { notFound } from '../kernel/problem.js';
import { pageOf } from '../kernel/page.js';
import {
  IMPORT_STATES,
  RUNNING_IMPORT_STATES,
  WAITING_IMPORT_STATES,
  type ImportState,
} from '../rules/import.lifecycle.js';
import { ImportCounts, type Counts } from './import-counts.js';
import { ImportDefinitions } from './import-definitions.js';
import type { ImportsQuery } from './import.dto.js';
import {
  IMPORT_COLUMNS,
  recordOf,
  type ImportRecord,
  type ImportRowOfTable,
  type MappedColumn,
} from './import-record.js';
import { ImportStore } from './import-store.js';
import type {
  CheckedFileView,
  ImportPageView,
  ImportProgressView,
  ImportSummaryView,
  ImportView,
} from './import.view.js';

const STATES_OF: Readonly<Record<NonNullable<ImportsQuery['phase']>, readonly ImportState[]>> = {
  WAITING: WAITING_IMPORT_STATES,
  RUNNING: RUNNING_IMPORT_STATES,
};

interface SeenRow extends ImportRowOfTable {
  readonly counts_json: string | null;
  readonly file_name: string;
  readonly file_sha256: string;
  readonly file_size: number;
  readonly owner_name: string;
  readonly starter_name: string | null;
  readonly committer_name: string | null;
}

const SEEN = `${IMPORT_COLUMNS}, i.counts_json, f.file_name, f.file_sha256, f.file_size, s.name AS owner_name,
    a.display_name AS starter_name, c.display_name AS committer_name
  FROM imports i JOIN subjects s ON s.id = i.owner_subject_id JOIN import_files f ON f.import_id = i.id AND f.round = 1
  LEFT JOIN accounts a ON a.id = i.started_by LEFT JOIN accounts c ON c.id = i.committed_by`;

/** Imports as people see them. Counts come from the rows. */
@Injectable()
export class ImportsQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly counts: ImportCounts,
    private readonly definitions: ImportDefinitions,
  ) {}

  /** Newest first: ids grow with time. */
  async list(actor: Actor, query: ImportsQuery): Promise<ImportPageView> {
    const { where, parameters } = this.store.sight(actor);
    const after = query.after();
    const states = query.phase === undefined ? IMPORT_STATES : STATES_OF[query.phase];
    const rows = await this.db.rows<SeenRow>(
      `SELECT ${SEEN} WHERE ${where} AND (? = '' OR i.id < ?) AND (? IS NULL OR i.kind = ?) AND (? IS NULL OR i.status = ?)
         AND i.status IN (${marks(states)})
       ORDER BY i.id DESC LIMIT ?`,
      [
        ...parameters,
        after,
        after,
        query.kind ?? null,
        query.kind ?? null,
        query.status ?? null,
        query.status ?? null,
        ...states,
        query.limit + 1,
      ],
    );
    const now = await this.clock.now();
    const summaries = new Map<string, ImportSummaryView>();
    for (const row of rows.slice(0, query.limit)) summaries.set(row.id, await this.summary(row, now));
    const page = pageOf(rows, query.limit, ({ id }) => summaries.get(id)!);
    return { items: [...page.items], nextCursor: page.nextCursor };
  }

  /** @throws Problem 404 */
  async summaryOf(actor: Actor, id: string): Promise<ImportSummaryView & { readonly version: number }> {
    const row = await this.seen(actor, id);
    return { ...(await this.summary(row, await this.clock.now(), true)), version: row.version };
  }

  /** @throws Problem 404 */
  async read(actor: Actor, id: string): Promise<ImportView> {
    const row = await this.seen(actor, id);
    const record = recordOf(row);
    const summary = await this.summary(row, await this.clock.now(), true);
    const { counts } = summary;
    const definition = this.definitions.find(record.kind);
    return {
      ...summary,
      parameters: { ...record.parameters },
      policy: record.policy,
      fileSize: Number(row.file_size),
      effects: {
        created: counts.created,
        updated: counts.updated,
        unchanged: counts.unchanged,
        skipped: counts.skipped,
        failed: counts.failed,
      },
      causes: await this.causes(id),
      rounds: await this.rounds(id),
      ...layoutView(record),
      fields: (definition?.columns ?? []).map(({ field, headings, required, cell, note, options = [] }) => ({
        field,
        heading: headings[0] ?? field,
        required,
        cell,
        note: note ?? null,
        options: options.map(({ code, zh }) => ({ code, zh })),
      })),
      missingFields: (definition?.columns ?? [])
        .filter(({ field, required }) => required && record.mapping && !Object.hasOwn(record.mapping.columns, field))
        .map(({ field }) => field),
      owner: { id: record.ownerSubjectId, name: row.owner_name },
      committedBy: record.committedBy === null ? null : { id: record.committedBy, name: row.committer_name ?? '' },
      account: await this.counts.account(id),
      version: record.version,
    };
  }

  /** Was this very file imported before, by anybody below the actor's body? */
  async ofFile(actor: Actor, sha256: string): Promise<Pick<CheckedFileView, 'fileSha256' | 'imports'>> {
    const kinds = this.definitions.kindsOf(actor);
    const rows = await this.db.rows<SeenRow>(
      `SELECT ${SEEN} WHERE s.path LIKE ? AND i.kind IN (${marks(kinds)})
         AND i.id IN (SELECT import_id FROM import_files WHERE file_sha256 = ?) ORDER BY i.id LIMIT 50`,
      [below(actor.homeSubjectPath), ...kinds, sha256],
    );
    const now = await this.clock.now();
    const imports: ImportSummaryView[] = [];
    for (const row of rows) imports.push(await this.summary(row, now));
    return { fileSha256: sha256, imports };
  }

  /** True when the actor sees this import. */
  async isSeen(actor: Actor, id: string): Promise<boolean> {
    const { where, parameters } = this.store.sight(actor);
    const found = await this.db.row(
      `SELECT i.id FROM imports i JOIN subjects s ON s.id = i.owner_subject_id WHERE i.id = ? AND ${where}`,
      [id, ...parameters],
    );
    return found !== null;
  }

  private async seen(actor: Actor, id: string): Promise<SeenRow> {
    const { where, parameters } = this.store.sight(actor);
    const row = await this.db.row<SeenRow>(`SELECT ${SEEN} WHERE i.id = ? AND ${where}`, [id, ...parameters]);
    if (!row) throw notFound('import');
    return row;
  }

  /** Lists take the counts that were kept when the import came to rest. */
  private async summary(row: SeenRow, now: number, live = false): Promise<ImportSummaryView> {
    const record = recordOf(row);
    const running = RUNNING_IMPORT_STATES.includes(record.status);
    const kept = live || running ? null : row.counts_json;
    const counts = kept === null ? await this.counts.of(record.id, record.totalRows) : (JSON.parse(kept) as Counts);
    return {
      id: record.id,
      kind: record.kind,
      status: record.status,
      fileName: row.file_name,
      fileSha256: row.file_sha256,
      round: record.round,
      counts,
      progress: progressOf(record, now),
      problem: record.problem,
      duplicateOf: record.duplicateOf,
      createdAt: record.createdAt.toISOString(),
      finishedAt: record.finishedAt?.toISOString() ?? null,
      startedBy: { id: record.startedBy, name: row.starter_name ?? '' },
    };
  }

  private async causes(id: string): Promise<ImportView['causes']> {
    const rows = await this.db.rows<{ state: string; cause: string; n: number }>(
      `SELECT state, cause, COUNT(*) AS n FROM import_results WHERE import_id = ? AND cause IS NOT NULL
       GROUP BY state, cause ORDER BY n DESC, cause LIMIT 200`,
      [id],
    );
    return rows.map(({ state, cause, n }) => ({ state, code: cause, rows: Number(n) }));
  }

  private async rounds(id: string): Promise<ImportView['rounds']> {
    const rows = await this.db.rows<{ round: number; file_name: string; file_sha256: string; sent_at: Date }>(
      'SELECT round, file_name, file_sha256, sent_at FROM import_files WHERE import_id = ? ORDER BY round',
      [id],
    );
    return rows.map(({ round, file_name, file_sha256, sent_at }) => ({
      round,
      fileName: file_name,
      fileSha256: file_sha256,
      sentAt: sent_at.toISOString(),
    }));
  }
}

/** From the cursor of the phase at hand. How long a file is nobody knows while it is read. */
export function progressOf(record: ImportRecord, now: number): ImportProgressView {
  const { status, phaseRows, phaseStartedAt } = record;
  const whole = status === 'COMMITTING' && record.policy === 'ALL_OR_NOTHING';
  const doneRows = whole ? (record.toldRows ?? 0) : record.doneRows;
  if (!RUNNING_IMPORT_STATES.includes(status)) {
    const percent = status === 'NEEDS_MAPPING' ? 0 : 100;
    return { doneRows: phaseRows, totalRows: phaseRows, percent, rowsPerSecond: 0, secondsLeft: 0 };
  }
  const seconds = phaseStartedAt === null ? 0 : Math.max(0, now - phaseStartedAt.getTime()) / 1000;
  const rowsPerSecond = seconds > 0 ? Math.round(doneRows / seconds) : 0;
  const percent = phaseRows > 0 ? Math.min(99, Math.floor((100 * doneRows) / phaseRows)) : 0;
  const left = Math.max(0, phaseRows - doneRows);
  return {
    doneRows,
    totalRows: phaseRows,
    percent,
    rowsPerSecond,
    secondsLeft: rowsPerSecond > 0 && phaseRows > 0 ? Math.ceil(left / rowsPerSecond) : null,
  };
}

const WHY: Readonly<Record<MappedColumn['how'], string>> = {
  EXACT: '同名',
  ALIAS: '别名',
  NORMALISED: '写法相近',
  SIMILAR: '相似',
  REMEMBERED: '上次记忆',
  CHOSEN: '手工选择',
};

function layoutView({
  layout,
  mapping,
}: ImportRecord): Pick<
  ImportView,
  | 'sheet'
  | 'sheets'
  | 'encoding'
  | 'separator'
  | 'headerRow'
  | 'headings'
  | 'mapping'
  | 'values'
  | 'ignoredHeadings'
  | 'ambiguous'
  | 'notes'
> {
  const mapped = Object.entries(mapping?.columns ?? {}).map(([field, column]) => ({
    field,
    ...column,
    why: WHY[column.how],
  }));
  const used = new Set(mapped.map(({ column }) => column));
  return {
    sheet: layout?.sheet ?? null,
    sheets: (layout?.sheets ?? []).map(({ name, hidden }) => ({ name, hidden })),
    encoding: layout?.encoding ?? null,
    separator: layout?.separator ?? null,
    headerRow: layout?.headerRows[0] ?? null,
    headings: [...(layout?.headings ?? [])],
    mapping: mapped,
    values: { ...mapping?.values },
    ignoredHeadings: (layout?.headings ?? []).filter(({ column }) => !used.has(column)),
    ambiguous: (layout?.ambiguous ?? [])
      .filter(({ field }) => !mapping || !Object.hasOwn(mapping.columns, field))
      .map(({ field, columns }) => ({ field, columns: [...columns] })),
    notes: [...(layout?.notes ?? [])],
  };
}
