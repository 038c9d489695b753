/** MariaDB makes a subquery of a list of 1,000 constants or more. */
const PART = 500;

/** Cuts a list into parts of at most so many. */
export function partsOf<T>(all: readonly T[], size = PART): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size));
  return parts;
}

/** Groups in the order of their first members. */
export function groupBy<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

/** Reads by a list of ids, part by part, and gives all rows. */
export async function inParts<T, Row>(
  all: readonly T[],
  read: (part: readonly T[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of partsOf(all)) rows.push(...(await read(part)));
  return rows;
}
