import type { RowOutcome, RowProblem } from '../../kernel/import-definition.js';
import { explain } from '../../rules/refusal-texts.js';
import type { Reason } from '../../rules/verdict.js';

export const error = (column: string | null, code: string, detail: string): RowProblem => ({
  column,
  code,
  level: 'ERROR',
  detail,
});

/** A reason of the law book as a problem of a row. */
export const problemOf = (reason: Reason, column: string | null, level: RowProblem['level'] = 'ERROR'): RowProblem => ({
  column,
  code: reason.code,
  level,
  detail: explain(reason).zh,
});

export const isError = ({ level }: RowProblem): boolean => level === 'ERROR';

export const failed = (rowNumber: number, problems: readonly RowProblem[]): RowOutcome => ({
  rowNumber,
  state: 'FAILED',
  targetId: null,
  problems,
});
