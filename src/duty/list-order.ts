import type { PageQuery } from '../infrastructure/validation/rules.js';
import { decodeCursor } from '../kernel/page.js';

interface ListOrder {
  readonly where: readonly string[];
  readonly parameters: readonly string[];
  readonly by: string;
}

/** Where a page begins and how it runs: by id upwards, or downwards with `sort=-id`. Ids are ordered by time. */
export function ordered(column: string, query: PageQuery & { readonly sort?: 'id' | '-id' | undefined }): ListOrder {
  if (query.sort !== '-id') return { where: [`${column} > ?`], parameters: [query.after()], by: column };
  if (query.cursor === undefined) return { where: [], parameters: [], by: `${column} DESC` };
  // Also downwards a cursor that is none of ours shows an empty page.
  const before = decodeCursor(query.cursor) ?? '';
  return { where: [`${column} < ?`], parameters: [before], by: `${column} DESC` };
}
