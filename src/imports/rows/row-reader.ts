import type { Cell } from '../../infrastructure/files/index.js';
import { isSignatureRow, isTotalsRow } from '../../infrastructure/files/index.js';
import type { ImportColumn, ImportDefinition, RowProblem } from '../../kernel/import-definition.js';
import type { Layout, Mapping } from '../import-record.js';
import { readCell } from './read-cells.js';
import { isLeftOut, type StagedRow } from './row-codec.js';

/** A staged line as the definition will see it. */
export interface ReadRow {
  readonly rowNumber: number;
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly RowProblem[];
  /** Null when the row lacks it. */
  readonly naturalKey: string | null;
  /** Why the line is no row of the table. */
  readonly ignored: RowProblem | null;
}

interface ColumnPlan {
  readonly column: ImportColumn;
  readonly sheetColumn: number | null;
  readonly words: ReadonlyMap<string, string>;
}

const IGNORED = {
  ROW_TITLE: '表头之上的标题行，不是数据。',
  ROW_EMPTY: '对应的各列都是空的。',
  ROW_TOTALS: '合计、平均一类的汇总行，不是数据。',
  ROW_SIGNATURE: '落款、说明一类的行，不是数据。',
  ROW_LEFT_OUT: '已选定不导入此行。',
} as const;

/** Text for comparing words of drop-downs. */
const plainWord = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

/** Turns staged lines into values, always in the same way: at validation, after a correction and at commit. */
export class RowReader {
  private readonly plans: readonly ColumnPlan[];
  private readonly width: number;

  constructor(
    private readonly definition: ImportDefinition,
    mapping: Mapping | null,
    private readonly layout: Layout | null,
    private readonly today: string,
  ) {
    this.plans = definition.columns.map((column) => ({
      column,
      sheetColumn: mapping?.columns[column.field]?.column ?? null,
      words: wordsOf(column, mapping),
    }));
    this.width = Math.max(0, ...(layout?.headings ?? []).map(({ column }) => column));
  }

  read(row: StagedRow): ReadRow {
    const byColumn: (Cell | undefined)[] = [];
    for (const cell of row.cells) byColumn[cell.column] = cell;
    const values: Record<string, string> = {};
    const problems: RowProblem[] = [];
    for (const { column, sheetColumn, words } of this.plans) {
      const cell = Object.hasOwn(row.overlay, column.field)
        ? row.overlay[column.field]
        : sheetColumn === null
          ? undefined
          : byColumn[sheetColumn];
      const meant = cell && words.size > 0 ? words.get(plainWord(cell.text)) : undefined;
      const reading = readCell(
        column,
        meant === undefined || !cell ? cell : { ...cell, kind: 'TEXT', text: meant },
        this.today,
      );
      values[column.field] = reading.value;
      if (reading.problems.length > 0) problems.push(...reading.problems);
    }
    const naturalKey = this.definition.naturalKey(values);
    const missing = this.missing(values, problems);
    const ignored = this.ignored(row, values, missing.length > 0 || problems.some(isError));
    if (ignored) return { rowNumber: row.rowNumber, values, problems: [ignored], naturalKey: null, ignored };
    if (row.hidden)
      problems.push({
        column: null,
        code: 'ROW_HIDDEN',
        level: 'WARNING',
        detail: '此行在文件里是隐藏的。确认要导入再提交。',
      });
    return { rowNumber: row.rowNumber, values, problems: [...problems, ...missing], naturalKey, ignored: null };
  }

  private missing(values: Readonly<Record<string, string>>, problems: readonly RowProblem[]): RowProblem[] {
    return this.plans
      .filter(({ column }) => column.required && values[column.field] === '')
      .filter(({ column }) => !problems.some((said) => said.column === column.field && isError(said)))
      .map(({ column }) => ({
        column: column.field,
        code: 'REQUIRED_MISSING',
        level: 'ERROR' as const,
        detail: `请填写“${column.headings[0] ?? column.field}”。`,
      }));
  }

  /** A row that could be imported as it stands is left out only when somebody says so. */
  private ignored(row: StagedRow, values: Readonly<Record<string, string>>, incomplete: boolean): RowProblem | null {
    const note = (code: keyof typeof IGNORED): RowProblem => ({
      column: null,
      code,
      level: 'NOTE',
      detail: IGNORED[code],
    });
    if (row.rowNumber < (this.layout?.firstDataRow ?? 0)) return note('ROW_TITLE');
    if (isLeftOut(row.overlay)) return note('ROW_LEFT_OUT');
    if (!incomplete) return null;
    const texts = this.texts(row.cells);
    if (isTotalsRow(texts)) return note('ROW_TOTALS');
    if (this.requiredFilled(values) <= 1 && isSignatureRow(texts)) return note('ROW_SIGNATURE');
    const read = this.plans.some(({ column, sheetColumn }) => {
      const cell = sheetColumn === null ? undefined : row.cells.find((candidate) => candidate.column === sheetColumn);
      return values[column.field] !== '' || (cell?.text.trim() ?? '') !== '';
    });
    return read ? null : note('ROW_EMPTY');
  }

  private requiredFilled(values: Readonly<Record<string, string>>): number {
    return this.plans.filter(({ column }) => column.required && values[column.field] !== '').length;
  }

  private texts(cells: readonly Cell[]): string[] {
    const texts = new Array<string>(Math.max(this.width, ...cells.map(({ column }) => column))).fill('');
    for (const { column, text } of cells) texts[column - 1] = text;
    return texts;
  }
}

export const isError = ({ level }: { readonly level: string }): boolean => level === 'ERROR';

function wordsOf(column: ImportColumn, mapping: Mapping | null): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  if (column.cell === 'text') {
    for (const { code, zh, aliases = [] } of column.options ?? []) {
      for (const word of [code, zh, ...aliases]) words.set(plainWord(word), code);
    }
  }
  const chosen = mapping && Object.hasOwn(mapping.values, column.field) ? mapping.values[column.field] : undefined;
  for (const [word, meant] of Object.entries(chosen ?? {})) words.set(plainWord(word), meant);
  return words;
}
