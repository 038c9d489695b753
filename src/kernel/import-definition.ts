import type { Actor } from './actor.js';
import type { Permission } from './permissions.js';

/** One column of a sheet. `headings`: accepted spellings, the first goes into the template. */
export interface ImportColumn {
  readonly field: string;
  readonly headings: readonly string[];
  /** How the cell is read. ID numbers, names and numbers of papers are 'text': a numeric cell is an error there. */
  readonly cell: 'text' | 'id-number' | 'name' | 'date' | 'score' | 'number' | 'boolean';
  readonly required: boolean;
  /** Drop-down of the template; the API and the sheets take either the Chinese name or the code. */
  readonly options?: readonly { readonly code: string; readonly zh: string; readonly aliases?: readonly string[] }[];
  readonly note?: string;
  /** Characters; a longer text is an error (TEXT_TOO_LONG). 200 when left out. */
  readonly maxLength?: number;
  /** Holds personal data that must be masked when a row is shown. */
  readonly sensitive?: boolean;
}

export type RowLevel = 'ERROR' | 'WARNING' | 'NOTE';

export interface RowProblem {
  /** Field name of the column, or null when the row as a whole is meant. */
  readonly column: string | null;
  readonly code: string;
  readonly level: RowLevel;
  /** A sentence with the cure, in Chinese. Never an ID number. */
  readonly detail: string;
}

/** Normalised cell texts of one row by field; an absent or empty cell is ''. */
export type ImportValues = Readonly<Record<string, string>>;

export interface ImportRow {
  readonly rowNumber: number;
  readonly values: ImportValues;
}

export type OutcomeState = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'SKIPPED' | 'FAILED';

export interface RowOutcome {
  readonly rowNumber: number;
  readonly state: OutcomeState;
  readonly targetId: string | null;
  /** Before-image for a revert; never an ID number in clear. */
  readonly before?: unknown;
  readonly problems?: readonly RowProblem[];
}

export interface ImportContext {
  readonly actor: Actor;
  readonly importId: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface RevertRow {
  readonly rowNumber: number;
  readonly state: OutcomeState;
  readonly targetId: string | null;
  readonly before: unknown;
}

/**
 * What a room says about being filled by file. The engine (imports) finds it by the mark @Importable() and knows nothing else
 * about the room. Validation and commit call the same `examine`.
 */
export interface ImportDefinition {
  readonly kind: string;
  /** Raised when columns or meaning change. */
  readonly version: number;
  readonly permission: Permission;
  /** Names of the required parameters, e.g. ['examId']. */
  readonly parameters: readonly string[];
  readonly columns: readonly ImportColumn[];
  /** Title of the template and of the sheet. */
  readonly title: string;
  /** What makes two rows the same row, inside one file. Null when the row lacks it. */
  naturalKey(values: ImportValues): string | null;
  /** Throws a Problem when the parameters do not fit (unknown exam, outside the scope, already released). */
  checkParameters(context: ImportContext): Promise<void>;
  /** Reads only, set-based, inside the actor's scope. A row without entry has nothing against it. */
  examine(context: ImportContext, rows: readonly ImportRow[]): Promise<ReadonlyMap<number, readonly RowProblem[]>>;
  /** Inside the engine's transaction: locks officers in ascending id, decides again, one outcome per row. */
  apply(context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]>;
  /** What can't be undone, and why, by row number. With `dryRun` nothing is written. */
  revert(
    context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>>;
  /**
   * True when `apply` says of every row all that `examine` would say (faults as FAILED, warnings with the outcome): then the engine
   * does not ask twice at the commit.
   */
  readonly examinesInApply?: boolean;
  /** Rows of a pre-filled template (e.g. an exam's candidates); without it the template is empty. */
  prefill?(context: ImportContext): AsyncIterable<ImportValues>;
}
