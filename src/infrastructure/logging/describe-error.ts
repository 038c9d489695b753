export interface ErrorDescription {
  readonly error: string;
  /** The database's error number, which says what happened and holds no data. */
  readonly errno?: number;
  readonly code?: string;
  readonly frames: readonly string[];
}

/** What may be logged of an error: name, number, where. Never its message, SQL or parameters: they may hold an ID number (K24). */
export function describeError(error: unknown): ErrorDescription {
  const { driverError } = (error ?? {}) as { driverError?: { errno?: unknown; code?: unknown } };
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes('node:internal'))
    .map((line) => line.trim().replace(/file:\/\/\S*\/(dist|node_modules)\//, '$1/'));
  const own = frames.filter((line) => !line.includes('node_modules'));
  return {
    error: error instanceof Error ? error.name : typeof error,
    ...(typeof driverError?.errno === 'number' ? { errno: driverError.errno } : {}),
    ...(typeof driverError?.code === 'string' ? { code: driverError.code } : {}),
    frames: (own.length > 0 ? own : frames).slice(0, 8),
  };
}
