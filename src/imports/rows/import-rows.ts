import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { RowOutcome, RowPlan, RowProblem } from '../../kernel/import-definition.js';
import type { SheetRow } from '../../infrastructure/files/index.js';
import { causeOf, type ExaminedRow } from './examine-rows.js';
import { RowCodec, untouched, type Overlay, type StagedRow } from './row-codec.js';
import { isError } from './row-reader.js';
import { StagedLines } from './staged-lines.js';

/** States in which a row stands in another room, or has stood there. */
export const COMMITTED_STATES = ['CREATED', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'REVERTED'] as const;

/** What stands on a row since its examination. */
export type ShownPlan = Pick<StagedRow, 'planned' | 'targetId' | 'problemsJson'>;

interface ResultOfTable {
  readonly row_no: number;
  readonly overlay_cipher: string | null;
  readonly state: string;
  readonly planned: string | null;
  readonly changes_json: string | null;
  readonly target_id: string | null;
  readonly problems_json: string | null;
}

const RESULTS = `s.row_no, s.overlay_cipher, s.state, s.planned, s.changes_json, s.target_id, s.problems_json
  FROM import_results s WHERE s.import_id = ?`;

/** What became of each staged line. */
@Injectable()
export class ImportRows {
  constructor(
    private readonly db: Db,
    private readonly codec: RowCodec,
    private readonly lines: StagedLines,
  ) {}

  /** The next lines that no commit has taken yet. */
  async toExamine(importId: string, afterRow: number, limit: number): Promise<readonly StagedRow[]> {
    const found: StagedRow[] = [];
    for (let after = afterRow; found.length < limit;) {
      const lines = await this.lines.after(importId, after, limit);
      const last = lines.at(-1);
      if (!last) break;
      const results = await this.db.rows<ResultOfTable>(
        `SELECT ${RESULTS} AND s.row_no BETWEEN ? AND ? ORDER BY s.row_no`,
        [importId, after + 1, last.rowNumber],
      );
      const said = new Map(results.map((row) => [row.row_no, row]));
      const isOpen = ({ state }: StagedRow): boolean =>
        !(COMMITTED_STATES as readonly (string | null)[]).includes(state);
      found.push(...lines.map((line) => this.joined(importId, line, said.get(line.rowNumber))).filter(isOpen));
      after = last.rowNumber;
    }
    return found.slice(0, limit);
  }

  /** The next lines that were found sound. */
  async toCommit(importId: string, afterRow: number, limit: number): Promise<readonly StagedRow[]> {
    return this.withLines(
      importId,
      await this.db.rows<ResultOfTable>(
        `SELECT ${RESULTS} AND s.row_no > ? AND s.state IN ('VALID', 'WARNING') ORDER BY s.row_no LIMIT ?`,
        [importId, afterRow, limit],
      ),
    );
  }

  /** In the order of their numbers, as many as there are. */
  async byNumbers(importId: string, numbers: readonly number[]): Promise<readonly StagedRow[]> {
    const lines = [...(await this.lines.of(importId, numbers)).values()].sort((a, b) => a.rowNumber - b.rowNumber);
    const results = await this.db.rows<ResultOfTable>(`SELECT ${RESULTS} AND s.row_no IN (${marks(numbers)})`, [
      importId,
      ...numbers,
    ]);
    const said = new Map(results.map((row) => [row.row_no, row]));
    return lines.map((line) => this.joined(importId, line, said.get(line.rowNumber)));
  }

  /** True when there is a word on every one of so many rows. */
  async areExamined(importId: string, total: number): Promise<boolean> {
    const row = await this.db.row<{ n: number }>('SELECT COUNT(*) AS n FROM import_results WHERE import_id = ?', [
      importId,
    ]);
    return Number(row?.n ?? 0) === total;
  }

