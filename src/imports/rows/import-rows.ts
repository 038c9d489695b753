import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { RowOutcome, RowPlan, RowProblem } from '../../kernel/import-definition.js';
import type { SheetRow } from '../../infrastructure/files/index.js';
import { causeOf, type ExaminedRow } from './examine-rows.js';
import { RowCodec, type Overlay, type StagedRow } from './row-codec.js';

/** States in which a row stands in another room, or has stood there. */
export const COMMITTED_STATES = ['CREATED', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'REVERTED'] as const;

/** A line as it is stored. */
export type SealedRow = Readonly<Record<'import_id' | 'raw_cipher', string>> &
  Readonly<Record<'row_no' | 'hidden', number>>;

interface StagedOfTable {
  readonly row_no: number;
  readonly hidden: number;
  readonly raw_cipher: string;
  readonly overlay_cipher: string | null;
  readonly state: string | null;
  readonly planned: string | null;
  readonly changes_json: string | null;
}

const STAGED = `r.row_no, r.hidden, r.raw_cipher, s.overlay_cipher, s.state, s.planned, s.changes_json
  FROM import_rows r LEFT JOIN import_results s ON s.import_id = r.import_id AND s.row_no = r.row_no WHERE r.import_id = ?`;

/** The staged lines and what became of each. */
@Injectable()
export class ImportRows {
  constructor(
    private readonly db: Db,
    private readonly codec: RowCodec,
  ) {}

  /** Lines as they are stored; made before the unit is opened, because it takes a while. */
  seal(importId: string, rows: readonly SheetRow[]): readonly SealedRow[] {
    return rows.map(({ rowNumber, hidden, cells }) => ({
      import_id: importId,
      row_no: rowNumber,
      hidden: hidden ? 1 : 0,
      raw_cipher: this.codec.sealCells(importId, rowNumber, cells),
    }));
  }

  async stage(rows: readonly SealedRow[]): Promise<void> {
    await this.db.insert('import_rows', rows);
  }

  /** The next lines that no commit has taken yet. */
  async toExamine(importId: string, afterRow: number, limit: number): Promise<readonly StagedRow[]> {
    return this.opened(
      importId,
      await this.db.rows<StagedOfTable>(
        `SELECT ${STAGED} AND r.row_no > ? AND (s.state IS NULL OR s.state NOT IN (${marks(COMMITTED_STATES)}))
         ORDER BY r.row_no LIMIT ?`,
        [importId, afterRow, ...COMMITTED_STATES, limit],
      ),
    );
  }

  /** The next lines that were found sound. */
  async toCommit(importId: string, afterRow: number, limit: number): Promise<readonly StagedRow[]> {
    return this.opened(
      importId,
      await this.db.rows<StagedOfTable>(
        `SELECT ${STAGED} AND r.row_no > ? AND s.state IN ('VALID', 'WARNING') ORDER BY r.row_no LIMIT ?`,
        [importId, afterRow, limit],
      ),
    );
  }

  async byNumbers(importId: string, numbers: readonly number[]): Promise<readonly StagedRow[]> {
    return this.opened(
      importId,
      await this.db.rows<StagedOfTable>(`SELECT ${STAGED} AND r.row_no IN (${marks(numbers)}) ORDER BY r.row_no`, [
        importId,
        ...numbers,
      ]),
    );
  }

  async countToExamine(importId: string): Promise<number> {
    const row = await this.db.row<{ n: number }>(
      `SELECT COUNT(*) AS n FROM import_rows r LEFT JOIN import_results s ON s.import_id = r.import_id AND s.row_no = r.row_no
       WHERE r.import_id = ? AND (s.state IS NULL OR s.state NOT IN (${marks(COMMITTED_STATES)}))`,
      [importId, ...COMMITTED_STATES],
    );
    return Number(row?.n ?? 0);
  }

  /** Writes what an examination found; corrections and what was committed are not touched. */
  async keepExamined(importId: string, rows: readonly ExaminedRow[]): Promise<void> {
    await this.write(
      ['state', 'cause', 'natural_key_hash', 'problems_json', 'planned', 'target_id', 'effects', 'changes_json'],
      rows.map(({ rowNumber, state, problems, naturalKey, plan }) => [
        importId,
        rowNumber,
        state,
        causeOf(state, problems),
        this.keyIndex(importId, naturalKey),
        problems.length === 0 ? null : JSON.stringify(problems),
        plan?.state ?? null,
        plan?.targetId ?? null,
        effectsOf(plan),
        changesOf(plan),
      ]),
    );
  }

