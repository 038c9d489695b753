import type { Reason } from '../rules/verdict.js';

/** What went wrong, in the words of the rooms; only the problem filter knows HTTP. */
export type ProblemKind =
  | 'invalid' // 400 the input can't be read
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not-found' // 404 absent or outside the scope: the same answer
  | 'conflict' // 409 the state is in the way
  | 'stale' // 412
  | 'too-large' // 413
  | 'unsupported' // 415
  | 'refused' // 422 a rule of the law book says no
  | 'unversioned' // 428
  | 'throttled' // 429
  | 'undetermined'; // 503 a dependency is down: never "cleared"

export interface InputError {
  /** JSON pointer into the body, or '/query/<name>'. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface ProblemExtras {
  readonly reasons?: readonly Reason[];
  readonly errors?: readonly InputError[];
  /** Further members of the problem document, e.g. `decision`, `status`. Never personal data. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
}

/** The only error that rooms throw. `detail` is for people and says what to do; it never quotes input. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly code: string,
    detail: string,
    readonly more: ProblemExtras = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

export const notFound = (what: string): Problem =>
  new Problem('not-found', 'NOT_FOUND', `There is no such ${what} within your scope.`);
