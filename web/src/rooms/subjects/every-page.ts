interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Rows beyond which a picture says nothing any more. */
const MOST = 600;

/** Reads a list to its end, or to what a picture can show. @throws ApiProblem */
export async function everyPage<T>(load: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && all.length < MOST);
  return all;
}
