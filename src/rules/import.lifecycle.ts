import { Lifecycle } from './lifecycle.js';

export const IMPORT_STATES = [
  'RECEIVED',
  'PARSING',
  'NEEDS_MAPPING',
  'VALIDATING',
  'VALIDATED',
  'COMMITTING',
  'COMPLETED',
  'PARTIALLY_COMPLETED',
  'CANCELLED',
  'FAILED',
  'REVERTED',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export type ImportCommand =
  | 'parse'
  | 'askForMapping'
  | 'validate'
  | 'finishValidation'
  | 'commit'
  | 'complete'
  | 'completePartially'
  | 'cancel'
  | 'fail'
  | 'revert'
  | 'openNextRound';

/**
 * BR-137. `parse` and `validate` may be repeated before the commit, because a mapping or a row may be corrected. `revert` stands
 * open wherever rows may have been written; the engine refuses it where none was.
 */
export const importLifecycle = new Lifecycle<ImportState, ImportCommand>('RECEIVED', IMPORT_STATES, {
  parse: { from: ['RECEIVED', 'NEEDS_MAPPING', 'VALIDATED'], to: 'PARSING' },
  askForMapping: { from: ['PARSING'], to: 'NEEDS_MAPPING' },
  validate: { from: ['PARSING', 'NEEDS_MAPPING', 'VALIDATED'], to: 'VALIDATING' },
  finishValidation: { from: ['VALIDATING'], to: 'VALIDATED' },
  commit: { from: ['VALIDATED'], to: 'COMMITTING' },
  complete: { from: ['COMMITTING'], to: 'COMPLETED' },
  completePartially: { from: ['COMMITTING'], to: 'PARTIALLY_COMPLETED' },
  cancel: { from: ['RECEIVED', 'PARSING', 'NEEDS_MAPPING', 'VALIDATING', 'VALIDATED', 'COMMITTING'], to: 'CANCELLED' },
  fail: { from: ['RECEIVED', 'PARSING', 'VALIDATING', 'COMMITTING'], to: 'FAILED' },
  revert: { from: ['COMPLETED', 'PARTIALLY_COMPLETED', 'CANCELLED', 'FAILED'], to: 'REVERTED' },
  openNextRound: { from: ['VALIDATED', 'COMPLETED', 'PARTIALLY_COMPLETED'], to: 'RECEIVED' },
});

/** States in which a worker has something to do; a sweeper looks at them. */
export const RUNNING_IMPORT_STATES: readonly ImportState[] = ['RECEIVED', 'PARSING', 'VALIDATING', 'COMMITTING'];

/** States in which somebody has something to do: to map columns, to correct rows, to commit. */
export const WAITING_IMPORT_STATES: readonly ImportState[] = ['NEEDS_MAPPING', 'VALIDATED'];
