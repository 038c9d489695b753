import type { ImportColumn } from '../../kernel/import-definition.js';

/** A hidden sheet of the error workbook: which import it came from. */
export const MARKER_SHEET = '_chizheng';
export const ROW_NUMBER_FIELD = '_rowNumber';
export const REASON_FIELD = '_reason';

/** The two columns that an error workbook has besides those of its template. */
export const ROUND_COLUMNS: readonly ImportColumn[] = [
  { field: ROW_NUMBER_FIELD, headings: ['原行号'], cell: 'text', required: true },
  { field: REASON_FIELD, headings: ['失败原因'], cell: 'text', required: false },
];
