import { createHash } from 'node:crypto';
import {
  matchHeadings,
  normaliseHeading,
  type AmbiguousField,
  type HeaderColumn,
  type HeadingMatch,
  type HeadingOfColumn,
} from './heading-match.js';
import type { MergedRange, SheetRow } from './reader-types.js';

export type { AmbiguousField, HeaderColumn } from './heading-match.js';

export interface HeaderOptions {
  readonly merges?: readonly MergedRange[];
  /** Headings a user mapped before, by `normaliseHeading`; null means: leave this column out. */
  readonly remembered?: ReadonlyMap<string, string | null>;
  /** The header row the user pointed at. */
  readonly headerRow?: number;
}

export interface HeaderFinding {
  /** Numbers of the rows that make up the header, top first. */
  readonly headerRows: readonly number[];
  /** Rows above are titles; data begins here at the earliest. */
  readonly firstDataRow: number;
  readonly mapping: ReadonlyMap<string, HeadingMatch>;
  readonly headings: readonly HeadingOfColumn[];
  readonly ignored: readonly HeadingOfColumn[];
  /** Fields for which more than one column would do: nothing is mapped until somebody chooses. */
  readonly ambiguous: readonly AmbiguousField[];
  readonly missing: readonly string[];
  /** Of the headings, for remembering the mapping of files of the same make. */
  readonly fingerprint: string;
}

const ROWS_TO_EXAMINE = 20;

/** Finds the header among title rows by how many known headings it holds; null when no row holds any. */
export function detectHeader(
  rows: readonly SheetRow[],
  columns: readonly HeaderColumn[],
  options: HeaderOptions = {},
): HeaderFinding | null {
  const { merges = [], remembered = new Map<string, string | null>(), headerRow } = options;
  const sorted = [...rows].sort((a, b) => a.rowNumber - b.rowNumber).slice(0, ROWS_TO_EXAMINE);
  let best: { finding: HeaderFinding; score: number } | null = null;
  for (const [index, row] of sorted.entries()) {
    if (headerRow !== undefined && row.rowNumber !== headerRow) continue;
    for (const block of blocksFrom(sorted, index, merges)) {
      const finding = findingOf(block, sorted, columns, merges, remembered);
      const score = scoreOf(finding);
      if (score > (best?.score ?? 0)) best = { finding, score };
    }
  }
  return best?.finding ?? null;
}

/** A header is one row, or two; three when merged cells hold them together. */
function blocksFrom(rows: readonly SheetRow[], index: number, merges: readonly MergedRange[]): SheetRow[][] {
  const first = rows[index]!;
  const bottom = merges
    .filter(({ top, bottom: end }) => top === first.rowNumber && end > top && end - top < 3)
    .reduce((lowest, { bottom: end }) => Math.max(lowest, end), first.rowNumber);
  const held = rows.slice(index).filter(({ rowNumber }) => rowNumber <= bottom);
  if (held.length > 1) return [held];
  const second = rows[index + 1];
  return second && second.rowNumber === first.rowNumber + 1 ? [[first], [first, second]] : [[first]];
}

function findingOf(
  block: readonly SheetRow[],
  rows: readonly SheetRow[],
  columns: readonly HeaderColumn[],
  merges: readonly MergedRange[],
  remembered: ReadonlyMap<string, string | null>,
): HeaderFinding {
  const headings = headingsOf(block, rows, merges);
  const { mapping, ambiguous } = matchHeadings(headings, columns, remembered);
  const used = new Set([...mapping.values()].map(({ column }) => column));
  return {
    headerRows: block.map(({ rowNumber }) => rowNumber),
    firstDataRow: block.at(-1)!.rowNumber + 1,
    mapping,
    headings,
    ignored: headings.filter(({ column }) => !used.has(column)),
    ambiguous,
    missing: columns.filter(({ field, required }) => required && !mapping.has(field)).map(({ field }) => field),
    fingerprint: headingFingerprint(headings.map(({ heading }) => heading)),
  };
}

/** Certain hits count more than likely ones; a second row must add something, or it is data. */
function scoreOf({ mapping, ambiguous, headerRows }: HeaderFinding): number {
  const hits = [...mapping.values()].reduce((sum, { how }) => sum + (how === 'SIMILAR' ? 1 : 4), 0);
  return hits === 0 && ambiguous.length === 0 ? 0 : hits + ambiguous.length * 4 - (headerRows.length - 1) * 0.5;
}

/** Joins the lines of a header column by column: 成绩 above 公共法律 is 成绩/公共法律; merged cells count everywhere. */
function headingsOf(
  block: readonly SheetRow[],
  rows: readonly SheetRow[],
  merges: readonly MergedRange[],
): HeadingOfColumn[] {
  const lines = block.map((row) => filledLine(row, rows, merges));
  const columns = new Set(lines.flatMap((line) => [...line.keys()]));
  return [...columns]
    .sort((a, b) => a - b)
    .map((column) => {
      const parts = lines.map((line) => line.get(column) ?? '').filter((part) => part !== '');
      const distinct = parts.filter((part, index) => parts.indexOf(part) === index);
      return { column, heading: distinct.join('/'), parts: distinct };
    });
}

function filledLine(row: SheetRow, rows: readonly SheetRow[], merges: readonly MergedRange[]): Map<number, string> {
  const line = new Map<number, string>();
  for (const { column, text } of row.cells) if (text.trim() !== '') line.set(column, text.trim());
  for (const { top, left, bottom, right } of merges) {
    if (row.rowNumber < top || row.rowNumber > bottom) continue;
    const owner = rows.find(({ rowNumber }) => rowNumber === top)?.cells.find(({ column }) => column === left);
    if (!owner || owner.text.trim() === '') continue;
    for (let column = left; column <= Math.min(right, left + 64); column += 1) line.set(column, owner.text.trim());
  }
  return line;
}

/** The same for the same headings in whatever order and spelling of blanks. */
export function headingFingerprint(headings: readonly string[]): string {
  const normalised = headings.map(normaliseHeading).filter((heading) => heading !== '');
  return createHash('sha256').update(normalised.sort().join('\n')).digest('hex');
}
