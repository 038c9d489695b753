/** The one shape in which every reader hands over a table, whatever the file was. */

export const CELL_KINDS = ['TEXT', 'NUMBER', 'DATE', 'BOOLEAN', 'ERROR', 'EMPTY'] as const;
export type CellKind = (typeof CELL_KINDS)[number];

export interface Cell {
  /** 1 is column A. */
  readonly column: number;
  readonly kind: CellKind;
  /** What to show. A date is ISO text; a number is the shortest decimal that means the stored value. */
  readonly text: string;
  /** What the file holds, untouched: the serial of a date, all 17 digits of a number, the guarding apostrophe. */
  readonly raw: string;
  /** True when the value is the cached result of a formula; K20 and R19 refuse those in ID, name and number columns. */
  readonly formula: boolean;
}

/** `cells` holds only cells with a value (or a formula without one, as EMPTY); rows without such cells are not delivered. */
export interface SheetRow {
  /** As the spreadsheet program shows it. */
  readonly rowNumber: number;
  readonly hidden: boolean;
  readonly cells: readonly Cell[];
}

export interface SheetInfo {
  readonly name: string;
  readonly hidden: boolean;
}

export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** What a sheet says about itself outside its rows. */
export interface SheetLayout {
  readonly sheet: string | null;
  readonly hiddenColumns: readonly number[];
  readonly merges: readonly MergedRange[];
}

/** How a sheet ended; every row that was not delivered is counted here. */
export interface SheetSummary {
  readonly rows: number;
  readonly hiddenRows: number;
  /** Rows whose number is below that of a row before them in the file. */
  readonly rowsOutOfOrder: number;
  /** Rows with values that stand below the gap at which reading stopped. */
  readonly rowsAfterGap: number;
  readonly firstRowAfterGap: number | null;
}

export interface ReaderLimits {
  readonly maxFileBytes: number;
  readonly maxEntries: number;
  readonly maxUnpackedBytes: number;
  readonly maxRatio: number;
  /** Below this many unpacked bytes the ratio says nothing: an honest sheet of one repeated value packs well. */
  readonly ratioFromBytes: number;
  readonly maxSheets: number;
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly maxCellLength: number;
  readonly maxSharedTexts: number;
  readonly maxSharedTextBytes: number;
  /** All delivered text together: a hundred bytes of sheet can repeat one long shared text a thousand times. */
  readonly maxDeliveredLength: number;
  readonly emptyRowsToStop: number;
}

const MIB = 1024 * 1024;

/** R19 of the reliability reference; 32,767 characters is the limit of Excel itself. */
export const DEFAULT_LIMITS: ReaderLimits = {
  maxFileBytes: 50 * MIB,
  maxEntries: 200,
  maxUnpackedBytes: 200 * MIB,
  maxRatio: 100,
  ratioFromBytes: 10 * MIB,
  maxSheets: 100,
  maxRows: 200_000,
  maxColumns: 64,
  maxCellLength: 32_767,
  maxSharedTexts: 4_000_000,
  maxSharedTextBytes: 64 * MIB,
  maxDeliveredLength: 96 * MIB,
  emptyRowsToStop: 200,
};

/** Titles and headers stand above the data; the reader cannot know how many, so it grants this many on top of `maxRows`. */
export const ROWS_ABOVE_DATA = 20;

/** The last row and column of the format. */
export const LAST_SHEET_ROW = 1_048_576;
export const LAST_SHEET_COLUMN = 16_384;

export function withLimits(changes: Partial<ReaderLimits> | undefined): ReaderLimits {
  const given = Object.entries(changes ?? {}).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_LIMITS, ...(Object.fromEntries(given) as Partial<ReaderLimits>) };
}

/** 28 becomes AB. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
