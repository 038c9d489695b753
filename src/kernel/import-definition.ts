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
  /** Hidden in the template: filled in by `prefill`, not by people. */
  readonly hidden?: boolean;
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

/** One thing that somebody has to do before a row can be taken back; lower `order` first. */
export interface UndoStep {
  readonly order: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Why a row can't be taken back, and what would have to be undone before it. */
export interface RevertLock extends RowProblem {
  readonly steps?: readonly UndoStep[];
}

/** A field of a recorded thing that a row would change, in words that may be shown: phone numbers masked, never an ID number. */
export interface RowChange {
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

/** What the commit would do with a row that has no error. `apply` decides by the same code. */
export interface RowPlan {
  readonly state: 'CREATED' | 'UPDATED' | 'UNCHANGED';
  /** What is touched, by its opaque id; null for what does not exist yet. */
  readonly targetId?: string | null;
  /** Old and new values; only of what is UPDATED. */
  readonly changes?: readonly RowChange[];
  /** What follows from the row, by the codes of `effects` of the definition. */
  readonly effects?: readonly string[];
}

export interface Examination {
  /** A row without entry has nothing against it. */
  readonly problems: ReadonlyMap<number, readonly RowProblem[]>;
  /** One for each row without an error. */
  readonly plans: ReadonlyMap<number, RowPlan>;
}

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What the rows of an import together lead to: so many people, certificates, deployments. */
export interface Consequence extends Bilingual {
  readonly code: string;
  readonly count: number;
  readonly of: 'PERSON' | 'CERTIFICATE' | 'DEPLOYMENT';
}

/** A row that can't be taken as it stands, with what its cells hold. */
export interface DamagedRow extends ImportRow {
  /** The texts of the cells, by field, with corrections; `values` is empty where a cell could not be read. */
  readonly raw: ImportValues;
}

/** A value that the register holds for exactly one thing that fits the rest of the row. Taken by a click, never by itself. */
export interface RepairOffer {
  readonly column: string;
  /** In clear: shown masked, written when it is taken. */
  readonly value: string;
  /** What agreed, in Chinese, e.g. ['姓名', '身份证号前 15 位']. */
  readonly because: readonly string[];
  readonly person: { readonly name: string; readonly unitName: string };
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
  /** What was replaced, as the plan says it; the engine takes back what differs from what was shown before the commit. */
  readonly changes?: readonly RowChange[];
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
  /** Sentences of the codes in `RowPlan.effects`. */
  readonly effects?: Readonly<Record<string, Bilingual>>;
  /** Reads only, set-based, inside the actor's scope: what speaks against the rows, and what the commit would do with the others. */
  examine(context: ImportContext, rows: readonly ImportRow[]): Promise<Examination>;
  /** Inside the engine's transaction: locks officers in ascending id, decides again, one outcome per row. */
  apply(context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]>;
  /** What can't be undone, and why, by row number. With `dryRun` nothing is written. */
  revert(
    context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>>;
  /**
   * True when `apply` says of every row all that `examine` would say (faults as FAILED, warnings with the outcome): then the engine
   * does not ask twice at the commit.
   */
  readonly examinesInApply?: boolean;
  /**
   * What follows from the planned rows together, read by SQL over `import_results` (state VALID or WARNING: planned, target_id, effects)
   * and the tables they touch. Asked when somebody looks at a validated import.
   */
  consequences?(context: ImportContext): Promise<readonly Consequence[]>;
  /** Offers for one row that has an error: only what exactly one registered thing fits. */
  repairs?(context: ImportContext, row: DamagedRow): Promise<readonly RepairOffer[]>;
  /** Rows of a pre-filled template (e.g. an exam's candidates); without it the template is empty. */
  prefill?(context: ImportContext): AsyncIterable<ImportValues>;
}
