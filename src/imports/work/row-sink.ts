import type {
  ReadSpreadsheetOptions,
  SheetLayout,
  SheetRow,
  SpreadsheetSample,
} from '../../infrastructure/files/index.js';
import type { ImportRecord, LayoutNote } from '../import-record.js';
import type { AboutFile, FoundLayout } from './file-layout.js';
import type { Lease } from './leases.js';

export interface ParseJob {
  readonly record: ImportRecord;
  readonly lease: Lease;
  readonly options: ReadSpreadsheetOptions;
  readonly maxRows: number;
  /** Lines seen so far in this reading, in the order of the file; the cursor of the next attempt. */
  readonly seen: { ordinal: number };
}

/** Where the lines of a file go: the first file is staged, the file of a later round corrects what was staged. */
export interface RowSink {
  /** The sheet that holds the table; null when somebody has to choose (the sink has asked for it then). */
  chooseSheet(job: ParseJob, sample: SpreadsheetSample): Promise<string | null>;
  layoutOf(job: ParseJob, about: AboutFile, sheet: SheetLayout, first: readonly SheetRow[]): Promise<FoundLayout>;
  /** Counts the lines and makes them ready; they are written when the lines before them are, by calling what this gives. */
  take(job: ParseJob, found: FoundLayout, rows: readonly SheetRow[]): Promise<() => Promise<void>>;
  finish(job: ParseJob, found: FoundLayout, notes: readonly LayoutNote[]): Promise<void>;
}
