import { FileRefused, type FileLocation } from './file-refused.js';
import {
  columnLetters,
  LAST_SHEET_COLUMN,
  LAST_SHEET_ROW,
  ROWS_ABOVE_DATA,
  type Cell,
  type CellKind,
  type ReaderLimits,
  type SheetRow,
  type SheetSummary,
} from './reader-types.js';
import type { SharedTexts } from './shared-texts.js';
import { decodeEscapes, restore } from './text-safety.js';
import type { XmlHandlers } from './xml-feed.js';
import { isTrue } from './xlsx-package.js';
import { serialToIso, shortestDecimal } from './xlsx-dates.js';

export interface SheetContext {
  readonly position: number;
  readonly texts: SharedTexts;
  readonly dateStyles: readonly boolean[];
  readonly date1904: boolean;
  readonly limits: ReaderLimits;
}

/**
 * Turns the elements of one sheet into rows. It counts in row numbers but never from one to another: a file of 1.6 KB
 * may name row 999,999,999 (K21). A row or cell that stands twice is refused, because in other readers the last one
 * wins and a row is gone without a word (K19).
 */
export class XlsxSheetParser implements XmlHandlers {
  /** Filled while feeding; whoever feeds takes them out. */
  rows: SheetRow[] = [];

  private inData = false;
  private rowNumber = 0;
  private rowHidden = false;
  private rowOpen = false;
  private cells: Cell[] = [];
  private readonly seenRows = new Uint8Array((LAST_SHEET_ROW >> 3) + 1);
  /** Per column the row that used it last, so that nothing has to be emptied between rows. */
  private readonly columnUsedBy = new Uint32Array(LAST_SHEET_COLUMN + 1);

  private column = 0;
  private cellOpen = false;
  private type = '';
  private style = 0;
  private formula = false;
  private value = '';
  private capturing = false;
  private inInline = false;
  private aids = 0;

  private delivered = 0;
  private deliveredLength = 0;
  private hiddenRows = 0;
  private outOfOrder = 0;
  private lastFilledRow = 0;
  private stopped = false;
  private rowsAfterGap = 0;
  private firstRowAfterGap: number | null = null;

  constructor(private readonly context: SheetContext) {}

  get summary(): SheetSummary {
    return {
      rows: this.delivered,
      hiddenRows: this.hiddenRows,
      rowsOutOfOrder: this.outOfOrder,
      rowsAfterGap: this.rowsAfterGap,
      firstRowAfterGap: this.firstRowAfterGap,
    };
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (!this.inData) {
      if (name === 'sheetData') this.inData = true;
      return;
    }
    if (name === 'c') this.startCell(attributes);
    else if (name === 'row') this.startRow(attributes);
    else if (!this.cellOpen) return;
    else if (name === 'v') this.capturing = true;
    else if (name === 'f') this.formula = true;
    else if (name === 'is') this.inInline = true;
    else if (name === 'rPh') this.aids += 1;
    else if (name === 't') this.capturing = this.inInline && this.aids === 0;
  }

  text(text: string): void {
    if (!this.capturing) return;
    this.value += text;
    // Escapes shrink when decoded; the exact check follows when the cell ends.
    if (this.value.length > this.context.limits.maxCellLength * 7) this.refuseLength();
  }

  close(name: string): void {
    if (!this.inData) return;
    if (name === 'c') this.finishCell();
    else if (name === 'v' || name === 't') this.capturing = false;
    else if (name === 'is') this.inInline = false;
    else if (name === 'rPh') this.aids -= 1;
    else if (name === 'row') this.finishRow();
    else if (name === 'sheetData') this.inData = false;
  }

  private startRow(attributes: Readonly<Record<string, string>>): void {
    if (this.rowOpen) throw new FileRefused('XML_DAMAGED', this.at());
    const given = attributes['r'];
    const before = this.rowNumber;
    const number = given === undefined ? before + 1 : Number(given);
    if (given !== undefined && !/^[0-9]+$/.test(given)) throw new FileRefused('XML_DAMAGED', this.at());
    if (number < 1 || number > LAST_SHEET_ROW) {
      throw new FileRefused('ROW_BEYOND_SHEET', { sheet: this.context.position }, LAST_SHEET_ROW);
    }
    this.rowNumber = number;
    const bit = 1 << (number & 7);
    if (this.seenRows[number >> 3]! & bit) throw new FileRefused('DUPLICATE_ROW', this.at());
    this.seenRows[number >> 3]! |= bit;
    if (number < before) this.outOfOrder += 1;
    this.rowHidden = isTrue(attributes['hidden']);
    this.rowOpen = true;
    this.column = 0;
    this.cells = [];
  }

  private startCell(attributes: Readonly<Record<string, string>>): void {
    if (!this.rowOpen || this.cellOpen) throw new FileRefused('XML_DAMAGED', this.at());
    const reference = attributes['r'];
    this.column = reference === undefined ? this.column + 1 : this.columnOf(reference);
    if (this.column > LAST_SHEET_COLUMN) {
      throw new FileRefused('TOO_MANY_COLUMNS', this.at(), this.context.limits.maxColumns);
    }
    if (this.columnUsedBy[this.column] === this.rowNumber) throw new FileRefused('DUPLICATE_CELL', this.cellAt());
    this.columnUsedBy[this.column] = this.rowNumber;
    this.cellOpen = true;
    this.type = attributes['t'] ?? 'n';
    this.style = Number(attributes['s'] ?? 0);
    this.formula = false;
    this.value = '';
  }

