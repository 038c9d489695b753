import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type exceljs from 'exceljs';
import { columnLetters } from './reader-types.js';
import { encodeEscapes, neutralise } from './text-safety.js';

export type XlsxValue = string | number | boolean | null | undefined;

export interface MarkedValue {
  readonly value: XlsxValue;
  readonly fill?: 'error' | 'warning';
  /** Shown on pointing at the cell; beyond `maxNotes` left out, so say it in a column too. */
  readonly note?: string;
}

export interface XlsxColumn {
  readonly header: string;
  readonly width?: number;
  /** Formatted as text, so that what is typed into it later keeps its zeros and its last three digits (K20). */
  readonly text?: boolean;
  /** A drop-down. */
  readonly options?: readonly string[];
  readonly note?: string;
  readonly hidden?: boolean;
}

export interface XlsxSheet {
  readonly name: string;
  readonly hidden?: boolean;
  readonly columns: readonly XlsxColumn[];
  readonly rows: AsyncIterable<readonly (XlsxValue | MarkedValue)[]> | Iterable<readonly (XlsxValue | MarkedValue)[]>;
  readonly freezeHeader?: boolean;
}

export interface XlsxFile {
  readonly sheets: readonly XlsxSheet[];
  readonly maxNotes?: number;
}

export interface WrittenSheet {
  readonly name: string;
  readonly rows: number;
  readonly notesLeftOut: number;
}

const FILLS = { error: 'FFFFC7CE', warning: 'FFFFEB9C', header: 'FFD9E1F2' } as const;
const TEXT_FORMAT = '@';
const DEFAULT_WIDTH = 14;
/** Notes are held until their sheet is complete, about 2 KB each. */
const DEFAULT_MAX_NOTES = 5_000;
const ROWS_BETWEEN_WAITS = 200;
const MOST_WAITING_BYTES = 1024 * 1024;
const FORBIDDEN_IN_NAME = /[[\]:*?/\\]/g;
const LONGEST_NAME = 31;
const OPTIONS_SHEET = '_options';
/** A drop-down that is written out in full may have 255 characters; longer ones stand in a sheet of their own. */
const LONGEST_WRITTEN_OUT = 250;
/** Drop-downs reach this far below the header; a range costs the same however long it is. */
const LAST_ROW_WITH_OPTIONS = 200_001;

/** Of a stream implementation too old to tell `writableLength`. */
type WaitingStream = Writable & { readonly _writableState: { readonly length: number } };

/** The parts of the library that its types do not show. It takes every row at once, so somebody has to look how far it is. */
interface SheetInternals {
  readonly stream: { readonly pipes?: readonly WaitingStream[] };
  readonly dataValidations: { add(address: string, validation: exceljs.DataValidation): void };
}

/** Writes a workbook as a stream: memory does not grow with the number of rows. Text is made safe (BR-142, F07). */
export async function writeWorkbook(target: string | Writable, file: XlsxFile): Promise<WrittenSheet[]> {
  const names = file.sheets.map(({ name }) => name.replace(FORBIDDEN_IN_NAME, '_').slice(0, LONGEST_NAME));
  if (new Set(names).size !== names.length) throw new Error('two sheets of one workbook have the same name');
  const stream = typeof target === 'string' ? createWriteStream(target) : target;
  const broken = new Promise<never>((_, reject) => stream.once('error', reject));
  broken.catch(() => undefined);

  // Loaded when the first workbook is written: it is a tenth of the memory of a process that writes none.
  const { default: library } = await import('exceljs');
  const { WorkbookWriter } = library.stream.xlsx;
  const workbook = new WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const writer = new WorkbookStream(workbook, broken, file.maxNotes ?? DEFAULT_MAX_NOTES);
  const written: WrittenSheet[] = [];
  for (const [index, sheet] of file.sheets.entries())
    written.push(await writer.write({ ...sheet, name: names[index]! }));
  await writer.finish();
  return written;
}

class WorkbookStream {
  private readonly longOptions: (readonly string[])[] = [];

  constructor(
    private readonly workbook: exceljs.stream.xlsx.WorkbookWriter,
    private readonly broken: Promise<never>,
    private readonly maxNotes: number,
  ) {
    this.workbook.creator = 'Chizheng';
    this.workbook.lastModifiedBy = 'Chizheng';
  }

