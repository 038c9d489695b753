import type {
  Examination,
  ImportContext,
  ImportDefinition,
  RowPlan,
  RowProblem,
} from '../../kernel/import-definition.js';
import { isError, type ReadRow, type RowReader } from './row-reader.js';
import type { StagedRow } from './row-codec.js';

export type ExaminedState = 'VALID' | 'WARNING' | 'INVALID' | 'IGNORED';

export interface ExaminedRow extends ReadRow {
  readonly state: ExaminedState;
  /** What the commit would do with it; null where there is an error. */
  readonly plan: RowPlan | null;
}

const NOTHING: Examination = { problems: new Map(), plans: new Map() };

/** What the engine sees in the cells and what the room knows of them, together. The same at validation and at commit. */
export async function examineRows(
  definition: ImportDefinition,
  context: ImportContext,
  reader: RowReader,
  staged: readonly StagedRow[],
): Promise<readonly ExaminedRow[]> {
  return examineRead(
    definition,
    context,
    staged.map((row) => reader.read(row)),
  );
}

/** The same for lines that have been read already. */
export async function examineRead(
  definition: ImportDefinition,
  context: ImportContext,
  read: readonly ReadRow[],
): Promise<readonly ExaminedRow[]> {
  const rows = read.filter(({ ignored }) => ignored === null);
  const found =
    rows.length === 0
      ? NOTHING
      : await definition.examine(
          context,
          rows.map(({ rowNumber, values }) => ({ rowNumber, values })),
        );
  return read.map((row) => {
    if (row.ignored) return { ...row, state: 'IGNORED' as const, plan: null };
    const problems = joined(row.problems, found.problems.get(row.rowNumber) ?? []);
    const state = stateOf(problems);
    return { ...row, problems, state, plan: state === 'INVALID' ? null : (found.plans.get(row.rowNumber) ?? null) };
  });
}

/** What the engine itself sees in the cells; the room is asked when it applies them. */
export const examineCells = (read: readonly ReadRow[]): readonly ExaminedRow[] =>
  read.map((row) => ({ ...row, state: row.ignored ? ('IGNORED' as const) : stateOf(row.problems), plan: null }));

/** The room never saw the text of a cell that could not be read: what it says about that cell says nothing. */
function joined(own: readonly RowProblem[], theirs: readonly RowProblem[]): readonly RowProblem[] {
  if (theirs.length === 0) return own;
  const unreadable = new Set(own.filter(isError).flatMap(({ column }) => (column === null ? [] : [column])));
  const said = new Set(own.map(({ column, code }) => `${column ?? ''} ${code}`));
  return [
    ...own,
    ...theirs.filter(
      ({ column, code }) => !(column !== null && unreadable.has(column)) && !said.has(`${column ?? ''} ${code}`),
    ),
  ];
}

export function stateOf(problems: readonly RowProblem[]): Exclude<ExaminedState, 'IGNORED'> {
  if (problems.some(isError)) return 'INVALID';
  return problems.some(({ level }) => level === 'WARNING') ? 'WARNING' : 'VALID';
}

/** What a row is counted under: its first error, else its first warning, else why it was left out. */
export function causeOf(state: string, problems: readonly RowProblem[]): string | null {
  const level = state === 'WARNING' ? 'WARNING' : state === 'IGNORED' ? 'NOTE' : 'ERROR';
  return problems.find((problem) => problem.level === level)?.code.slice(0, 60) ?? null;
}
