/** One page of a list. `nextCursor` is null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Cuts a page out of `limit + 1` rows that were read in the order of `id`, or of what `placeOf` gives. */
export function pageOf<Row extends { readonly id: string }, T>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => T,
  placeOf: (row: Row) => string = ({ id }) => id,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), nextCursor: rows.length > limit && last ? encodeCursor(placeOf(last)) : null };
}

export const encodeCursor = (id: string): string => Buffer.from(id, 'utf8').toString('base64url');

/** The id inside a cursor, or null when the text is no cursor of ours. */
export function decodeCursor(cursor: string): string | null {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  return encodeCursor(text) === cursor && text.length > 0 && text.length <= 80 ? text : null;
}
