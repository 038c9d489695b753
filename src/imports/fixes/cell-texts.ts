import type { ImportColumn, ImportDefinition, ImportValues, RowProblem } from '../../kernel/import-definition.js';
import type { Mapping } from '../import-record.js';
import { cellOf } from '../rows/mask-row.js';
import type { StagedRow } from '../rows/row-codec.js';

/** The texts of a row as they stand in its cells, with corrections. In clear: for comparing, not for showing. */
export const rawTexts = (definition: ImportDefinition, mapping: Mapping | null, row: StagedRow): ImportValues =>
  Object.fromEntries(
    definition.columns.map(({ field }) => [field, cellOf(field, mapping, row.cells, row.overlay)?.text.trim() ?? '']),
  );

/** Values that are somebody's own differ from row to row; and an identity is never replaced in bulk. */
export const isFixable = ({ cell, sensitive, hidden }: ImportColumn): boolean =>
  sensitive !== true && hidden !== true && cell !== 'id-number' && cell !== 'name';

/** The columns of a row that have an error, with its codes. */
export function wrongColumns(problems: readonly RowProblem[]): ReadonlyMap<string, readonly string[]> {
  const wrong = new Map<string, string[]>();
  for (const { column, code, level } of problems)
    if (level === 'ERROR' && column !== null) wrong.set(column, [...(wrong.get(column) ?? []), code]);
  return wrong;
}
