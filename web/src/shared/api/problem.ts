import type { components } from './schema.gen';

export type Reason = NonNullable<components['schemas']['Problem']['reasons']>[number];
export type FieldError = NonNullable<components['schemas']['Problem']['errors']>[number];

/** What the server answered when it did not do what was asked (RFC 9457), or that it could not be reached. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** Stable, for decisions in code. NETWORK when no answer came. */
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly reasons: readonly Reason[];
  readonly traceId: string | null;
  /** Whatever else the problem carries: state, currentVersion, attemptsLeft … */
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, body: Partial<Record<string, unknown>>, retryAfter: string | null = null) {
    const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
    const code = text(body['code'], status === 0 ? 'NETWORK' : `HTTP_${status}`);
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.detail = text(body['detail'], text(body['title'], ''));
    this.errors = (body['errors'] as readonly FieldError[] | undefined) ?? [];
    this.reasons = (body['reasons'] as readonly Reason[] | undefined) ?? [];
    this.traceId = typeof body['traceId'] === 'string' ? body['traceId'] : null;
    this.extensions = body;
    this.retryAfterSeconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  }

  /** Nobody knows whether it was done: the connection broke, or a dependency is down. */
  get unreachable(): boolean {
    return this.status === 0 || this.status >= 502;
  }
}

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem(-1, { code: 'PAGE_ERROR', detail: String(error) });

export const isProblem = (error: unknown, code: string): error is ApiProblem =>
  error instanceof ApiProblem && error.code === code;
