/** What the commit would do, row for row. */
export class PlannedRowsView {
  /** New: nothing of the kind is recorded. */
  created: number;
  /** Recorded, and something differs; each row lists old and new values. */
  updated: number;
  unchanged: number;
  /** By choice of `existing: SKIP`; 0 before the commit. */
  skipped: number;
  /** Rows with an error: they are not imported. */
  failed: number;
  /** Titles, totals, signatures. */
  ignored: number;
}

export class EffectView {
  code: string;
  zh: string;
  en: string;
  rows: number;
}

export class ConsequenceView {
  code: string;
  zh: string;
  en: string;
  count: number;
  of: 'PERSON' | 'CERTIFICATE' | 'DEPLOYMENT';
}

export class ImportWarningView {
  code: string;
  rows: number;
  /** The commit asks for this code in `acknowledge`. */
  mustAcknowledge: boolean;
}

export class SameRowsView {
  importId: string;
  fileName: string;
  status: string;
  finishedAt: string | null;
  rows: number;
}

/** What the commit of a validated import would lead to; the rows are decided by the code of the commit itself. */
export class ImportConsequencesView {
  status: string;
  /** The moment it was worked out. */
  asOf: string;
  rows: PlannedRowsView;
  /** What follows from single rows. `GET …/rows?effect=` lists them. */
  effects: EffectView[];
  /** What follows from all rows together. */
  follows: ConsequenceView[];
  warnings: ImportWarningView[];
  /** Earlier imports that wrote the very same rows. */
  sameRows: SameRowsView[];
}

/** A value that stands in cells with an error, once, with the number of its rows. */
export class FixableValueView {
  column: string;
  heading: string;
  /** As it stands in the file; masked where it is personal. */
  value: string;
  rows: number;
  firstRow: number;
  /** The problem codes of its cells. */
  codes: string[];
  /** The word of the drop-down that it resembles most. */
  suggestion: string | null;
  options: FixOptionView[];
  /** False for personal values, which differ from row to row: fix them one by one. */
  fixable: boolean;
}

export class FixOptionView {
  code: string;
  zh: string;
}

export class FixableValuesView {
  items: FixableValueView[];
  /** False when there are more rows with errors than are looked at at once. */
  complete: boolean;
}

export class FixedRowsView {
  /** Rows that got the new value; they are being examined. */
  rows: number;
  status: string;
}

export class RepairPersonView {
  name: string;
  unitName: string;
}

export class RepairOfferView {
  offerId: string;
  column: string;
  heading: string;
  /** What stands in the file, and what the register holds: side by side, both masked. */
  current: string;
  proposed: string;
  /** What agrees, in Chinese. */
  because: string[];
  person: RepairPersonView;
}

export class RepairOffersView {
  items: RepairOfferView[];
}

export class RememberedColumnView {
  heading: string;
  /** Null: this column is left out. */
  field: string | null;
}

export class ImportMemoryView {
  id: string;
  kind: string;
  /** HEADER: which column feeds which field in files with these headings. WORDS: what words of one column mean. */
  about: 'HEADER' | 'WORDS';
  columns: RememberedColumnView[];
  /** The column whose words are remembered. */
  field: string | null;
  words: Record<string, string>;
  updatedAt: string;
}

export class ImportMemoriesView {
  items: ImportMemoryView[];
}
