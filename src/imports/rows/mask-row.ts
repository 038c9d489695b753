import { columnLetters, type Cell } from '../../infrastructure/files/index.js';
import type { ImportColumn, ImportDefinition } from '../../kernel/import-definition.js';
import { maskIdNumber, maskPhone } from '../../rules/codes/id-number.js';
import type { Mapping } from '../import-record.js';
import type { Overlay, StagedRow } from './row-codec.js';

/** Whatever column it stands in: a number that could be somebody's. */
const ID_LIKE = /(?<![0-9A-Za-z])[0-9][0-9 -]{12,20}[0-9Xx](?![0-9A-Za-z])/g;
const PHONE_LIKE = /(?<!\d)1[3-9]\d{9}(?!\d)/g;

export const maskColumn = (column: ImportColumn | null, text: string): string => {
  if (text === '') return text;
  if (column?.cell === 'id-number') return maskIdNumber(text);
  if (column?.sensitive) return maskPhone(text);
  const plain = text.normalize('NFKC');
  const masked = plain
    .replace(ID_LIKE, (found) => maskIdNumber(found))
    .replace(PHONE_LIKE, (found) => maskPhone(found));
  return masked === plain ? text : masked;
};

/** The uploaded texts of a row for showing. Columns that feed no field are left out: nobody said what they hold. */
export function maskedRaw(
  definition: ImportDefinition,
  mapping: Mapping | null,
  row: StagedRow,
): Record<string, string> {
  const mapped = mapping && Object.keys(mapping.columns).length > 0;
  if (!mapped) {
    return Object.fromEntries(row.cells.map(({ column, text }) => [columnLetters(column), maskColumn(null, text)]));
  }
  const byColumn = new Map(row.cells.map((cell) => [cell.column, cell]));
  return Object.fromEntries(
    definition.columns
      .filter(({ field }) => Object.hasOwn(mapping.columns, field))
      .map((column) => [
        column.field,
        maskColumn(column, byColumn.get(mapping.columns[column.field]!.column)?.text ?? ''),
      ]),
  );
}

export const maskedValues = (
  definition: ImportDefinition,
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    definition.columns.map((column) => [column.field, maskColumn(column, values[column.field] ?? '')]),
  );

/** The cell that counts for a field: the corrected one, else the uploaded one. In clear: for the error workbook only. */
export function cellOf(
  field: string,
  mapping: Mapping | null,
  cells: readonly Cell[],
  overlay: Overlay,
): Cell | undefined {
  if (Object.hasOwn(overlay, field)) return overlay[field];
  const column = mapping && Object.hasOwn(mapping.columns, field) ? mapping.columns[field]?.column : undefined;
  return column === undefined ? undefined : cells.find((cell) => cell.column === column);
}
