import { Injectable } from '@nestjs/common';
import { Db, likeText } from '../../infrastructure/database/db.js';
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
import { RowCodec } from './row-codec.js';
import { RowReader } from './row-reader.js';

interface ShownRow {
  readonly row_no: number;
  readonly hidden: number;
  readonly raw_cipher: string;
  readonly overlay_cipher: string | null;
  readonly state: string | null;
  readonly problems_json: string | null;
  readonly target_id: string | null;
  readonly planned: string | null;
  readonly effects: string | null;
  readonly changes_json: string | null;
}

const SHOWN = `r.row_no, r.hidden, r.raw_cipher, s.overlay_cipher, s.state, s.problems_json, s.target_id, s.planned, s.effects, s.changes_json
  FROM import_rows r LEFT JOIN import_results s ON s.import_id = r.import_id AND s.row_no = r.row_no WHERE r.import_id = ?`;

/** The rows of an import for showing: raw and as read, with personal data masked. */
@Injectable()
export class RowsQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly definitions: ImportDefinitions,
    private readonly codec: RowCodec,
  ) {}

  /** @throws Problem 404 */
  async list(actor: Actor, id: string, query: ImportRowsQuery): Promise<ImportRowPageView> {
    const record = await this.store.inScope(actor, id);
    const after = afterRow(query);
    const conditions = [
      ...(query.state === undefined ? [] : ['s.state = ?']),
      ...(query.cause === undefined ? [] : ['s.problems_json LIKE ?']),
      ...(query.planned === undefined ? [] : [`s.planned = ? AND s.state IN ('VALID', 'WARNING')`]),
      ...(query.effect === undefined ? [] : [`s.effects LIKE ? AND s.state NOT IN ('INVALID', 'FAILED')`]),
    ].map((condition) => ` AND ${condition}`);
    const rows = await this.db.rows<ShownRow>(
      `SELECT ${SHOWN} AND r.row_no > ?${conditions.join('')} ORDER BY r.row_no LIMIT ?`,
      [
        record.id,
        after,
        ...(query.state === undefined ? [] : [query.state]),
        ...(query.cause === undefined ? [] : [likeText(`"code":"${query.cause}"`)]),
        ...(query.planned === undefined ? [] : [query.planned]),
        ...(query.effect === undefined ? [] : [likeText(`,${query.effect},`)]),
        query.limit + 1,
      ],
    );
    const view = await this.viewer(record);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(view),
      nextCursor: rows.length > query.limit && last ? encodeCursor(String(last.row_no)) : null,
    };
  }

  /** One row of an import that the caller has found in the actor's scope. */
  async one(record: ImportRecord, rowNumber: number): Promise<ImportRowView | null> {
    const row = await this.db.row<ShownRow>(`SELECT ${SHOWN} AND r.row_no = ?`, [record.id, rowNumber]);
    return row ? (await this.viewer(record))(row) : null;
  }

  private async viewer(record: ImportRecord): Promise<(row: ShownRow) => ImportRowView> {
    const definition = this.definitions.of(record.kind);
    const today = legalDateOf(await this.clock.now()) ?? '';
    const reader = new RowReader(definition, record.mapping, record.layout, today);
    const headingOf = new Map(definition.columns.map(({ field, headings }) => [field, headings[0] ?? field]));
    return (row) => {
      const staged = {
        rowNumber: row.row_no,
        hidden: row.hidden === 1,
        cells: this.codec.openCells(record.id, row.row_no, row.raw_cipher),
        overlay: this.codec.openOverlay(record.id, row.row_no, row.overlay_cipher),
        state: row.state,
        planned: row.planned,
        changesJson: row.changes_json,
      };
      const problems = JSON.parse(row.problems_json ?? '[]') as (RowProblem & { column: string | null })[];
      return {
        rowNumber: row.row_no,
        state: row.state ?? 'STAGED',
        raw: maskedRaw(definition, record.mapping, staged),
        normalised: row.state === null ? {} : maskedValues(definition, reader.read(staged).values),
        corrected: Object.keys(staged.overlay),
        problems,
        targetId: row.target_id,
        planned: row.planned as ImportRowView['planned'],
        changes: (JSON.parse(row.changes_json ?? '[]') as RowChange[]).map((change) => ({
          ...change,
          heading: headingOf.get(change.column) ?? change.column,
        })),
        effects: (row.effects ?? '').split(',').filter((code) => code !== ''),
        repairable: definition.repairs !== undefined && row.state !== null && mayBeRepaired(row.state, problems),
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
