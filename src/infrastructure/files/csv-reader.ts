import { decodedText, detectEncoding, type TextEncoding } from './csv-encoding.js';
import { CsvRecords, type CsvRecord } from './csv-records.js';
import { FileRefused } from './file-refused.js';
import {
  ROWS_ABOVE_DATA,
  withLimits,
  type Cell,
  type ReaderLimits,
  type SheetRow,
  type SheetSummary,
} from './reader-types.js';
import { restore } from './text-safety.js';

export const SEPARATORS = [',', '\t', ';', '，'] as const;
export type Separator = (typeof SEPARATORS)[number];

export interface CsvOptions {
  /** By name; without it the file is examined. */
  readonly encoding?: string;
  readonly separator?: string;
  readonly limits?: Partial<ReaderLimits>;
}

const SAMPLE_LENGTH = 64 * 1024;
const SAMPLE_LINES = 50;
/** Excel's own hint in the first line; it is not a row. */
const SEPARATOR_LINE = /^sep=(.)(?:\r\n|\r|\n)/i;

export class CsvReader {
  private constructor(
    private readonly path: string,
    readonly encoding: TextEncoding,
    readonly separator: Separator,
    private readonly limits: ReaderLimits,
  ) {}

  static async open(path: string, options: CsvOptions = {}): Promise<CsvReader> {
    const encoding = await detectEncoding(path, options.encoding);
    const sample = await sampleOf(path, encoding);
    if (sample === '') throw new FileRefused('FILE_EMPTY');
    const separator = SEPARATORS.find((known) => known === options.separator) ?? sniffSeparator(sample);
    return new CsvReader(path, encoding, separator, withLimits(options.limits));
  }

  async *rows(): AsyncGenerator<SheetRow, SheetSummary> {
    const batches = this.batches();
    let next = await batches.next();
    try {
      for (; !next.done; next = await batches.next()) yield* next.value;
      return next.value;
    } finally {
      if (!next.done) await batches.return(undefined as never);
    }
  }

  async *batches(): AsyncGenerator<SheetRow[], SheetSummary> {
    const { limits } = this;
    const records = new CsvRecords(this.separator, limits.maxCellLength, limits.maxColumns);
    const progress = new Progress(limits);
    let first = true;
    for await (const text of decodedText(this.path, this.encoding)) {
      if (text === '') continue;
      const hint = first ? SEPARATOR_LINE.exec(text) : null;
      first = false;
      const rows = progress.take(records.feed(hint ? text.slice(hint[0].length) : text));
      if (rows.length > 0) yield rows;
    }
    const rows = progress.take(records.end());
    if (rows.length > 0) yield rows;
    return progress.summary;
  }
}

/** Counts what is delivered and stops delivering at the gap, as for workbooks. */
class Progress {
  private delivered = 0;
  private lastFilled = 0;
  private stopped = false;
  private after = 0;
  private firstAfter: number | null = null;

  constructor(private readonly limits: ReaderLimits) {}

  get summary(): SheetSummary {
    return {
      rows: this.delivered,
      hiddenRows: 0,
      rowsOutOfOrder: 0,
      rowsAfterGap: this.after,
      firstRowAfterGap: this.firstAfter,
    };
  }

  take(records: Iterable<CsvRecord>): SheetRow[] {
    const rows: SheetRow[] = [];
    for (const { number, fields } of records) {
      const cells = cellsOf(fields);
      if (cells.length === 0) continue;
      if (this.lastFilled > 0 && number - this.lastFilled > this.limits.emptyRowsToStop) this.stopped = true;
      this.lastFilled = number;
      if (this.stopped) {
        this.after += 1;
        this.firstAfter ??= number;
        continue;
      }
      this.delivered += 1;
      if (this.delivered > this.limits.maxRows + ROWS_ABOVE_DATA) {
        throw new FileRefused('TOO_MANY_ROWS', null, this.limits.maxRows);
      }
      rows.push({ rowNumber: number, hidden: false, cells });
    }
    return rows;
  }
}

function cellsOf(fields: readonly string[]): Cell[] {
  const cells: Cell[] = [];
  for (const [index, raw] of fields.entries()) {
    if (raw.trim() !== '') cells.push({ column: index + 1, kind: 'TEXT', text: restore(raw), raw, formula: false });
  }
  return cells;
}

async function sampleOf(path: string, encoding: TextEncoding): Promise<string> {
  let sample = '';
  for await (const text of decodedText(path, encoding)) {
    sample += text;
    if (sample.length >= SAMPLE_LENGTH) break;
  }
  return sample.slice(0, SAMPLE_LENGTH);
}

/** The separator that cuts most lines into the same number of fields; title lines without any do not count against it. */
export function sniffSeparator(sample: string): Separator {
  const hint = SEPARATORS.find((separator) => separator === SEPARATOR_LINE.exec(sample)?.[1]);
  if (hint) return hint;
  const lines = sample
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, SAMPLE_LINES);
  let best: { separator: Separator; lines: number; fields: number } = { separator: ',', lines: 0, fields: 0 };
  for (const separator of SEPARATORS) {
    const counts = new Map<number, number>();
    for (const line of lines) {
      const count = line.split(separator).length - 1;
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    for (const [fields, agreeing] of counts) {
      if (agreeing > best.lines || (agreeing === best.lines && separator === best.separator && fields > best.fields)) {
        best = { separator, lines: agreeing, fields };
      }
    }
  }
  return best.separator;
}
