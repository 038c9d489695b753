import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { RowProblem } from '../../kernel/import-definition.js';
import { COMMITTED_STATES, ImportRows } from '../rows/import-rows.js';
import { stateOf } from '../rows/examine-rows.js';

const CODE = 'DUPLICATE_IN_FILE';
const NAMED = 5;
/** Rows whose words are said anew after a correction; what more rows say of each other stays true. */
const REFRESHED = 200;

interface KeyedRow {
  readonly row_no: number;
  readonly state: string;
  readonly natural_key_hash: string;
  readonly problems_json: string | null;
}

interface Sharers {
  readonly natural_key_hash: string;
  readonly rows: number;
  readonly first_rows: string;
}

/** BR-139: rows of one key are an error on every one of them, linked, until one is chosen. */
@Injectable()
export class MarkDuplicates {
  constructor(
    private readonly db: Db,
    private readonly rows: ImportRows,
  ) {}

  /** Marks the next rows that share a key and gives the number of the last one; null when none is left. */
  async mark(importId: string, afterRow: number, limit: number): Promise<number | null> {
    const shared = await this.db.rows<{ row_no: number; natural_key_hash: string }>(
      `SELECT r.row_no, r.natural_key_hash FROM import_results r
       JOIN (SELECT natural_key_hash FROM import_results WHERE import_id = ? AND natural_key_hash IS NOT NULL AND state <> 'REVERTED'
             GROUP BY natural_key_hash HAVING COUNT(*) > 1) d ON d.natural_key_hash = r.natural_key_hash
       WHERE r.import_id = ? AND r.row_no > ? ORDER BY r.row_no LIMIT ?`,
      [importId, importId, afterRow, limit],
    );
    const last = shared.at(-1);
    if (!last) return null;
    const keys = shared.map(({ natural_key_hash }) => natural_key_hash);
    const numbers = shared.map(({ row_no }) => row_no);
    const rows = await this.db.rows<KeyedRow>(
      `SELECT row_no, state, natural_key_hash, problems_json FROM import_results WHERE import_id = ? AND row_no IN (${marks(numbers)})`,
      [importId, ...numbers],
    );
    await this.say(importId, keys, rows);
    return last.row_no;
  }

  /** Says anew, for the rows of these keys, which rows share them: after a correction. */
  async refresh(importId: string, keys: readonly string[]): Promise<void> {
    const rows = await this.db.rows<KeyedRow>(
      `SELECT row_no, state, natural_key_hash, problems_json FROM import_results
       WHERE import_id = ? AND natural_key_hash IN (${marks(keys)}) ORDER BY row_no LIMIT ?`,
      [importId, ...keys, REFRESHED],
    );
    await this.say(importId, keys, rows);
  }

  private async say(importId: string, keys: readonly string[], rows: readonly KeyedRow[]): Promise<void> {
    const open = rows.filter(
      ({ state }) => state !== 'IGNORED' && !(COMMITTED_STATES as readonly string[]).includes(state),
    );
    if (open.length === 0) return;
    const distinct = [...new Set(keys)];
    const sharers = await this.db.rows<Sharers>(
      `SELECT natural_key_hash, COUNT(*) AS \`rows\`, SUBSTRING_INDEX(GROUP_CONCAT(row_no ORDER BY row_no), ',', ?) AS first_rows
       FROM import_results WHERE import_id = ? AND natural_key_hash IN (${marks(distinct)}) AND state NOT IN ('IGNORED', 'REVERTED')
       GROUP BY natural_key_hash`,
      [NAMED + 1, importId, ...distinct],
    );
    const byKey = new Map(sharers.map((found) => [found.natural_key_hash, found]));
    await this.rows.keepProblems(
      importId,
      open.map(({ row_no, natural_key_hash, problems_json }) => {
        const known = (JSON.parse(problems_json ?? '[]') as RowProblem[]).filter(({ code }) => code !== CODE);
        const sharing = byKey.get(natural_key_hash);
        const problems = sharing && Number(sharing.rows) > 1 ? [...known, duplicateOf(row_no, sharing)] : known;
        return { rowNumber: row_no, state: stateOf(problems), problems };
      }),
    );
  }
}

function duplicateOf(rowNo: number, { rows, first_rows }: Sharers): RowProblem {
  const others = Number(rows) - 1;
  const named = first_rows
    .split(',')
    .filter((number) => Number(number) !== rowNo)
    .slice(0, NAMED);
  const more = others > named.length ? `等 ${others} 行` : '行';
  return {
    column: null,
    code: CODE,
    level: 'ERROR',
    detail: `与第 ${named.join('、')} ${more}重复。请只保留其中一行。`,
  };
}
