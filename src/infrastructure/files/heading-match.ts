export interface HeaderColumn {
  readonly field: string;
  /** Accepted spellings; the first is the one of the template. */
  readonly headings: readonly string[];
  readonly required: boolean;
}

export interface AmbiguousField {
  readonly field: string;
  readonly columns: readonly HeadingOfColumn[];
}

export type HowMatched = 'EXACT' | 'ALIAS' | 'NORMALISED' | 'SIMILAR' | 'REMEMBERED';

export interface HeadingOfColumn {
  readonly column: number;
  readonly heading: string;
  /** The lines of a heading of more than one line, top first. */
  readonly parts: readonly string[];
}

export interface HeadingMatch {
  readonly column: number;
  readonly heading: string;
  readonly how: HowMatched;
}

interface Candidate extends HeadingMatch {
  readonly field: string;
}

/** Pairs that differ by one sign and mean the opposite: 有效期起 must never stand in for 有效期止. */
const OPPOSITES = [
  '起止',
  '始终',
  '始末',
  '始结',
  '上下',
  '新旧',
  '新原',
  '正副',
  '男女',
  '年月',
  '月日',
  '年日',
  '准身',
  '公专',
];
const SHORTEST_FOR_SIMILAR = 3;
const LENGTH_FOR_TWO_EDITS = 7;
const LONGEST_HEADING = 100;

/**
 * Gives each field at most one column. The surest kind of match goes first through all fields, so that a likeness can
 * never take the column that another field names outright.
 */
export function matchHeadings(
  headings: readonly HeadingOfColumn[],
  columns: readonly HeaderColumn[],
  remembered: ReadonlyMap<string, string | null>,
): { mapping: Map<string, HeadingMatch>; ambiguous: AmbiguousField[] } {
  const mapping = new Map<string, HeadingMatch>();
  const ambiguous: AmbiguousField[] = [];
  const fields = new Set(columns.map(({ field }) => field));
  const settled = new Set<number>();
  for (const { column, heading } of headings) {
    const field = remembered.get(normaliseHeading(heading));
    if (field === undefined || (field !== null && (!fields.has(field) || mapping.has(field)))) continue;
    settled.add(column);
    if (field !== null) mapping.set(field, { column, heading, how: 'REMEMBERED' });
  }
  for (const matches of [isExact, isAlias, isNormalised, isSimilar]) {
    const found = candidates(headings, columns, matches, mapping, settled, ambiguous);
    for (const { field, ...match } of found) {
      const rivals = found.filter((other) => other.field === field);
      const claims = found.filter((other) => other.column === match.column);
      if (rivals.length === 1 && claims.length === 1) {
        mapping.set(field, match);
        settled.add(match.column);
      } else if (!ambiguous.some((known) => known.field === field)) {
        const contested = rivals.map(({ column }) => column);
        ambiguous.push({ field, columns: headings.filter(({ column }) => contested.includes(column)) });
      }
    }
  }
  return { mapping, ambiguous };
}

type Matcher = { (heading: string, spellings: readonly string[]): HowMatched | null };

function candidates(
  headings: readonly HeadingOfColumn[],
  columns: readonly HeaderColumn[],
  matches: Matcher,
  mapping: ReadonlyMap<string, HeadingMatch>,
  settled: ReadonlySet<number>,
  ambiguous: readonly AmbiguousField[],
): Candidate[] {
  const found: Candidate[] = [];
  for (const { field, headings: spellings } of columns) {
    if (mapping.has(field) || ambiguous.some((known) => known.field === field)) continue;
    for (const { column, heading, parts } of headings) {
      if (settled.has(column)) continue;
      // The joined heading first, then its lowest line: 成绩/公共法律 also answers to 公共法律.
      const how = matches(heading, spellings) ?? (parts.length > 1 ? matches(parts.at(-1)!, spellings) : null);
      if (how) found.push({ field, column, heading, how });
    }
  }
  return found;
}

function isExact(heading: string, [first]: readonly string[]): HowMatched | null {
  return heading === first ? 'EXACT' : null;
}

function isAlias(heading: string, spellings: readonly string[]): HowMatched | null {
  return spellings.includes(heading) ? 'ALIAS' : null;
}

function isNormalised(heading: string, spellings: readonly string[]): HowMatched | null {
  const plain = normaliseHeading(heading);
  return plain !== '' && spellings.some((spelling) => normaliseHeading(spelling) === plain) ? 'NORMALISED' : null;
}

function isSimilar(heading: string, spellings: readonly string[]): HowMatched | null {
  const plain = normaliseHeading(heading);
  return spellings.some((spelling) => looksAlike(plain, normaliseHeading(spelling))) ? 'SIMILAR' : null;
}

/** Without blanks, marks and remarks in brackets; one width, one case. */
export function normaliseHeading(heading: string): string {
  const plain = heading.slice(0, LONGEST_HEADING).normalize('NFKC').toLowerCase();
  const withoutRemarks = plain.replace(/[([{【〔][^)\]}】〕]*[)\]}】〕]/g, '');
  const bare = (text: string): string => text.replace(/[^\p{L}\p{N}/]/gu, '');
  return bare(withoutRemarks) || bare(plain);
}

function looksAlike(one: string, other: string): boolean {
  const longest = Math.max(one.length, other.length);
  if (Math.min(one.length, other.length) < SHORTEST_FOR_SIMILAR) return false;
  const allowed = longest >= LENGTH_FOR_TWO_EDITS ? 2 : 1;
  if (Math.abs(one.length - other.length) > allowed || editDistance(one, other) > allowed) return false;
  return !OPPOSITES.some(([a, b]) => differIn(one, other, a!, b!) || differIn(one, other, b!, a!));
}

function differIn(one: string, other: string, a: string, b: string): boolean {
  return one.includes(a) && !one.includes(b) && other.includes(b) && !other.includes(a);
}

function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = previous[column - 1]! + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[other.length]!;
}
