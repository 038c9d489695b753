import { Injectable } from '@nestjs/common';
import { Db, likeText, marks } from '../../infrastructure/database/db.js';
import type { SheetRow } from '../../infrastructure/files/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { RowChange, RowProblem } from '../../kernel/import-definition.js';
import { encodeCursor } from '../../kernel/page.js';
import { Problem } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { ImportRowsQuery } from '../import.dto.js';
import { ImportDefinitions } from '../import-definitions.js';
import type { ImportRecord } from '../import-record.js';
import { ImportStore } from '../import-store.js';
import type { ImportRowPageView, ImportRowView } from '../import.view.js';
import { maskedRaw, maskedValues } from './mask-row.js';
import { isLeftOut, LEFT_OUT, RowCodec, untouched } from './row-codec.js';
import { RowReader } from './row-reader.js';
import { StagedLines } from './staged-lines.js';

interface ResultRow {
  readonly row_no: number;
  readonly overlay_cipher: string | null;
  readonly state: string;
  readonly problems_json: string | null;
  readonly target_id: string | null;
  readonly planned: string | null;
  readonly effects: string | null;
  readonly changes_json: string | null;
}

interface ShownRow {
  readonly line: SheetRow;
  /** Null before the first examination. */
  readonly said: ResultRow | null;
}

const RESULTS = `s.row_no, s.overlay_cipher, s.state, s.problems_json, s.target_id, s.planned, s.effects, s.changes_json
  FROM import_results s WHERE s.import_id = ?`;

/** The rows of an import for showing: raw and as read, with personal data masked. */
@Injectable()
export class RowsQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly definitions: ImportDefinitions,
    private readonly codec: RowCodec,
    private readonly lines: StagedLines,
  ) {}

  /** @throws Problem 404 */
  async list(actor: Actor, id: string, query: ImportRowsQuery): Promise<ImportRowPageView> {
    const record = await this.store.inScope(actor, id);
    const after = afterRow(query);
    const rows = await this.page(record.id, after, query);
    const view = await this.viewer(record);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(view),
      nextCursor: rows.length > query.limit && last ? encodeCursor(String(last.line.rowNumber)) : null,
    };
  }

  /** One row of an import that the caller has found in the actor's scope. */
  async one(record: ImportRecord, rowNumber: number): Promise<ImportRowView | null> {
    const line = (await this.lines.of(record.id, [rowNumber])).get(rowNumber);
    if (!line) return null;
    const [shown] = await this.withResults(record.id, [line]);
    return shown ? (await this.viewer(record))(shown) : null;
  }

  /** One row more than is shown. Whoever asks for what was found asks for rows that were examined. */
  private async page(importId: string, after: number, query: ImportRowsQuery): Promise<readonly ShownRow[]> {
    const conditions = [
      ...(query.state === undefined ? [] : ['s.state = ?']),
      ...(query.cause === undefined ? [] : ['s.problems_json LIKE ?']),
      ...(query.planned === undefined ? [] : [`s.planned = ? AND s.state IN ('VALID', 'WARNING')`]),
      ...(query.effect === undefined ? [] : [`s.effects LIKE ? AND s.state NOT IN ('INVALID', 'FAILED')`]),
    ].map((condition) => ` AND ${condition}`);
    if (conditions.length === 0) {
      return this.withResults(importId, await this.lines.after(importId, after, query.limit + 1));
    }
    const results = await this.db.rows<ResultRow>(
      `SELECT ${RESULTS} AND s.row_no > ?${conditions.join('')} ORDER BY s.row_no LIMIT ?`,
      [
        importId,
        after,
        ...(query.state === undefined ? [] : [query.state]),
        ...(query.cause === undefined ? [] : [likeText(`"code":"${query.cause}"`)]),
        ...(query.planned === undefined ? [] : [query.planned]),
        ...(query.effect === undefined ? [] : [likeText(`,${query.effect},`)]),
        query.limit + 1,
      ],
    );
    const lines = await this.lines.of(
      importId,
      results.map(({ row_no }) => row_no),
    );
    return results.map((said) => {
      const line = lines.get(said.row_no);
      if (!line) throw new Error('a staged line is not there');
      return { line, said };
    });
  }

  private async withResults(importId: string, lines: readonly SheetRow[]): Promise<readonly ShownRow[]> {
    const numbers = lines.map(({ rowNumber }) => rowNumber);
    const results = await this.db.rows<ResultRow>(`SELECT ${RESULTS} AND s.row_no IN (${marks(numbers)})`, [
      importId,
      ...numbers,
    ]);
    const said = new Map(results.map((row) => [row.row_no, row]));
    return lines.map((line) => ({ line, said: said.get(line.rowNumber) ?? null }));
  }

  private async viewer(record: ImportRecord): Promise<(row: ShownRow) => ImportRowView> {
    const definition = this.definitions.of(record.kind);
    const today = legalDateOf(await this.clock.now()) ?? '';
    const reader = new RowReader(definition, record.mapping, record.layout, today);
    const headingOf = new Map(definition.columns.map(({ field, headings }) => [field, headings[0] ?? field]));
    return ({ line, said }) => {
      const overlay = this.codec.openOverlay(record.id, line.rowNumber, said?.overlay_cipher ?? null);
      const staged = { ...untouched(line), overlay, state: said?.state ?? null };
      const problems = JSON.parse(said?.problems_json ?? '[]') as (RowProblem & { column: string | null })[];
      return {
        rowNumber: line.rowNumber,
        state: said?.state ?? 'STAGED',
        raw: maskedRaw(definition, record.mapping, staged),
        normalised: said === null ? {} : maskedValues(definition, reader.read(staged).values),
        corrected: Object.keys(overlay).filter((field) => field !== LEFT_OUT),
        leftOut: isLeftOut(overlay),
        problems,
        targetId: said?.target_id ?? null,
        planned: (said?.planned ?? null) as ImportRowView['planned'],
        changes: (JSON.parse(said?.changes_json ?? '[]') as RowChange[]).map((change) => ({
          ...change,
          heading: headingOf.get(change.column) ?? change.column,
        })),
        effects: (said?.effects ?? '').split(',').filter((code) => code !== ''),
        repairable: definition.repairs !== undefined && said !== null && mayBeRepaired(said.state, problems),
      };
    };
  }
}

/** Numbers that were damaged or do not fit: the register may know the right one. */
const REPAIRABLE: readonly string[] = [
  'ID_STORED_AS_NUMBER',
  'ID_MALFORMED',
  'ID_CHECK_DIGIT',
  'ID_BIRTH_DATE',
  'ID_MISMATCH',
  'ADMISSION_NO_UNKNOWN',
];

/** Whether it is worth asking for an offer; there may be none. */
export const mayBeRepaired = (state: string, problems: readonly RowProblem[]): boolean =>
  (state === 'INVALID' || state === 'FAILED') && problems.some(({ code }) => REPAIRABLE.includes(code));

function afterRow(query: ImportRowsQuery): number {
  const text = query.after();
  if (text === '') return 0;
  if (/^\d{1,8}$/.test(text)) return Number(text);
  throw new Problem('invalid', 'CURSOR_MALFORMED', 'cursor must be taken from nextCursor');
}