  async write(sheet: XlsxSheet): Promise<WrittenSheet> {
    const worksheet = this.workbook.addWorksheet(sheet.name, {
      state: sheet.hidden ? 'hidden' : 'visible',
      views: sheet.freezeHeader ? [{ state: 'frozen', ySplit: 1 }] : [],
    });
    worksheet.columns = sheet.columns.map(({ width, text, hidden }) => ({
      width: width ?? DEFAULT_WIDTH,
      hidden: hidden ?? false,
      style: text ? { numFmt: TEXT_FORMAT } : {},
    }));
    this.writeHeader(worksheet, sheet.columns);
    this.addOptions(worksheet, sheet.columns);

    let rows = 0;
    let notes = 0;
    for await (const values of sheet.rows) {
      const row = worksheet.addRow([]);
      for (const [index, value] of values.entries()) {
        const marked = isMarked(value) ? value : { value };
        const cell = row.getCell(index + 1);
        writeValue(cell, marked.value);
        if (marked.fill) cell.fill = solid(FILLS[marked.fill]);
        if (marked.note === undefined) continue;
        notes += 1;
        if (notes <= this.maxNotes) cell.note = encodeEscapes(marked.note);
      }
      row.commit();
      rows += 1;
      if (rows % ROWS_BETWEEN_WAITS === 0) await this.waitForReader(worksheet);
    }
    worksheet.commit();
    return { name: sheet.name, rows, notesLeftOut: Math.max(0, notes - this.maxNotes) };
  }

  async finish(): Promise<void> {
    if (this.longOptions.length > 0) await this.writeOptionsSheet();
    await Promise.race([this.workbook.commit(), this.broken]);
  }

  private writeHeader(worksheet: exceljs.Worksheet, columns: readonly XlsxColumn[]): void {
    const header = worksheet.addRow([]);
    for (const [index, { header: heading, note }] of columns.entries()) {
      const cell = header.getCell(index + 1);
      writeValue(cell, heading);
      cell.numFmt = TEXT_FORMAT;
      cell.font = { bold: true };
      cell.fill = solid(FILLS.header);
      if (note !== undefined) cell.note = encodeEscapes(note);
    }
    header.commit();
  }

  private addOptions(worksheet: exceljs.Worksheet, columns: readonly XlsxColumn[]): void {
    const { dataValidations } = worksheet as unknown as SheetInternals;
    for (const [index, { options }] of columns.entries()) {
      if (!options || options.length === 0) continue;
      const letters = columnLetters(index + 1);
      dataValidations.add(`${letters}2:${letters}${LAST_ROW_WITH_OPTIONS}`, {
        type: 'list',
        allowBlank: true,
        showErrorMessage: true,
        formulae: [this.optionsFormula(options)],
      });
    }
  }

  private optionsFormula(options: readonly string[]): string {
    const writtenOut = options.join(',');
    if (writtenOut.length <= LONGEST_WRITTEN_OUT && !options.some((option) => /[,"]/.test(option)))
      return `"${writtenOut}"`;
    this.longOptions.push(options);
    const letters = columnLetters(this.longOptions.length);
    return `'${OPTIONS_SHEET}'!$${letters}$2:$${letters}$${options.length + 1}`;
  }

  private async writeOptionsSheet(): Promise<void> {
    const longest = Math.max(...this.longOptions.map(({ length }) => length));
    const rows = Array.from({ length: longest }, (_, row) => this.longOptions.map((options) => options[row] ?? null));
    const columns = this.longOptions.map((_, index) => ({ header: columnLetters(index + 1), text: true }));
    await this.write({ name: OPTIONS_SHEET, hidden: true, columns, rows });
  }

  /** Lets others run, notices a target that failed, and waits for one that is slow. */
  private async waitForReader(worksheet: exceljs.Worksheet): Promise<void> {
    await Promise.race([this.broken, nextTurn()]);
    const waiting = (worksheet as unknown as SheetInternals).stream.pipes?.[0];
    if (waiting && waiting._writableState.length > MOST_WAITING_BYTES) {
      await Promise.race([this.broken, once(waiting, 'drain')]);
    }
  }
}

function isMarked(value: XlsxValue | MarkedValue): value is MarkedValue {
  return typeof value === 'object' && value !== null;
}

function writeValue(cell: exceljs.Cell, value: XlsxValue): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'string') {
    cell.value = value;
    return;
  }
  const safe = neutralise(value);
  cell.value = encodeEscapes(safe);
  // Text format on top: a guarded cell that somebody edits stays text.
  if (safe !== value) cell.numFmt = TEXT_FORMAT;
}

function solid(argb: string): exceljs.Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}