  async keepOutcomes(importId: string, round: number, outcomes: readonly RowOutcome[]): Promise<void> {
    await this.write(
      ['state', 'cause', 'problems_json', 'target_id', 'before_json', 'committed_round'],
      outcomes.map(({ rowNumber, state, targetId, before, problems = [] }) => [
        importId,
        rowNumber,
        state,
        causeOf(state, problems),
        problems.length === 0 ? null : JSON.stringify(problems),
        targetId,
        before === undefined ? null : JSON.stringify(before),
        state === 'FAILED' ? null : round,
      ]),
    );
  }

  /** New words on rows that have been examined before. */
  async keepProblems(
    importId: string,
    rows: readonly { readonly rowNumber: number; readonly state: string; readonly problems: readonly RowProblem[] }[],
  ): Promise<void> {
    await this.write(
      ['state', 'cause', 'problems_json'],
      rows.map(({ rowNumber, state, problems }) => [
        importId,
        rowNumber,
        state,
        causeOf(state, problems),
        problems.length === 0 ? null : JSON.stringify(problems),
      ]),
    );
  }

  async keepOverlays(importId: string, overlays: ReadonlyMap<number, Overlay>): Promise<void> {
    await this.write(
      ['state', 'overlay_cipher'],
      [...overlays].map(([rowNumber, overlay]) => [
        importId,
        rowNumber,
        'INVALID',
        this.codec.sealOverlay(importId, rowNumber, overlay),
      ]),
    );
  }

  /** The index of the key that the row had at its last examination. */
  async keyOf(importId: string, rowNumber: number): Promise<string | null> {
    const row = await this.db.row<{ natural_key_hash: string | null }>(
      'SELECT natural_key_hash FROM import_results WHERE import_id = ? AND row_no = ?',
      [importId, rowNumber],
    );
    return row?.natural_key_hash ?? null;
  }

  keyIndex(importId: string, naturalKey: string | null): string | null {
    return naturalKey === null ? null : this.codec.keyIndex(importId, naturalKey);
  }

  /** Rows of these keys that may still change; of very many the first. */
  async sharing(importId: string, keys: readonly string[], states: readonly string[]): Promise<readonly StagedRow[]> {
    return this.opened(
      importId,
      await this.db.rows<StagedOfTable>(
        `SELECT ${STAGED} AND s.natural_key_hash IN (${marks(keys)}) AND s.state IN (${marks(states)}) ORDER BY r.row_no LIMIT 200`,
        [importId, ...keys, ...states],
      ),
    );
  }

  private opened(importId: string, rows: readonly StagedOfTable[]): readonly StagedRow[] {
    return rows.map(({ row_no, hidden, raw_cipher, overlay_cipher, state, planned, changes_json }) => ({
      rowNumber: row_no,
      hidden: hidden === 1,
      cells: this.codec.openCells(importId, row_no, raw_cipher),
      overlay: this.codec.openOverlay(importId, row_no, overlay_cipher),
      state,
      planned,
      changesJson: changes_json,
    }));
  }

  private async write(
    columns: readonly string[],
    rows: readonly (readonly (string | number | null)[])[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const slots = `(?, ?, ${marks(columns)})`;
    await this.db.execute(
      `INSERT INTO import_results (import_id, row_no, ${columns.join(', ')}) VALUES ${rows.map(() => slots).join(', ')}
       ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`,
      rows.flat(),
    );
  }
}

/** ',CODE,CODE,' so that one code can be looked for. */
const effectsOf = (plan: RowPlan | null): string | null =>
  plan?.effects && plan.effects.length > 0 ? `,${plan.effects.join(',')},` : null;

/** Compared as it stands when the commit comes: what was shown is what is done. */
export const changesOf = (plan: RowPlan | null): string | null =>
  plan?.changes && plan.changes.length > 0 ? JSON.stringify(plan.changes) : null;
