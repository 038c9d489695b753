import { FileRefused } from './file-refused.js';

/** A quoted text that goes on over this many lines is a quotation mark that nobody closed. */
const LINES_OF_ONE_TEXT = 100;

export interface CsvRecord {
  /** The record as a spreadsheet program numbers it: a text with line ends in it is still one row. */
  readonly number: number;
  readonly fields: readonly string[];
}

/**
 * Cuts text into records. Strict about quotation marks, where being generous loses rows: one mark too many swallows
 * everything up to the next one.
 */
export class CsvRecords {
  private field = '';
  private fields: string[] = [];
  private state: 'START' | 'PLAIN' | 'QUOTED' | 'CLOSED' = 'START';
  private records = 0;
  private line = 1;
  private openedAt = 0;
  private afterReturn = false;

  constructor(
    private readonly separator: string,
    private readonly maxLength: number,
    private readonly maxFields: number,
  ) {}

  *feed(text: string): Generator<CsvRecord> {
    let from = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 0) throw new FileRefused('CSV_NUL', { line: this.line });
      const isLineFeed = code === 0x0a;
      if (isLineFeed && this.afterReturn) {
        // The second half of a line end that was already counted.
        this.afterReturn = false;
        if (this.state === 'QUOTED') continue;
        from = index + 1;
        continue;
      }
      this.afterReturn = code === 0x0d;
      const isLineEnd = isLineFeed || this.afterReturn;
      if (isLineEnd) this.line += 1;

      if (this.state === 'QUOTED') {
        if (code === 0x22) {
          this.take(text, from, index);
          this.state = 'CLOSED';
        } else if (isLineEnd && this.line - this.openedAt > LINES_OF_ONE_TEXT) {
          throw new FileRefused('CSV_QUOTE', { line: this.openedAt });
        }
        continue;
      }
      if (code === 0x22 && this.state !== 'PLAIN') {
        // Two marks inside a quoted text are one mark; a first mark opens the text.
        if (this.state === 'CLOSED') this.field += '"';
        else this.openedAt = this.line;
        this.state = 'QUOTED';
        from = index + 1;
      } else if (isLineEnd) {
        if (this.state !== 'CLOSED') this.take(text, from, index);
        yield this.endRecord();
        from = index + 1;
      } else if (text[index] === this.separator) {
        if (this.state !== 'CLOSED') this.take(text, from, index);
        this.endField();
        from = index + 1;
      } else if (this.state === 'CLOSED') {
        throw new FileRefused('CSV_QUOTE', { line: this.openedAt });
      } else if (this.state === 'START') {
        this.state = 'PLAIN';
        from = index;
      }
    }
    if (this.state === 'QUOTED' || this.state === 'PLAIN') this.take(text, from, text.length);
  }

  *end(): Generator<CsvRecord> {
    if (this.state === 'QUOTED') throw new FileRefused('CSV_QUOTE', { line: this.openedAt });
    if (this.state !== 'START' || this.fields.length > 0) yield this.endRecord();
  }

  private take(text: string, from: number, to: number): void {
    this.field += text.slice(from, to);
    if (this.field.length > this.maxLength) throw new FileRefused('CELL_TOO_LONG', { line: this.line }, this.maxLength);
  }

  private endField(): void {
    if (this.field !== '' && this.fields.length >= this.maxFields) {
      throw new FileRefused('TOO_MANY_COLUMNS', { line: this.line }, this.maxFields);
    }
    // Beyond the limit only emptiness is left, and that need not be kept.
    if (this.fields.length < this.maxFields) this.fields.push(this.field);
    this.field = '';
    this.state = 'START';
  }

  private endRecord(): CsvRecord {
    this.endField();
    const record = { number: (this.records += 1), fields: this.fields };
    this.fields = [];
    return record;
  }
}
