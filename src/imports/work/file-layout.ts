import {
  columnLetters,
  detectHeader,
  headingFingerprint,
  normaliseHeading,
  type HeaderFinding,
  type HeadingOfColumn,
  type SheetLayout,
  type SheetRow,
  type SpreadsheetSample,
} from '../../infrastructure/files/index.js';
import type { ImportDefinition } from '../../kernel/import-definition.js';
import type { Heading, Layout, LayoutNote, MappedColumn, Mapping } from '../import-record.js';

/** A mapping somebody confirmed before, for files of the same make. `null`: leave that column out. */
export interface RememberedMapping {
  readonly headings: Readonly<Record<string, string | null>>;
  readonly values: Mapping['values'];
}

export interface AboutFile {
  readonly format: 'XLSX' | 'CSV';
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[];
  readonly encoding: string | null;
  readonly separator: string | null;
}

export interface FoundLayout {
  readonly layout: Layout;
  readonly mapping: Mapping;
}

export const headingOf = ({ column, heading }: HeadingOfColumn): Heading => ({
  column,
  letter: columnLetters(column),
  heading,
});

/**
 * The sheet that holds the table: the only one that is shown, or the only one whose header has what is required, or the only one
 * with two known headings. Null when somebody has to choose.
 */
export function chooseSheet(definition: ImportDefinition, sample: SpreadsheetSample): string | null {
  const shown = sample.sheets.filter(({ hidden }) => !hidden);
  const only = shown.length === 1 ? shown[0] : undefined;
  if (only) return only.sheet ?? only.name;
  const found = shown.map((sheet) => ({
    name: sheet.name,
    finding: detectHeader(sheet.rows, definition.columns, { merges: sheet.merges }),
  }));
  const complete = found.filter(({ finding }) => finding?.missing.length === 0 && finding.mapping.size > 0);
  if (complete.length > 0) return complete.length === 1 ? complete[0]!.name : null;
  const likely = found.filter(({ finding }) => (finding?.mapping.size ?? 0) >= 2);
  return likely.length === 1 ? likely[0]!.name : null;
}

/** Finds header and mapping in the first rows. Without any known heading the first full line is offered as the header. */
export async function findLayout(
  definition: ImportDefinition,
  rows: readonly SheetRow[],
  given: {
    readonly about: AboutFile;
    readonly sheet: SheetLayout;
    /** As somebody chose it; 0 says that there is none. */
    readonly headerRow: number | null;
    readonly recall: (fingerprint: string) => Promise<RememberedMapping | null>;
  },
): Promise<FoundLayout> {
  const { sheet, headerRow } = given;
  const options = { merges: sheet.merges, ...(headerRow === null ? {} : { headerRow }) };
  const guess = headerRow === 0 ? null : detectHeader(rows, definition.columns, options);
  const plain = guess ?? plainHeader(rows, definition, headerRow);
  const remembered = await given.recall(plain.fingerprint);
  const known = new Map(Object.entries(remembered?.headings ?? {}));
  const again =
    remembered && plain.headerRows[0] !== undefined
      ? detectHeader(rows, definition.columns, { ...options, headerRow: plain.headerRows[0], remembered: known })
      : null;
  const finding = again ?? plain;
  const columns: Record<string, MappedColumn> = {};
  for (const [field, match] of finding.mapping) {
    columns[field] = { ...headingOf({ ...match, parts: [] }), how: match.how };
  }
  return {
    layout: {
      ...given.about,
      sheet: sheet.sheet,
      headerRows: finding.headerRows,
      firstDataRow: finding.firstDataRow,
      headings: finding.headings.map(headingOf),
      missing: finding.missing,
      ambiguous: finding.ambiguous.map(({ field, columns: rivals }) => ({ field, columns: rivals.map(headingOf) })),
      fingerprint: finding.fingerprint,
      notes: notesOf(sheet),
    },
    mapping: { columns, values: remembered?.values ?? {} },
  };
}

/** A header that says nothing to us: somebody has to map its columns. */
function plainHeader(rows: readonly SheetRow[], definition: ImportDefinition, headerRow: number | null): HeaderFinding {
  const chosen =
    headerRow === 0
      ? undefined
      : headerRow === null
        ? rows.find(({ cells }) => cells.length > 1)
        : rows.find(({ rowNumber }) => rowNumber === headerRow);
  const widest = Math.max(0, ...rows.flatMap(({ cells }) => cells.map(({ column }) => column)));
  const headings = chosen
    ? chosen.cells.map(({ column, text }) => ({ column, heading: text.trim(), parts: [text.trim()] }))
    : Array.from({ length: widest }, (_, index) => ({
        column: index + 1,
        heading: columnLetters(index + 1),
        parts: [],
      }));
  return {
    headerRows: chosen ? [chosen.rowNumber] : [],
    firstDataRow: chosen ? chosen.rowNumber + 1 : 0,
    mapping: new Map(),
    headings,
    ignored: headings,
    ambiguous: [],
    missing: definition.columns.filter(({ required }) => required).map(({ field }) => field),
    fingerprint: headingFingerprint(headings.map(({ heading }) => heading)),
  };
}

function notesOf({ hiddenColumns }: SheetLayout): LayoutNote[] {
  if (hiddenColumns.length === 0) return [];
  const letters = hiddenColumns.slice(0, 10).map(columnLetters).join('、');
  return [{ code: 'COLUMNS_HIDDEN', detail: `文件里有隐藏的列（${letters}），其内容也会按对应关系读取。` }];
}

/** What is remembered of a mapping that somebody made. */
export function memoryOf(layout: Layout, mapping: Mapping): RememberedMapping {
  const fieldOf = new Map(Object.entries(mapping.columns).map(([field, { column }]) => [column, field]));
  return {
    headings: Object.fromEntries(
      layout.headings.map(({ column, heading }) => [normaliseHeading(heading), fieldOf.get(column) ?? null]),
    ),
    values: mapping.values,
  };
}

export const missingFields = (definition: ImportDefinition, mapping: Mapping): string[] =>
  definition.columns
    .filter(({ field, required }) => required && !Object.hasOwn(mapping.columns, field))
    .map(({ field }) => field);
