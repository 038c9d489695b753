import {
  FileRefused,
  readSpreadsheet,
  type ReadSpreadsheetOptions,
  type SheetRow,
} from '../../../src/infrastructure/files/index.js';

/** What a file came to: refused with a code (and limit, and place), or its rows. */
export type Outcome = { refused: string; limit?: number; at?: string | number } | { rows: (string | number)[][] };

type Options = Omit<ReadSpreadsheetOptions, 'fileName'>;

export async function rowsOf(path: string, fileName: string, options: Options = {}): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const event of readSpreadsheet(path, { childModule: null, ...options, fileName })) {
    if (event.type === 'rows') rows.push(...event.rows);
  }
  return rows;
}

/** Rows as [row number, text, text…], with the columns between filled by empty texts. */
export function table(rows: readonly SheetRow[]): (string | number)[][] {
  return rows.map(({ rowNumber, cells }) => {
    const texts = Array.from({ length: cells.at(-1)?.column ?? 0 }, () => '');
    for (const { column, text } of cells) texts[column - 1] = text;
    return [rowNumber, ...texts];
  });
}

export async function outcomeOf(path: string, fileName: string, options: Options = {}): Promise<Outcome> {
  try {
    return { rows: table(await rowsOf(path, fileName, options)) };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const { code, limit, location } = error;
    const at = location?.cell ?? location?.line ?? location?.row;
    return { refused: code, ...(limit === null ? {} : { limit }), ...(at === undefined ? {} : { at }) };
  }
}
