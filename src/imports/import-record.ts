import type { ImportState } from '../rules/import.lifecycle.js';
import type { HowMatched } from '../infrastructure/files/index.js';

export type Policy = 'VALID_ROWS_ONLY' | 'ALL_OR_NOTHING';

/** Which column of the file feeds a field, and why. */
export interface MappedColumn {
  readonly column: number;
  readonly letter: string;
  readonly heading: string;
  readonly how: HowMatched | 'CHOSEN';
}

export interface Mapping {
  readonly columns: Readonly<Record<string, MappedColumn>>;
  /** By field: what stands in the sheet → what is meant by it. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Heading {
  readonly column: number;
  readonly letter: string;
  readonly heading: string;
}

export interface LayoutNote {
  readonly code: string;
  readonly detail: string;
  readonly rows?: number;
  readonly firstRow?: number;
}

/** What the file looks like; none of it comes from below the header. */
export interface Layout {
  readonly format: 'XLSX' | 'CSV';
  readonly sheet: string | null;
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[];
  readonly encoding: string | null;
  readonly separator: string | null;
  readonly headerRows: readonly number[];
  readonly firstDataRow: number;
  readonly headings: readonly Heading[];
  readonly missing: readonly string[];
  readonly ambiguous: readonly { readonly field: string; readonly columns: readonly Heading[] }[];
  readonly fingerprint: string;
  readonly notes: readonly LayoutNote[];
}

/** Why an import stopped. `detail` is for people; it never quotes the file. */
export interface ImportProblem {
  readonly code: string;
  readonly detail: string;
  readonly detailEn?: string;
  readonly location?: object;
}

export interface ImportRecord {
  readonly id: string;
  readonly kind: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly status: ImportState;
  readonly stage: 'EXAMINE' | 'DUPLICATES';
  readonly policy: Policy | null;
  readonly round: number;
  readonly sheetName: string | null;
  readonly encoding: string | null;
  readonly headerRow: number | null;
  /** Of a text file, as somebody chose it. */
  readonly separator: string | null;
  readonly mapping: Mapping | null;
  readonly layout: Layout | null;
  readonly problem: ImportProblem | null;
  readonly duplicateOf: string | null;
  readonly startedBy: string;
  /** Whose rights the worker uses: who sent the file of this round, mapped it or committed it. */
  readonly actingBy: string;
  readonly committedBy: string | null;
  readonly ownerSubjectId: string;
  readonly totalRows: number;
  readonly phaseRows: number;
  readonly doneRows: number;
  /** What a running commit of all or nothing says about itself: its own rows can't be seen yet. */
  readonly toldRows: number | null;
  readonly afterRow: number;
  readonly epoch: number;
  readonly attempts: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly phaseStartedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface ImportFile {
  readonly round: number;
  readonly key: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

export const IMPORT_COLUMNS = `i.id, i.kind, i.parameters_json, i.status, i.stage, i.policy, i.round, i.sheet_name, i.encoding, i.header_row,
  i.mapping_json, i.layout_json, i.problem_json, i.duplicate_of, i.started_by, i.acting_by, i.committed_by, i.owner_subject_id,
  i.total_rows, i.phase_rows, i.done_rows, i.after_row, i.epoch, i.attempts, i.version, i.created_at, i.phase_started_at, i.finished_at,
  i.separator_mark, (SELECT p.done_rows FROM import_progress p WHERE p.import_id = i.id AND p.epoch = i.epoch) AS told_rows`;

export interface ImportRowOfTable {
  readonly id: string;
  readonly kind: string;
  readonly parameters_json: string;
  readonly status: ImportState;
  readonly stage: 'EXAMINE' | 'DUPLICATES';
  readonly policy: Policy | null;
  readonly round: number;
  readonly sheet_name: string | null;
  readonly encoding: string | null;
  readonly header_row: number | null;
  readonly separator_mark: string | null;
  readonly told_rows: number | null;
  readonly mapping_json: string | null;
  readonly layout_json: string | null;
  readonly problem_json: string | null;
  readonly duplicate_of: string | null;
  readonly started_by: string;
  readonly acting_by: string;
  readonly committed_by: string | null;
  readonly owner_subject_id: string;
  readonly total_rows: number;
  readonly phase_rows: number;
  readonly done_rows: number;
  readonly after_row: number;
  readonly epoch: number;
  readonly attempts: number;
  readonly version: number;
  readonly created_at: Date;
  readonly phase_started_at: Date | null;
  readonly finished_at: Date | null;
}

const parsed = <T>(json: string | null): T | null => (json === null ? null : (JSON.parse(json) as T));

export const recordOf = (row: ImportRowOfTable): ImportRecord => ({
  id: row.id,
  kind: row.kind,
  parameters: parsed<Record<string, string>>(row.parameters_json) ?? {},
  status: row.status,
  stage: row.stage,
  policy: row.policy,
  round: row.round,
  sheetName: row.sheet_name,
  encoding: row.encoding,
  headerRow: row.header_row,
  separator: row.separator_mark,
  toldRows: row.told_rows,
  mapping: parsed<Mapping>(row.mapping_json),
  layout: parsed<Layout>(row.layout_json),
  problem: parsed<ImportProblem>(row.problem_json),
  duplicateOf: row.duplicate_of,
  startedBy: row.started_by,
  actingBy: row.acting_by,
  committedBy: row.committed_by,
  ownerSubjectId: row.owner_subject_id,
  totalRows: row.total_rows,
  phaseRows: row.phase_rows,
  doneRows: row.done_rows,
  afterRow: row.after_row,
  epoch: row.epoch,
  attempts: row.attempts,
  version: row.version,
  createdAt: row.created_at,
  phaseStartedAt: row.phase_started_at,
  finishedAt: row.finished_at,
});
