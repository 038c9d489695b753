/** api.md, Bulk import: one number for each state of a row. */
export class ImportCountsView {
  /** Staged lines: every line of the sheet but its header. */
  total: number;
  valid: number;
  warning: number;
  invalid: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  ignored: number;
  reverted: number;
}

/** Every line of the file stands in exactly one of them: rowsIn = accepted + rejected + ignored + duplicate + unexamined, always. */
export class ImportAccountView {
  /** Lines of the sheet but its header. */
  rowsIn: number;
  /** Sound, imported, found unchanged or skipped by choice; also what was imported and taken back. */
  accepted: number;
  /** With an error, or failed at the commit. */
  rejected: number;
  /** Titles, totals, signatures, empty lines. */
  ignored: number;
  /** Rows that another row of the file, or of an earlier import, says too: none counts until one is chosen. */
  duplicate: number;
  /** Not examined yet; 0 as soon as the import is VALIDATED. */
  unexamined: number;
}

export class ImportProgressView {
  /** Rows done and rows to do in the phase at hand. */
  doneRows: number;
  totalRows: number;
  /** Of the phase at hand; 100 when nothing is left to do in it. */
  percent: number;
  rowsPerSecond: number;
  /** Null when it can't be told. */
  secondsLeft: number | null;
}

export class ImportProblemView {
  code: string;
  /** What is wrong and what to do, in Chinese. */
  detail: string;
  detailEn?: string;
  /** Where to look in the file: sheet, row, cell or line. */
  location?: object;
}

export class ImportHeadingView {
  /** 1 is column A. */
  column: number;
  letter: string;
  heading: string;
}

export class ImportMappedColumnView extends ImportHeadingView {
  field: string;
  /** EXACT, ALIAS, NORMALISED, SIMILAR, REMEMBERED or CHOSEN. */
  how: string;
  /** The same in Chinese: 同名, 别名, 写法相近, 相似, 上次记忆, 手工选择. */
  why: string;
}

export class ImportAmbiguousView {
  field: string;
  columns: ImportHeadingView[];
}

export class ImportOptionView {
  code: string;
  zh: string;
}

export class ImportFieldView {
  field: string;
  heading: string;
  required: boolean;
  /** text, id-number, name, date, score, number or boolean. */
  cell: string;
  note: string | null;
  /** The words of its drop-down. */
  options: ImportOptionView[];
}

export class ImportSheetView {
  name: string;
  hidden: boolean;
}

export class ImportCauseView {
  state: string;
  code: string;
  rows: number;
}

export class ImportNoteView {
  code: string;
  detail: string;
  rows?: number;
  firstRow?: number;
}

export class ImportRoundView {
  round: number;
  fileName: string;
  fileSha256: string;
  sentAt: string;
}

export class ImportPersonView {
  id: string;
  name: string;
}

/** What an import did, or what its commit came to. */
export class ImportEffectsView {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
}

export class ImportSummaryView {
  id: string;
  kind: string;
  status: string;
  /** The first file; those of later rounds stand in `rounds`. */
  fileName: string;
  fileSha256: string;
  round: number;
  counts: ImportCountsView;
  progress: ImportProgressView;
  problem: ImportProblemView | null;
  duplicateOf: string | null;
  createdAt: string;
  finishedAt: string | null;
  startedBy: ImportPersonView;
}

export class ImportView extends ImportSummaryView {
  parameters: Record<string, string>;
  policy: string | null;
  fileSize: number;
  effects: ImportEffectsView;
  /** How many rows stand under which code: each row once, under its first. */
  causes: ImportCauseView[];
  rounds: ImportRoundView[];
  sheet: string | null;
  sheets: ImportSheetView[];
  encoding: string | null;
  separator: string | null;
  headerRow: number | null;
  headings: ImportHeadingView[];
  fields: ImportFieldView[];
  mapping: ImportMappedColumnView[];
  values: Record<string, Record<string, string>>;
  ignoredHeadings: ImportHeadingView[];
  missingFields: string[];
  ambiguous: ImportAmbiguousView[];
  notes: ImportNoteView[];
  owner: ImportPersonView;
  committedBy: ImportPersonView | null;
  account: ImportAccountView;
  version: number;
}

export class ImportAcceptedView {
  id: string;
  status: string;
  round: number;
  /** An earlier import of the same file for the same purpose; its rows will come out UNCHANGED. */
  duplicateOf: string | null;
}

export class ImportPageView {
  items: ImportSummaryView[];
  nextCursor: string | null;
}

export class RowChangeView {
  column: string;
  heading: string;
  before: string;
  after: string;
}

export class RowProblemView {
  column: string | null;
  code: string;
  level: 'ERROR' | 'WARNING' | 'NOTE';
  detail: string;
}

export class ImportRowView {
  /** As the spreadsheet program shows it. */
  rowNumber: number;
  state: string;
  /** As uploaded, by field (by column letter while nothing is mapped). Personal data is masked. */
  raw: Record<string, string>;
  /** As read, with the corrections. Personal data is masked. */
  normalised: Record<string, string>;
  /** Fields that were corrected after the upload. */
  corrected: string[];
  /** Somebody chose not to import it. */
  leftOut: boolean;
  problems: RowProblemView[];
  targetId: string | null;
  /** What the commit would do, or did: null for rows with an error. */
  planned: 'CREATED' | 'UPDATED' | 'UNCHANGED' | null;
  /** 旧值 → 新值 of what is recorded already. */
  changes: RowChangeView[];
  /** Codes of what follows from the row; their sentences are in GET /imports/{id}/consequences. */
  effects: string[];
  /** GET /imports/{id}/rows/{rowNumber}/repairs may have an offer. */
  repairable: boolean;
}

export class ImportRowPageView {
  items: ImportRowView[];
  nextCursor: string | null;
}

/** What would have to be undone first, in this order. */
export class UndoStepView {
  order: number;
  code: string;
  zh: string;
  en: string;
  /** Locked rows that wait for it. */
  rows: number;
}

export class LockedRowView {
  rowNumber: number;
  problems: RowProblemView[];
}

export class RevertView {
  dryRun: boolean;
  /** Rows that were, or would be, undone. */
  reverted: number;
  /** Rows that stay, and why; at most 1,000 are listed. */
  locked: LockedRowView[];
  lockedRows: number;
  /** In which order the locks could be undone. */
  steps: UndoStepView[];
  status: string;
}

export class CheckedFileView {
  fileSha256: string;
  /** Imports of these very bytes within the scope, oldest first. */
  imports: ImportSummaryView[];
  /** The import whose error workbook this is: uploading it opens its next round. */
  roundOf: string | null;
  /** Of each kind whose header the file fits: how many of its rows were imported before, and where. */
  rows: CheckedRowsView[];
}

export class KnownRowsView {
  importId: string;
  fileName: string;
  status: string;
  finishedAt: string | null;
  /** Rows of the file that this import wrote or found unchanged, whatever the file was called. */
  rows: number;
}

export class CheckedRowsView {
  kind: string;
  title: string;
  /** Rows of the file that can be read as this kind. */
  total: number;
  known: number;
  imports: KnownRowsView[];
}