  /** `B12` in row 12 is 2; a cell that claims another row than the one it stands in is a lie about the sheet. */
  private columnOf(reference: string): number {
    let column = 0;
    let index = 0;
    for (; index < reference.length && index < 4; index += 1) {
      const code = reference.charCodeAt(index);
      if (code < 65 || code > 90) break;
      column = column * 26 + code - 64;
    }
    if (column === 0 || reference.slice(index) !== String(this.rowNumber)) {
      throw new FileRefused('XML_DAMAGED', this.at());
    }
    return column;
  }

  private finishCell(): void {
    this.cellOpen = false;
    this.capturing = false;
    this.inInline = false;
    this.aids = 0;
    if (this.value === '' && !this.formula) return;
    const { limits } = this.context;
    const cell = this.readCell();
    if (cell.text.length > limits.maxCellLength) this.refuseLength();
    if (cell.kind === 'TEXT' && cell.raw === '' && !this.formula) return;
    if (this.column > limits.maxColumns) throw new FileRefused('TOO_MANY_COLUMNS', this.cellAt(), limits.maxColumns);
    this.deliveredLength += cell.text.length;
    if (this.deliveredLength > limits.maxDeliveredLength) {
      throw new FileRefused('TOO_MANY_TEXTS', this.at(), limits.maxDeliveredLength);
    }
    this.cells.push(cell);
  }

  private readCell(): Cell {
    const value = this.value;
    switch (this.type) {
      case 's':
        return this.textCell(this.sharedText(value));
      case 'inlineStr':
      case 'str':
        return this.textCell(decodeEscapes(value));
      case 'b':
        return this.cell(
          value === '' ? 'EMPTY' : 'BOOLEAN',
          value === '' ? '' : isTrue(value) ? 'TRUE' : 'FALSE',
          value,
        );
      case 'e':
        return this.cell('ERROR', value || '#N/A', value);
      case 'd':
        return this.cell('DATE', value.replace('T', ' ').replace(/(?: 00:00:00)?(?:\.0+)?Z?$/, ''), value);
      case 'n':
        return this.numberCell(value);
      default:
        throw new FileRefused('XML_DAMAGED', this.cellAt());
    }
  }

  private textCell(raw: string): Cell {
    return this.cell(raw === '' && this.formula ? 'EMPTY' : 'TEXT', restore(raw), raw);
  }

  private numberCell(raw: string): Cell {
    if (raw === '') return this.cell('EMPTY', '', raw);
    const text = shortestDecimal(raw);
    if (text === null) return this.cell('ERROR', '#NUM!', raw);
    if (this.context.dateStyles[this.style] === true) {
      const iso = serialToIso(Number(raw), this.context.date1904);
      if (iso !== null) return this.cell('DATE', iso, raw);
    }
    return this.cell('NUMBER', text, raw);
  }

  private cell(kind: CellKind, text: string, raw: string): Cell {
    return { column: this.column, kind, text, raw, formula: this.formula };
  }

  private sharedText(index: string): string {
    const text = /^\s*[0-9]+\s*$/.test(index) ? this.context.texts.at(Number(index)) : null;
    if (text === null) throw new FileRefused('XML_DAMAGED', this.cellAt());
    return text;
  }

  private finishRow(): void {
    this.rowOpen = false;
    if (this.cells.length === 0) return;
    const { limits } = this.context;
    if (this.lastFilledRow > 0 && this.rowNumber - this.lastFilledRow > limits.emptyRowsToStop) this.stopped = true;
    this.lastFilledRow = Math.max(this.lastFilledRow, this.rowNumber);
    if (this.stopped) {
      this.rowsAfterGap += 1;
      this.firstRowAfterGap ??= this.rowNumber;
      return;
    }
    this.delivered += 1;
    if (this.rowHidden) this.hiddenRows += 1;
    if (this.delivered > limits.maxRows + ROWS_ABOVE_DATA) {
      throw new FileRefused('TOO_MANY_ROWS', { sheet: this.context.position }, limits.maxRows);
    }
    if (this.cells.some((cell, index) => index > 0 && cell.column < this.cells[index - 1]!.column)) {
      this.cells.sort((a, b) => a.column - b.column);
    }
    this.rows.push({ rowNumber: this.rowNumber, hidden: this.rowHidden, cells: this.cells });
  }

  private refuseLength(): never {
    throw new FileRefused('CELL_TOO_LONG', this.cellAt(), this.context.limits.maxCellLength);
  }

  private at(): FileLocation {
    return { sheet: this.context.position, row: this.rowNumber };
  }

  private cellAt(): FileLocation {
    return { ...this.at(), cell: `${columnLetters(this.column)}${this.rowNumber}` };
  }
}
