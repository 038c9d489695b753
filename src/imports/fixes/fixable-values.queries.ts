import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import type { ImportColumn, RowProblem } from '../../kernel/import-definition.js';
import type { FixableValuesQuery } from '../import.dto.js';
import type { FixableValuesView, FixableValueView } from '../import-preview.view.js';
import { ImportStore } from '../import-store.js';
import { ImportRows } from '../rows/import-rows.js';
import { isFixable, rawTexts, wrongColumns } from './cell-texts.js';

/** Rows with errors that are looked at at once; the rest comes when these are settled. */
export const MOST_ROWS = 20_000;
const CHUNK = 500;
const MOST_VALUES = 200;

/** The values that stand in cells with an error: each once, with the number of its rows. */
@Injectable()
export class FixableValuesQueries {
  constructor(
    private readonly db: Db,
    private readonly store: ImportStore,
    private readonly rows: ImportRows,
  ) {}

  /** @throws Problem 404 */
  async list(actor: Actor, id: string, { column }: FixableValuesQuery): Promise<FixableValuesView> {
    const record = await this.store.inScope(actor, id);
    const definition = this.store.definitionOf(record);
    const columns = new Map(
      definition.columns
        .filter(({ field }) => column === undefined || field === column)
        .map((one) => [one.field, one] as const),
    );
    const found = new Map<string, FixableValueView>();
    let looked = 0;
    for (let after = 0; looked < MOST_ROWS;) {
      const wrong = await this.wrongRows(id, after);
      const last = wrong.at(-1);
      if (!last) break;
      const problems = new Map(wrong.map(({ row_no, problems_json }) => [row_no, problems_json]));
      for (const row of await this.rows.byNumbers(id, [...problems.keys()])) {
        const texts = rawTexts(definition, record.mapping, row);
        const said = JSON.parse(problems.get(row.rowNumber) ?? '[]') as RowProblem[];
        for (const [field, codes] of wrongColumns(said)) {
          const about = columns.get(field);
          if (about) add(found, about, texts[field] ?? '', row.rowNumber, codes);
        }
      }
      looked += wrong.length;
      after = last.row_no;
    }
    const items = [...found.values()].sort((a, b) => b.rows - a.rows || a.firstRow - b.firstRow);
    return { items: items.slice(0, MOST_VALUES), complete: looked < MOST_ROWS && items.length <= MOST_VALUES };
  }

  private wrongRows(id: string, after: number): Promise<{ row_no: number; problems_json: string }[]> {
    return this.db.rows(
      `SELECT row_no, problems_json FROM import_results
       WHERE import_id = ? AND state IN ('INVALID', 'FAILED') AND problems_json IS NOT NULL AND row_no > ? ORDER BY row_no LIMIT ?`,
      [id, after, CHUNK],
    );
  }
}

function add(
  found: Map<string, FixableValueView>,
  column: ImportColumn,
  text: string,
  rowNumber: number,
  codes: readonly string[],
): void {
  const fixable = isFixable(column);
  const value = fixable ? text : '';
  const key = `${column.field} ${value}`;
  const known = found.get(key);
  if (known) {
    known.rows += 1;
    known.codes = [...new Set([...known.codes, ...codes])];
    return;
  }
  found.set(key, {
    column: column.field,
    heading: column.headings[0] ?? column.field,
    value,
    rows: 1,
    firstRow: rowNumber,
    codes: [...new Set(codes)],
    suggestion: suggestionFor(column, text),
    options: (column.options ?? []).map(({ code, zh }) => ({ code, zh })),
    fixable,
  });
}

/** The word of the drop-down that holds the text, or is held by it; of several none. */
function suggestionFor({ options = [] }: ImportColumn, text: string): string | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
  if (plain.length < 2) return null;
  const near = options.filter(({ code, zh, aliases = [] }) =>
    [code, zh, ...aliases].some((word) => word.toUpperCase().includes(plain) || plain.includes(word.toUpperCase())),
  );
  return near.length === 1 ? (near[0]?.zh ?? null) : null;
}
