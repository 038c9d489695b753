/** Where a body may act: division codes of GB/T 2260 (6 digits), streets and communities below (9 and 12 digits). */
const DIVISION = /^\d{6}(?:\d{3}){0,2}$/;

/** Takes a jurisdiction code. Gives it without trailing pairs of zeros: '410100' becomes '4101'. */
export function jurisdictionPrefix(code: string): string {
  let end = code.length;
  while (end >= 2 && code[end - 1] === '0' && code[end - 2] === '0') end -= 2;
  return code.slice(0, end);
}

/**
 * Takes a jurisdiction and the division of the act (null: place not asked, so the area is not evaluated). Gives whether it covers
 * it; a code that cannot be read covers nothing and is covered by nothing.
 */
export function jurisdictionCovers(jurisdiction: string, division: string | null): boolean {
  if (division === null) return true;
  if (typeof jurisdiction !== 'string' || typeof division !== 'string') return false;
  if (!DIVISION.test(jurisdiction) || !DIVISION.test(division)) return false;
  const prefix = jurisdictionPrefix(jurisdiction);
  return prefix !== '' && division.startsWith(prefix);
}
