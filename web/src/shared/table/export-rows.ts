import { saveFile } from '../api/client';
import { dateTimeText, today } from '../lib/dates';
import { csvOf, safeText, type Cell } from '../lib/csv';
import type { Column } from './types';

export type ExportFormat = 'xlsx' | 'csv';

/**
 * Writes rows as they are shown: masked, texts as texts. A spreadsheet program takes no cell for a formula.
 *
 * @param by who made it; the last line says so
 */
export async function exportRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { name, format, by }: { name: string; format: ExportFormat; by: string },
): Promise<void> {
  const written = columns.filter(({ text }) => text !== undefined);
  const header = written.map(({ title }) => title);
  const cells = rows.map((row) => written.map(({ text }): Cell => text?.(row) ?? null));
  const foot = `${by} · ${dateTimeText(Date.now())} +08:00 · ${rows.length}`;
  const file = `${name}-${today()}`;
  if (format === 'csv') {
    saveFile(new Blob([csvOf([header, ...cells, [foot]])], { type: 'text/csv;charset=utf-8' }), `${file}.csv`);
    return;
  }
  const { default: writeExcel } = await import('write-excel-file/browser');
  const sheet = [
    header.map((value) => ({ value, fontWeight: 'bold' as const, backgroundColor: '#e8eef7' })),
    ...cells.map((line) =>
      line.map((value) =>
        typeof value === 'number'
          ? { value, type: Number }
          : { value: value === null ? '' : safeText(value), type: String, format: '@' },
      ),
    ),
    [{ value: foot, type: String, color: '#5a6472' }],
  ];
  const blob = await writeExcel(sheet, { stickyRowsCount: 1, columns: written.map(() => ({ width: 22 })) }).toBlob();
  saveFile(blob, `${file}.xlsx`);
}