  async countToExamine(importId: string): Promise<number> {
    const row = await this.db.row<{ n: number }>(
      `SELECT COUNT(*) AS n FROM import_results WHERE import_id = ? AND state IN (${marks(COMMITTED_STATES)})`,
      [importId, ...COMMITTED_STATES],
    );
    return (await this.lines.count(importId)) - Number(row?.n ?? 0);
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

  /**
   * What the commit made of rows that were found sound. Where it did what the examination had said nothing but the state is new: those
   * rows are moved together. @throws Error when a row was not there to be moved
   */
  async keepCommitted(
    importId: string,
    round: number,
    outcomes: readonly RowOutcome[],
    shown: ReadonlyMap<number, ShownPlan>,
  ): Promise<void> {
    const asShown = outcomes.filter((outcome) => isAsShown(outcome, shown.get(outcome.rowNumber)));
    const together = new Set(asShown.map(({ rowNumber }) => rowNumber));
    await this.keepOutcomes(
      importId,
      round,
      outcomes.filter(({ rowNumber }) => !together.has(rowNumber)),
    );
    if (asShown.length === 0) return;
    const moved = await this.db.execute(
      `UPDATE import_results SET state = planned, cause = NULL, committed_round = ?
       WHERE import_id = ? AND row_no BETWEEN ? AND ? AND state IN ('VALID', 'WARNING')`,
      [round, importId, Math.min(...together), Math.max(...together)],
    );
    if (moved !== asShown.length) throw new Error('a chunk of a commit left rows out');
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
    return this.withLines(
      importId,
      await this.db.rows<ResultOfTable>(
        `SELECT ${RESULTS} AND s.natural_key_hash IN (${marks(keys)}) AND s.state IN (${marks(states)}) ORDER BY s.row_no LIMIT 200`,
        [importId, ...keys, ...states],
      ),
    );
  }

  /** @throws Error when there is a word on a line that is not there */
  private async withLines(importId: string, results: readonly ResultOfTable[]): Promise<readonly StagedRow[]> {
    const lines = await this.lines.of(
      importId,
      results.map(({ row_no }) => row_no),
    );
    return results.map((row) => {
      const line = lines.get(row.row_no);
      if (!line) throw new Error('a staged line is not there');
      return this.joined(importId, line, row);
    });
  }

  private joined(importId: string, line: SheetRow, said: ResultOfTable | undefined): StagedRow {
    if (!said) return untouched(line);
    return {
      ...untouched(line),
      overlay: this.codec.openOverlay(importId, line.rowNumber, said.overlay_cipher),
      state: said.state,
      planned: said.planned,
      changesJson: said.changes_json,
      targetId: said.target_id,
      problemsJson: said.problems_json,
    };
  }

  private async write(
    columns: readonly string[],
    rows: readonly (readonly (string | number | null)[])[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await this.db.execute(
      `INSERT INTO import_results (import_id, row_no, ${columns.join(', ')}) VALUES ?
       ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`,
      [rows],
    );
  }
}

/** Its state is all that the commit added to what is written down of the row already. */
const isAsShown = ({ state, targetId, before, problems = [] }: RowOutcome, shown: ShownPlan | undefined): boolean =>
  shown !== undefined &&
  (state === 'CREATED' || state === 'UNCHANGED') &&
  state === shown.planned &&
  targetId === shown.targetId &&
  before === undefined &&
  (problems.length === 0 ? shown.problemsJson === null : JSON.stringify(problems) === shown.problemsJson) &&
  !problems.some(isError);

/** ',CODE,CODE,' so that one code can be looked for. */
const effectsOf = (plan: RowPlan | null): string | null =>
  plan?.effects && plan.effects.length > 0 ? `,${plan.effects.join(',')},` : null;

/** Compared as it stands when the commit comes: what was shown is what is done. */
export const changesOf = (plan: RowPlan | null): string | null =>
  plan?.changes && plan.changes.length > 0 ? JSON.stringify(plan.changes) : null;
